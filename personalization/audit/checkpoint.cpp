// SPDX-License-Identifier: Apache-2.0
#include "personalization/audit/checkpoint.hpp"

#include "host/base/moment.hpp"
#include "personalization/audit/entry.hpp"

#include <algorithm>

namespace cancuoc::personalization::audit {

namespace {

using Json = nlohmann::json;

constexpr std::string_view domain = "cancuoc audit checkpoint\n";

std::string objectOf(const Checkpoint& checkpoint, const std::string& signer) {
    return Json{{"at", toIso(checkpoint.at)},
                {"log", toLowerCaseHex(checkpoint.log)},
                {"root", toLowerCaseHex(checkpoint.root)},
                {"signer", signer},
                {"size", checkpoint.size}}
        .dump();
}

[[noreturn]] void refuse() {
    throw MalformedData("This is no checkpoint of an audit log.");
}

} // namespace

SignatureScheme checkpointScheme(const EVP_PKEY& key) {
    constexpr SignatureScheme pss{SignatureScheme::Kind::RsaPss, HashAlgorithm::Sha256};
    const int bits = EVP_PKEY_get_bits(&key);
    const SignatureScheme ecdsa{SignatureScheme::Kind::EcdsaPlain, bits <= 256   ? HashAlgorithm::Sha256
                                                                   : bits <= 384 ? HashAlgorithm::Sha384
                                                                                 : HashAlgorithm::Sha512};
    for (const auto& scheme : {ecdsa, pss}) {
        if (scheme.fits(key)) {
            return scheme;
        }
    }
    throw BadConfiguration("Checkpoints are signed with keys on elliptic curves or for RSA. Use such a key.");
}

SignedCheckpoint::SignedCheckpoint(const Checkpoint& checkpoint, std::string signer)
    : checkpoint_(checkpoint), signer_(std::move(signer)), object_(objectOf(checkpoint_, signer_)) {}

Bytes SignedCheckpoint::toBeSigned() const {
    return concat(viewOf(domain), viewOf(object_));
}

SignedCheckpoint SignedCheckpoint::make(const Checkpoint& checkpoint, const trust::Certificate& certificate,
                                        const SignCheckpoint& sign) {
    SignedCheckpoint made(checkpoint, toLowerCaseHex(certificate.sha256()));
    made.signature_ = sign(made.toBeSigned());
    return made;
}

SignedCheckpoint SignedCheckpoint::decode(std::string_view line) {
    const std::size_t space = line.find(' ');
    if (line.size() > maximumLength || space == std::string_view::npos || space % 2 != 0) {
        refuse();
    }
    const std::string_view object = line.substr(space + 1);
    const Json json = Json::parse(object, nullptr, false);
    try {
        const auto log = hashFromHex(json.at("log").get<std::string>());
        const auto root = hashFromHex(json.at("root").get<std::string>());
        if (!log || !root || !json.at("size").is_number_unsigned() || json.at("size") == 0) {
            refuse();
        }
        SignedCheckpoint decoded(
            {*log, json.at("size"), *root, momentFromIso(json.at("at").get<std::string>())},
            json.at("signer"));
        decoded.signature_ = fromHex(line.substr(0, space));
        if (decoded.encode() == line) {
            return decoded;
        }
    } catch (const Json::exception&) {
    }
    refuse();
}

std::string SignedCheckpoint::encode() const {
    return toLowerCaseHex(signature_) + " " + object_;
}

std::string SignedCheckpoint::objection(std::span<const trust::Certificate> signers) const {
    const auto signer =
        std::find_if(signers.begin(), signers.end(), [this](const trust::Certificate& certificate) {
            return toLowerCaseHex(certificate.sha256()) == signer_;
        });
    if (signer == signers.end()) {
        return "it is by another signer, whose certificate has the SHA-256 " + signer_;
    }
    const EvpKey key = signer->publicKey();
    if (!verify(checkpointScheme(*key), *key, toBeSigned(), signature_)) {
        return "its signature is wrong";
    }
    if (checkpoint_.at < signer->notBefore() || checkpoint_.at > signer->notAfter()) {
        return "its signer's certificate was not valid at " + toIso(checkpoint_.at);
    }
    return "";
}

std::vector<SignedCheckpoint> decodeCheckpoints(std::string_view file) {
    std::vector<SignedCheckpoint> checkpoints;
    for (std::size_t end = 0; (end = file.find('\n')) != std::string_view::npos;
         file.remove_prefix(end + 1)) {
        try {
            checkpoints.push_back(SignedCheckpoint::decode(file.substr(0, end)));
        } catch (const MalformedData&) {
            throw MalformedData("Line " + std::to_string(checkpoints.size() + 1) +
                                " of the checkpoints is none.");
        }
    }
    return checkpoints;
}

} // namespace cancuoc::personalization::audit
