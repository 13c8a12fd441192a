// SPDX-License-Identifier: Apache-2.0
#include "host/trust/store_import.hpp"

#include "host/base/error.hpp"
#include "host/trust/certificate_chain.hpp"
#include "host/trust/ldif_reader.hpp"

#include <string_view>

namespace cancuoc::trust {

namespace {

/// The PEM blocks of a file, or the file itself if it has none.
std::vector<BytesView> partsOf(BytesView file) {
    constexpr std::string_view begin = "-----BEGIN ";
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    std::vector<BytesView> parts;
    for (auto start = text.find(begin); start != std::string_view::npos;) {
        const auto next = text.find(begin, start + begin.size());
        parts.push_back(viewOf(text.substr(start, next - start)));
        start = next;
    }
    return parts.empty() ? std::vector<BytesView>{file} : parts;
}

/// Whether the list was taken; if not, `refusal` says why.
bool importSignedList(TrustStore& store, BytesView file, std::chrono::sys_seconds time, ImportReport& report,
                      std::string& refusal) {
    try {
        if (isDeviationList(file)) {
            report.count(importDeviationList(store, file, time));
        } else {
            report.add(importMasterList(store, MasterList::decode(file, store, time)));
        }
        return true;
    } catch (const MalformedData& error) {
        refusal = error.what();
        return false;
    }
}

void importCertificateOrCrl(TrustStore& store, BytesView file, ImportReport& report) {
    try {
        report.count(store.addCertificate(file));
        return;
    } catch (const MalformedData& notCertificate) {
        try {
            report.count(store.addCrl(file));
        } catch (const MalformedData&) {
            report.refuse(std::string("This is neither a certificate, a CRL nor a master list. As a "
                                      "certificate: ") +
                          notCertificate.what());
        }
    }
}

/// An LDIF file while its entries are taken.
class LdifImport {
public:
    LdifImport(TrustStore& store, std::chrono::sys_seconds time) : store_(store), time_(time) {}

    ImportReport run(BytesView file);

private:
    /// A master list or deviation list that is still to be taken.
    struct WaitingList {
        std::string place;
        Bytes file;
        std::string refusal;
    };

    void take(LdifEntry entry);
    void take(LdifAttribute attribute, const std::string& place);
    void takeCertificate(BytesView certificate, const std::string& place);
    void takeCrl(BytesView crl, const std::string& place);
    bool takeWaitingLists();

    TrustStore& store_;
    std::chrono::sys_seconds time_;
    ImportReport report_;
    std::vector<WaitingList> waiting_;
};

ImportReport LdifImport::run(BytesView file) {
    LdifReader reader(std::string_view(reinterpret_cast<const char*>(file.data()), file.size()));
    while (auto entry = reader.next()) {
        take(*std::move(entry));
    }
    while (takeWaitingLists()) {
    }
    for (const WaitingList& list : waiting_) {
        report_.refuse(list.place + list.refusal);
    }
    return std::move(report_);
}

void LdifImport::take(LdifEntry entry) {
    const std::string place = "Entry at line " + std::to_string(entry.line) + ": ";
    if (!entry.defect.empty()) {
        report_.refuse(place + "It cannot be read: " + entry.defect + ".");
        return;
    }
    if (entry.text("changetype").value_or("add") != "add") {
        report_.refuse(place +
                       "It changes or deletes an entry of a directory; only whole entries are taken.");
        return;
    }
    for (LdifAttribute& attribute : entry.attributes) {
        take(std::move(attribute), place);
    }
}

// The attributes of the PKD's directory; the binary ones are those of RFC 4523, 2.
void LdifImport::take(LdifAttribute attribute, const std::string& place) {
    const auto type = attribute.type();
    if (type == "usercertificate" || type == "cacertificate") {
        takeCertificate(attribute.value, place);
    } else if (type == "certificaterevocationlist") {
        takeCrl(attribute.value, place);
    } else if (type == "pkdmasterlistcontent" || type == "cscamasterlistdata") {
        waiting_.push_back({place, std::move(attribute.value), {}});
    }
}

void LdifImport::takeCertificate(BytesView certificate, const std::string& place) {
    try {
        if (Certificate::decode(certificate).certificationAuthority()) {
            report_.refuse(place +
                           "A CSCA certificate that no master list vouches for would be an anchor; import "
                           "it as a file of its own if you trust it.");
            return;
        }
        report_.count(store_.addCertificate(certificate));
    } catch (const MalformedData& error) {
        report_.refuse(place + error.what());
    }
}

void LdifImport::takeCrl(BytesView crl, const std::string& place) {
    try {
        report_.count(store_.addCrl(crl));
    } catch (const MalformedData& error) {
        report_.refuse(place + error.what());
    }
}

/// Tries each list once; true if one was taken, and others may stand under it.
bool LdifImport::takeWaitingLists() {
    const auto taken = std::erase_if(waiting_, [this](WaitingList& list) {
        return importSignedList(store_, list.file, time_, report_, list.refusal);
    });
    return taken != 0 && !waiting_.empty();
}

} // namespace

void ImportReport::count(Import result) {
    ++offered;
    ++(result == Import::Added ? added : alreadyThere);
}

void ImportReport::refuse(std::string reason) {
    ++offered;
    refused.push_back(std::move(reason));
}

void ImportReport::add(ImportReport other) {
    offered += other.offered;
    added += other.added;
    alreadyThere += other.alreadyThere;
    for (std::string& reason : other.refused) {
        refused.push_back(std::move(reason));
    }
}

ImportReport importMasterList(TrustStore& store, const MasterList& list) {
    ImportReport report;
    for (const Bytes& certificate : list.certificates) {
        try {
            report.count(store.addCertificate(certificate));
        } catch (const MalformedData& error) {
            report.refuse("Certificate " + std::to_string(report.offered + 1) + ": " + error.what());
        }
    }
    if (list.source) {
        store.noteMasterList(*list.source);
    }
    return report;
}

Import importDeviationList(TrustStore& store, BytesView file, std::chrono::sys_seconds time) {
    const auto list = DeviationList::decode(file);
    const auto chain = verifyChain(list.signer(), deviationListSignerRole, store, time);
    if (chain.result != CheckResult::Passed) {
        throw MalformedData("The deviation list cannot be trusted: " + chain.reason + ".");
    }
    return store.addDeviationList(file);
}

ImportReport importFile(TrustStore& store, BytesView file, std::chrono::sys_seconds time) {
    if (LdifReader::isLdif(file)) {
        return LdifImport(store, time).run(file);
    }
    ImportReport report;
    for (const BytesView part : partsOf(file)) {
        if (std::string refusal; isSignedData(part)) {
            if (!importSignedList(store, part, time, report, refusal)) {
                report.refuse(std::move(refusal));
            }
        } else {
            importCertificateOrCrl(store, part, report);
        }
    }
    return report;
}

} // namespace cancuoc::trust
