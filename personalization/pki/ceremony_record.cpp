// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/ceremony_record.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <set>

#include <fmt/format.h>
#include <openssl/err.h>
#include <unistd.h>

#include "host/base/error.hpp"
#include "host/base/moment.hpp"
#include "host/crypto/digest.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "host/trust/x509.hpp"
#include "personalization/audit/log_scan.hpp"
#include "personalization/pki/account.hpp"
#include "personalization/pki/issued_by.hpp"
#include "personalization/pki/key_ledger.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/pki_workshop.hpp"
#include "personalization/pki/revocations.hpp"

namespace cancuoc::personalization {

namespace {

namespace fs = std::filesystem;

std::string hostName() {
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

// In groups of four, as people compare it aloud.
std::string fingerprint(BytesView bytes) {
    constexpr std::size_t group = 4;
    constexpr std::size_t groupsOfLine = 8;
    const std::string digits = toHex(digest(HashAlgorithm::Sha256, bytes));
    std::string text;
    for (std::size_t start = 0; start < digits.size(); start += group) {
        const std::size_t number = start / group;
        text += number == 0 ? "" : number % groupsOfLine == 0 ? "\n                 " : " ";
        text += digits.substr(start, group);
    }
    return text;
}

class Recorder {
public:
    Recorder(const PkiFiles& files, std::chrono::sys_seconds now, const KeyStore& keys)
        : files_(files), now_(now), keys_(keys) {}

    [[nodiscard]] CeremonyRecord write(const Ceremony& ceremony) {
        record_.text = "RECORD OF A KEY CEREMONY\n\n";
        put("Purpose", ceremony.purpose);
        put("Time", toIso(now_));
        put("Place", hostName() + ", " + fs::absolute(files_.directory).lexically_normal().string());
        put("Account", accountName());
        writeCertificates();
        writeCrl();
        record_.text += "\nPOLICY\n" + PkiPolicy::read(files_.policy).encode();
        checkAuditLog();
        record_.text += "\nCHECKS\n" + checks_;
        record_.text += record_.holds ? "All checks have passed.\n" : "SOMETHING IS WRONG: see above.\n";
        writeSignatures(ceremony.people);
        return std::move(record_);
    }

private:
    void put(const std::string& name, const std::string& value) {
        record_.text += fmt::format("  {:<13}  {}\n", name, value);
    }

    // What throws, or is false, has not passed.
    template <class Holds>
    void check(const std::string& what, Holds holds) {
        std::string failure;
        try {
            failure = holds() ? "" : "FAILED";
        } catch (const Error& error) {
            failure = std::string("FAILED: ") + error.what();
        }
        ERR_clear_error();
        record_.holds = record_.holds && failure.empty();
        checks_ += fmt::format("  {:<60} {}\n", what, failure.empty() ? "passed" : failure);
    }

    void writeCertificates() {
        authorities_.push_back(readCertificate(files_.cscaCertificate));
        for (int number = files_.formerCscas(); number > 0; --number) {
            authorities_.push_back(readCertificate(files_.formerCsca(number)));
        }
        std::set<fs::path> certificates;
        for (const auto& entry : fs::directory_iterator(files_.directory)) {
            if (entry.path().extension() == ".pem") {
                certificates.insert(entry.path());
            }
        }
        for (const fs::path& file : certificates) {
            writeCertificate(file);
        }
    }

    void writeCertificate(const fs::path& file) {
        const X509Ptr x509 = readCertificate(file);
        const auto certificate = trust::Certificate::decode(encodeDer(*x509));
        record_.text += "\nCERTIFICATE " + file.filename().string() + "\n";
        put("Subject", certificate.subject());
        put("Issuer", certificate.issuer());
        put("Serial number", toHex(trust::bytesOf(*X509_get0_serialNumber(x509.get()))));
        put("Valid", toIso(certificate.notBefore()) + " to " + toIso(certificate.notAfter()));
        const auto usage = trust::privateKeyUsagePeriodOf(*x509);
        if (usage && usage->notAfter) {
            put("Key signs", "until " + toIso(*usage->notAfter));
        }
        put("Kind of key", KeyKind::nameOf(*certificate.publicKey()));
        put("Key", placeOfKey(file));
        put("SHA-256", fingerprint(certificate.der()));
        put("of its key", fingerprint(trust::subjectPublicKeyInfoOf(*x509)));
        check(file.filename().string() + " is issued by the CSCA", [&] {
            return std::any_of(authorities_.begin(), authorities_.end(),
                               [&](const X509Ptr& authority) { return isIssuedBy(*x509, *authority); });
        });
        const auto key = keyBeside(file);
        if (fs::exists(key)) {
            check(key.filename().string() + " belongs to it",
                  [&] { return X509_check_private_key(x509.get(), keys_.read(key).get()) == 1; });
        }
    }

    static fs::path keyBeside(const fs::path& certificate) {
        auto key = certificate;
        return key.replace_extension(".key");
    }

    static std::string placeOfKey(const fs::path& certificate) {
        const auto key = keyBeside(certificate);
        if (!fs::exists(key)) {
            return "not here";
        }
        const auto uri = KeyStore::tokenOf(key);
        return uri.empty() ? "in the file " + key.filename().string() : "in a token: " + uri;
    }

    void writeCrl() {
        const X509CrlPtr crl = readCrl(files_.crl);
        const auto nextUpdate = trust::timeOf(*X509_CRL_get0_nextUpdate(crl.get()));
        record_.text += "\nCRL " + files_.crl.filename().string() + "\n";
        put("Number", std::to_string(crlNumberOf(*crl)));
        put("Revoked", std::to_string(entriesOf(*crl).size()) + " certificates");
        put("Next update", toIso(nextUpdate));
        put("SHA-256", fingerprint(encodeDer(*crl)));
        check("the CRL is signed with the CSCA's key of today",
              [&] { return X509_CRL_verify(crl.get(), X509_get0_pubkey(authorities_.front().get())) == 1; });
        check("the CRL is not overdue", [&] { return now_ < nextUpdate; });
    }

    void checkAuditLog() {
        const auto file = auditLogOf(files_.directory);
        record_.text += "\nAUDIT LOG " + file.filename().string() + "\n";
        std::ifstream log(file, std::ios::binary);
        if (!log) {
            put("Entries", "none");
            return;
        }
        const auto scan = audit::scanLog(log, {});
        put("Entries", std::to_string(scan.entries));
        put("Last hash", toHex(scan.last));
        check("the audit log holds together", [&] { return !scan.firstWrong; });
    }

    void writeSignatures(const std::vector<std::string>& people) {
        record_.text += "\nPRESENT, AND WITNESS TO THE ABOVE\n";
        for (const std::string& person : people) {
            record_.text += fmt::format("\n  {:<38} ________________________________\n", person);
        }
    }

    const PkiFiles& files_;
    std::chrono::sys_seconds now_;
    const KeyStore& keys_;
    std::vector<X509Ptr> authorities_;
    std::string checks_;
    CeremonyRecord record_;
};

} // namespace

CeremonyRecord recordCeremony(const fs::path& directory, const Ceremony& ceremony, const Clock& clock,
                              const KeyStore& keys) {
    PkiWorkshop::finishInterrupted(directory);
    const PkiFiles files = PkiFiles::existing(directory);
    return Recorder(files, clock(), keys).write(ceremony);
}

} // namespace cancuoc::personalization
