// SPDX-License-Identifier: Apache-2.0
#include "host/trust/trust_store.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/trust/certificate_extensions.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <set>
#include <tuple>

namespace cancuoc::trust {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view format = "cancuoc trust store";
constexpr int formatVersion = 1;
constexpr std::size_t maximumIndexLength = std::size_t{1} << 20;

fs::path indexIn(const fs::path& directory) {
    return directory / "store.json";
}

fs::path certificatesIn(const fs::path& directory) {
    return directory / "certificates";
}

fs::path crlsIn(const fs::path& directory) {
    return directory / "crls";
}

fs::path deviationsIn(const fs::path& directory) {
    return directory / "deviations";
}

/// The files with this extension, in the order of their names; none where there is no such directory.
std::set<fs::path> filesIn(const fs::path& directory, std::string_view extension) {
    std::set<fs::path> files;
    std::error_code missing;
    for (const fs::directory_entry& entry : fs::directory_iterator(directory, missing)) {
        if (entry.path().extension() == extension) {
            files.insert(entry.path());
        }
    }
    return files;
}

auto orderOf(const Certificate& certificate) {
    return std::tie(certificate.country(), certificate.subject(), certificate.sha256());
}

auto orderOf(const CertificateRevocationList& crl) {
    return std::make_tuple(std::cref(crl.country()), std::cref(crl.issuer()), crl.thisUpdate(),
                           std::cref(crl.sha256()));
}

auto orderOf(const DeviationList& list) {
    return std::make_tuple(std::cref(list.signer().country()), list.signingTime(), std::cref(list.sha256()));
}

/// Puts `added` into its place among `all`.
template <class Item>
void insertInOrder(std::vector<Item>& all, Item added) {
    const auto place =
        std::lower_bound(all.begin(), all.end(), added,
                         [](const Item& left, const Item& right) { return orderOf(left) < orderOf(right); });
    all.insert(place, std::move(added));
}

/// Whether one of `all`, which are in order, has the same bytes.
template <class Item>
bool holds(const std::vector<Item>& all, const Item& wanted) {
    return std::binary_search(all.begin(), all.end(), wanted, [](const Item& left, const Item& right) {
        return orderOf(left) < orderOf(right);
    });
}

nlohmann::json indexEntryOf(const MasterListSource& list) {
    nlohmann::json entry = {
        {"country", list.country}, {"signer", list.signer}, {"certificates", list.certificates}};
    if (list.signingTime) {
        entry["signed"] = list.signingTime->time_since_epoch().count();
    }
    return entry;
}

std::chrono::sys_seconds timeIn(const nlohmann::json& seconds) {
    return std::chrono::sys_seconds(std::chrono::seconds(seconds.get<long>())); // since 1970, UTC
}

MasterListSource masterListIn(const nlohmann::json& entry) {
    return {entry.at("country"), entry.at("signer"),
            entry.contains("signed") ? std::optional(timeIn(entry.at("signed"))) : std::nullopt,
            entry.at("certificates")};
}

[[noreturn]] void refuseFile(const fs::path& file, const std::string& reason) {
    throw BadConfiguration("The trust store's file " + file.string() + " cannot be used: " + reason);
}

} // namespace

TrustStore::TrustStore(fs::path directory, Clock clock)
    : directory_(std::move(directory)), clock_(std::move(clock)) {}

TrustStore TrustStore::create(const fs::path& directory, const Clock& clock) {
    if (directory.empty()) {
        throw BadConfiguration("The trust store has no folder; name one.");
    }
    std::error_code failure;
    if (fs::exists(indexIn(directory), failure)) {
        return open(directory, clock);
    }
    if (fs::exists(directory, failure) && !fs::is_empty(directory, failure)) {
        throw BadConfiguration("The folder " + directory.string() +
                               " is not empty and no trust store; name another one.");
    }
    for (const fs::path& folder : {certificatesIn(directory), crlsIn(directory), deviationsIn(directory)}) {
        fs::create_directories(folder, failure);
        if (failure) {
            throw Error("Cannot make the folder " + folder.string() + ": " + failure.message() + ".");
        }
    }
    TrustStore store(directory, clock);
    store.writeIndex();
    return store;
}

TrustStore TrustStore::open(const fs::path& directory, const Clock& clock) {
    std::error_code failure;
    if (!fs::exists(indexIn(directory), failure)) {
        throw BadConfiguration("There is no trust store in " + directory.string() +
                               "; make one with: cancuoc trust import CERTIFICATE --store " +
                               directory.string());
    }
    TrustStore store(directory, clock);
    store.load();
    return store;
}

TrustStore TrustStore::inMemory() {
    return {fs::path(), Clock()};
}

void TrustStore::load() {
    readIndex();
    loadAll<Certificate>(certificatesIn(directory_), ".cer");
    loadAll<CertificateRevocationList>(crlsIn(directory_), ".crl");
    loadAll<DeviationList>(deviationsIn(directory_), ".dl");
}

