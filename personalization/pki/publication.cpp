// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/publication.hpp"

#include <algorithm>
#include <map>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/crypto/digest.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/x509.hpp"
#include "personalization/pki/issued_by.hpp"
#include "personalization/pki/ldif_file.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/pki_workshop.hpp"

namespace cancuoc::personalization {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t maximumListSize = std::size_t{64} << 20;

// Where a certificate belongs, by the name of its file; empty: it is not published.
std::string sectionOf(const std::string& stem) {
    const bool isNext = stem == nextDocumentSignerStem;
    if (stem.starts_with("csca")) {
        return "csca";
    }
    if (isNext || stem.starts_with("document-signer")) {
        return "document-signers";
    }
    if (stem.starts_with("master-list-signer") || stem.starts_with("deviation-list-signer")) {
        return "list-signers";
    }
    return stem.starts_with("seal-signer") ? "seal-signers" : "";
}

// The files to be published, by their names within the folder.
class Draft {
public:
    explicit Draft(const PkiFiles& files) : files_(files) {}

    [[nodiscard]] Publication gather(std::chrono::sys_seconds now) {
        readAuthorities();
        for (const auto& entry : fs::directory_iterator(files_.directory)) {
            const auto section = sectionOf(entry.path().stem().string());
            if (entry.path().extension() == ".pem" && !section.empty()) {
                addCertificate(entry.path(), section);
            }
        }
        addCrl(now);
        addLists();
        if (counts_.signers > 0) {
            put("icaopkd-001-complete.ldif", viewOf(signers_.text()));
        }
        return counts_;
    }

    void write(const fs::path& folder) const {
        std::string sums;
        for (const auto& [name, content] : content_) {
            fs::create_directories((folder / name).parent_path());
            writeFile(folder / name, content);
            sums += toLowerCaseHex(digest(HashAlgorithm::Sha256, content)) + "  " + name + "\n";
        }
        writeFile(folder / "SHA256SUMS", viewOf(sums));
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            const auto name = fs::relative(entry.path(), folder).string();
            if (isOurs(name) && !content_.contains(name)) {
                fs::remove(entry.path());
            }
        }
    }

private:
    // A certificate that an earlier publication has put there.
    static bool isOurs(const std::string& name) {
        const fs::path path(name);
        return path.extension() == ".cer" && sectionOf(path.stem().string()) == path.parent_path().string();
    }

    void readAuthorities() {
        authorities_.push_back(readCertificate(files_.cscaCertificate));
        for (int number = files_.formerCscas(); number > 0; --number) {
            authorities_.push_back(readCertificate(files_.formerCsca(number)));
        }
        country_ = trust::countryOf(*X509_get_subject_name(authorities_.front().get()));
    }

    void addCertificate(const fs::path& file, const std::string& section) {
        const X509Ptr certificate = readCertificate(file);
        if (std::none_of(authorities_.begin(), authorities_.end(),
                         [&](const X509Ptr& authority) { return isIssuedBy(*certificate, *authority); })) {
            throw BadConfiguration("\"" + file.string() + "\" is not issued by the CSCA of this PKI.");
        }
        const Bytes der = encodeDer(*certificate);
        put(section + "/" + file.stem().string() + ".cer", der);
        ++(section == "csca" ? counts_.authorities : counts_.signers);
        if (section == "document-signers" || section == "seal-signers") {
            signers_.addCertificate(trust::Certificate::decode(der));
        }
    }

    void addCrl(std::chrono::sys_seconds now) {
        const X509CrlPtr crl = readCrl(files_.crl);
        if (X509_CRL_verify(crl.get(), X509_get0_pubkey(authorities_.front().get())) != 1) {
            throw BadConfiguration("\"" + files_.crl.string() + "\" is not signed by the CSCA of this PKI.");
        }
        if (trust::timeOf(*X509_CRL_get0_nextUpdate(crl.get())) <= now) {
            throw BadConfiguration("\"" + files_.crl.string() +
                                   "\" is overdue; make the next one with \"cancuoc pki crl DIR\".");
        }
        const Bytes der = encodeDer(*crl);
        put("crl/" + country_ + ".crl", der);
        signers_.addCrl(country_, der);
    }

    void addLists() {
        if (fs::exists(files_.masterList)) {
            const Bytes list = readFile(files_.masterList, maximumListSize);
            put("ml/" + country_ + ".ml", list);
            LdifFile lists;
            lists.addMasterList(country_, list);
            put("icaopkd-002-complete.ldif", viewOf(lists.text()));
        }
        if (fs::exists(files_.deviationList)) {
            put("dl/" + country_ + ".dl", readFile(files_.deviationList, maximumListSize));
        }
    }

    void put(const std::string& name, BytesView content) {
        content_.insert_or_assign(name, toBytes(content));
    }

    const PkiFiles& files_;
    std::vector<X509Ptr> authorities_;
    std::string country_;
    std::map<std::string, Bytes> content_;
    LdifFile signers_;
    Publication counts_;
};

} // namespace

Publication publish(const fs::path& directory, const fs::path& folder, const Clock& clock) {
    PkiWorkshop::finishInterrupted(directory);
    const PkiFiles files = PkiFiles::existing(directory);
    Draft draft(files);
    const Publication published = draft.gather(clock());
    draft.write(folder);
    return published;
}

} // namespace cancuoc::personalization
