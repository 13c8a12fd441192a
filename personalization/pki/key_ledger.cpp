// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/key_ledger.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/crypto/digest.hpp"
#include "host/trust/x509.hpp"
#include "personalization/pki/account.hpp"
#include "personalization/pki/pem_file.hpp"

namespace cancuoc::personalization {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t maximumPendingSize = std::size_t{1} << 20;

bool isInToken(const std::string& place) {
    return place.starts_with("pkcs11:");
}

std::string publicKeyHash(const X509& certificate) {
    return toLowerCaseHex(digest(HashAlgorithm::Sha256, trust::subjectPublicKeyInfoOf(certificate)));
}

} // namespace

fs::path auditLogOf(const fs::path& directory) {
    return directory / "pki.audit";
}

KeyLedger::KeyLedger(const fs::path& directory, Clock clock, RandomSource& random, const KeyStore& keys)
    : files_(directory), pending_(directory / "keys-pending"), clock_(std::move(clock)), random_(random),
      keys_(keys) {}

std::vector<KeyLedger::Noted> KeyLedger::noted() const {
    std::vector<Noted> all;
    if (!fs::exists(pending_)) {
        return all;
    }
    const auto json = nlohmann::json::parse(toText(readFile(pending_, maximumPendingSize)), nullptr, false);
    try {
        for (const auto& key : json) {
            all.push_back({key.at("place"), key.at("publicKey")});
        }
    } catch (const nlohmann::json::exception&) {
        throw BadConfiguration("\"" + pending_.string() +
                               "\" was changed by somebody; it says which keys are still to be destroyed.");
    }
    return all;
}

void KeyLedger::write(const std::vector<Noted>& all) const {
    if (all.empty()) {
        fs::remove(pending_);
        return;
    }
    auto json = nlohmann::json::array();
    for (const auto& key : all) {
        json.push_back({{"place", key.place}, {"publicKey", key.publicKey}});
    }
    writeFile(pending_, viewOf(json.dump(1) + "\n"));
    flushToDisk(pending_);
    flushToDisk(files_.directory);
}

void KeyLedger::note(Noted key) {
    auto all = noted();
    all.push_back(std::move(key));
    write(all);
}

void KeyLedger::announce(const std::string& uri) {
    note({uri, ""});
}

void KeyLedger::announceEnd(const std::string& fileStem) {
    const fs::path certificate = files_.directory / (fileStem + ".pem");
    const fs::path key = files_.directory / (fileStem + ".key");
    if (!fs::exists(certificate) || !fs::exists(key)) {
        return;
    }
    const auto uri = KeyStore::tokenOf(key);
    note({uri.empty() ? key.filename().string() : uri, publicKeyHash(*readCertificate(certificate))});
}

void KeyLedger::recordIssue(const std::string& fileStem, const X509& certificate) {
    record("certificate-issued",
           {{"signer", fileStem},
            {"subject", trust::textOf(*X509_get_subject_name(&certificate))},
            {"sha256", toLowerCaseHex(digest(HashAlgorithm::Sha256, encodeDer(certificate)))},
            {"publicKey", publicKeyHash(certificate)}});
}

// A file is in use as long as the certificate beside it is that of the key; a key in a token, as long as a
// file of the directory says where it is.
bool KeyLedger::isInUse(const Noted& key) const {
    if (!isInToken(key.place)) {
        const auto certificate = (files_.directory / key.place).replace_extension(".pem");
        return fs::exists(certificate) && publicKeyHash(*readCertificate(certificate)) == key.publicKey;
    }
    return std::any_of(
        fs::directory_iterator(files_.directory), {}, [&key](const fs::directory_entry& entry) {
            return entry.path().extension() == ".key" && KeyStore::tokenOf(entry.path()) == key.place;
        });
}

void KeyLedger::end(const Noted& key) {
    if (isInToken(key.place)) {
        try {
            keys_.destroy(key.place);
        } catch (const trust::KeyNotInToken&) {
            // Destroyed before the process was killed that should have said so, or never made.
        }
    }
    record("key-destroyed", {{"place", key.place}, {"publicKey", key.publicKey}});
}

void KeyLedger::settle() {
    auto all = noted();
    while (!all.empty()) {
        if (!isInUse(all.back())) {
            end(all.back());
        }
        all.pop_back();
        write(all);
    }
}

void KeyLedger::record(const std::string& what, nlohmann::json members) {
    audit::AuditLog log(auditLogOf(files_.directory), clock_, random_);
    log.append({.at = clock_(),
                .who = accountName(),
                .station = "",
                .what = what,
                .card = "",
                .request = "",
                .members = std::move(members)});
}

} // namespace cancuoc::personalization