void TrustStore::readIndex() {
    try {
        const auto index = nlohmann::json::parse(toText(readFile(indexIn(directory_), maximumIndexLength)));
        if (index.at("format") != format || index.at("version") != formatVersion) {
            refuseFile(indexIn(directory_), "it is of another kind or version.");
        }
        if (index.contains("changed")) {
            snapshotTime_ = timeIn(index.at("changed"));
        }
        for (const auto& entry : index.value("masterLists", nlohmann::json::array())) {
            auto list = masterListIn(entry);
            masterLists_.insert_or_assign(list.country, std::move(list));
        }
    } catch (const nlohmann::json::exception&) {
        refuseFile(indexIn(directory_), "it is no index of a trust store.");
    }
}

template <class Item>
void TrustStore::loadAll(const fs::path& directory, std::string_view extension) {
    for (const fs::path& file : filesIn(directory, extension)) {
        try {
            insert(Item::decode(readFile(file, Item::maximumLength)));
        } catch (const MalformedData& error) {
            refuseFile(file, error.what());
        }
    }
}

void TrustStore::writeIndex() {
    nlohmann::json index = {{"format", format}, {"version", formatVersion}};
    if (snapshotTime_) {
        index["changed"] = snapshotTime_->time_since_epoch().count();
    }
    for (const auto& [country, list] : masterLists_) {
        index["masterLists"].push_back(indexEntryOf(list));
    }
    writeFile(indexIn(directory_), viewOf(index.dump(2) + "\n"));
}

void TrustStore::insert(Certificate certificate) {
    insertInOrder(certificates_, std::move(certificate));
}

void TrustStore::insert(CertificateRevocationList crl) {
    insertInOrder(crls_, std::move(crl));
}

void TrustStore::insert(DeviationList list) {
    insertInOrder(deviationLists_, std::move(list));
}

void TrustStore::keep(const fs::path& file, BytesView der) {
    if (directory_.empty()) {
        return;
    }
    std::filesystem::create_directories(file.parent_path()); // stores of older versions have fewer
    writeFile(file, der);
    snapshotTime_ = clock_();
    writeIndex();
}

void TrustStore::noteMasterList(MasterListSource list) {
    MasterListSource& noted = masterLists_[list.country];
    if (noted == list) {
        return;
    }
    noted = std::move(list);
    if (!directory_.empty()) {
        writeIndex();
    }
}

Import TrustStore::addCertificate(BytesView certificate) {
    Certificate added = Certificate::decode(certificate);
    if (holds(certificates_, added)) {
        return Import::AlreadyThere;
    }
    keep(certificatesIn(directory_) / (toHex(added.sha256()) + ".cer"), added.der());
    insert(std::move(added));
    return Import::Added;
}

Import TrustStore::addCrl(BytesView crl) {
    CertificateRevocationList added = CertificateRevocationList::decode(crl);
    if (holds(crls_, added)) {
        return Import::AlreadyThere;
    }
    keep(crlsIn(directory_) / (toHex(added.sha256()) + ".crl"), added.der());
    insert(std::move(added));
    return Import::Added;
}

Import TrustStore::addDeviationList(BytesView file) {
    DeviationList added = DeviationList::decode(file);
    if (holds(deviationLists_, added)) {
        return Import::AlreadyThere;
    }
    keep(deviationsIn(directory_) / (toHex(added.sha256()) + ".dl"), added.file());
    insert(std::move(added));
    return Import::Added;
}

std::vector<const Certificate*> TrustStore::authorities(const X509_NAME* name) const {
    std::vector<const Certificate*> found;
    for (const Certificate& certificate : certificates_) {
        if (certificate.certificationAuthority() &&
            X509_NAME_cmp(X509_get_subject_name(certificate.x509()), name) == 0) {
            found.push_back(&certificate);
        }
    }
    return found;
}

std::vector<const Certificate*> TrustStore::issuersOf(const Certificate& certificate) const {
    const auto wanted = authorityKeyIdentifierOf(*certificate.x509());
    auto found = authorities(X509_get_issuer_name(certificate.x509()));
    found.erase(std::remove_if(found.begin(), found.end(),
                               [&wanted](const Certificate* candidate) {
                                   const auto stated = subjectKeyIdentifierOf(*candidate->x509());
                                   return wanted && stated && *wanted != *stated;
                               }),
                found.end());
    return found;
}

std::vector<const CertificateRevocationList*> TrustStore::crls(const X509_NAME* name) const {
    std::vector<const CertificateRevocationList*> found;
    for (const CertificateRevocationList& crl : crls_) {
        if (X509_NAME_cmp(X509_CRL_get_issuer(crl.x509()), name) == 0) {
            found.push_back(&crl);
        }
    }
    return found;
}

std::vector<DeviationDescription> TrustStore::deviationsOf(const DocumentInQuestion& document) const {
    const auto isOfItsState = [&document](const DeviationList& list) {
        return document.documentSigner != nullptr &&
               list.signer().country() == document.documentSigner->country();
    };
    const auto newest = std::find_if(deviationLists_.rbegin(), deviationLists_.rend(), isOfItsState);
    return newest != deviationLists_.rend() ? newest->descriptionsFor(document)
                                            : std::vector<DeviationDescription>();
}

} // namespace cancuoc::trust
