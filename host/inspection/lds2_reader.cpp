// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/lds2_reader.hpp"

#include <set>

#include "host/access/file_reader.hpp"
#include "host/access/record_reader.hpp"
#include "host/access/select.hpp"
#include "host/base/error.hpp"

namespace cancuoc::inspection {

namespace {

constexpr std::uint32_t certificateReference = 0x5F38; // ends every signed record

// Doc 9303-10, tables 82 to 89.
constexpr RecordFile entryRecords{0x0101, 0x01, 0x5F44, certificateReference, "EF.EntryRecords"};
constexpr RecordFile exitRecords{0x0102, 0x02, 0x5F44, certificateReference, "EF.ExitRecords"};
constexpr RecordFile visaRecords{0x0103, 0x03, 0x5F28, certificateReference, "EF.VisaRecords"};
constexpr RecordFile certificates{0x011A, 0x1A, 0x5F3A, 0x72, "EF.Certificates"};

// One application while it is read. What goes wrong ends up in its reason, and the next is read.
class ApplicationReader {
public:
    ApplicationReader(CardSession& session, Lds2Content::Application& application,
                      const EventObserver& observer)
        : session_(session), records_(session), application_(application), observer_(observer),
          step_(session, application.name) {}

    /// False, with the reason noted, if the card refuses: it has no file that the terminal may read.
    [[nodiscard]] bool select(BytesView identifier) {
        return attempt([&] {
            const auto response = session_.transmit(selectApplication(identifier));
            if (!response.sw.isSuccess()) {
                note("The card refuses the application with " + describe(response.sw) +
                     (response.sw == status_word::securityStatusNotSatisfied ||
                              response.sw == status_word::fileNotFound
                          ? "; it wants a terminal that may read it."
                          : "."));
            }
            return response.sw.isSuccess();
        });
    }

    template <class Record>
    void readRecords(const RecordFile& file, std::vector<Record>& records) {
        static_cast<void>(attempt([&] {
            for (const Bytes& encoded : records_.readFrom(file)) {
                records.push_back(Record::decode(encoded));
                references_.insert(records.back().certificateReference);
            }
            return true;
        }));
        tell(file.name, records.size());
    }

    /// Each certificate once that was referred to.
    void readCertificates(Lds2Certificates& found) {
        for (const int reference : references_) {
            static_cast<void>(attempt([&] {
                found[reference] = lds::CertificateRecord::decode(
                    records_.read(certificates, static_cast<std::size_t>(reference)));
                return true;
            }));
        }
        tell(certificates.name, found.size());
    }

    /// Files are numbered without a gap; the first that is not there ends them.
    void readBiometrics(std::map<int, lds::AdditionalBiometrics>& biometrics) {
        FileReader files(session_);
        for (int number = 1; number <= lds::AdditionalBiometrics::maximumCount; ++number) {
            const auto identifier =
                static_cast<std::uint16_t>(lds::AdditionalBiometrics::firstFileIdentifier + number - 1);
            const bool isThere = attempt([&] {
                const auto& file = biometrics[number] = lds::AdditionalBiometrics::decode(
                    files.read({identifier, std::nullopt, "EF.Biometrics" + std::to_string(number)}));
                references_.insert(file.certificateReference);
                return true;
            });
            if (!isThere) {
                break;
            }
        }
        tell("EF.Biometrics", biometrics.size());
    }

private:
    // A file that is not there says nothing against the card.
    template <class Action>
    [[nodiscard]] bool attempt(Action action) {
        try {
            return action();
        } catch (const CardError& refusal) {
            if (refusal.statusWord() != status_word::fileNotFound.value()) {
                note(refusal.what());
            }
        } catch (const MalformedData& malformed) {
            note(malformed.what());
        } catch (const SecureMessagingError& ended) {
            note(ended.what());
        }
        return false;
    }

    void note(std::string_view reason) {
        application_.reason += (application_.reason.empty() ? "" : " ") + std::string(reason);
    }

    void tell(std::string_view file, std::size_t count) const {
        if (observer_) {
            observer_(event::RecordsRead{file, count});
        }
    }

    CardSession& session_;
    RecordReader records_;
    Lds2Content::Application& application_;
    const EventObserver& observer_;
    CardSession::Step step_;
    std::set<int> references_; // to certificates
};

// The application is noted, and its reader given to `read` once the card has selected it.
template <class Read>
void readApplication(CardSession& session, const lds::Directory& directory, const EventObserver& observer,
                     Lds2Content& content, std::string_view name, BytesView identifier, Read read) {
    if (!directory.lists(identifier)) {
        return;
    }
    content.applications.push_back({name, ""});
    ApplicationReader reader(session, content.applications.back(), observer);
    if (reader.select(identifier)) {
        read(reader);
    }
}

} // namespace

bool listsLds2(const lds::Directory& directory) {
    return directory.lists(lds::application::travelRecords) ||
           directory.lists(lds::application::visaRecords) ||
           directory.lists(lds::application::additionalBiometrics);
}

Lds2Content readLds2(CardSession& session, const lds::Directory& directory, const EventObserver& observer) {
    Lds2Content content;
    readApplication(session, directory, observer, content, "travel-records", lds::application::travelRecords,
                    [&](ApplicationReader& reader) {
                        reader.readRecords(entryRecords, content.entries);
                        reader.readRecords(exitRecords, content.exits);
                        reader.readCertificates(content.travelCertificates);
                    });
    readApplication(session, directory, observer, content, "visa-records", lds::application::visaRecords,
                    [&](ApplicationReader& reader) {
                        reader.readRecords(visaRecords, content.visas);
                        reader.readCertificates(content.visaCertificates);
                    });
    readApplication(session, directory, observer, content, "additional-biometrics",
                    lds::application::additionalBiometrics, [&](ApplicationReader& reader) {
                        reader.readBiometrics(content.biometrics);
                        reader.readCertificates(content.biometricsCertificates);
                    });
    return content;
}

} // namespace cancuoc::inspection
