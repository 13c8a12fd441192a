// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/clone_proof.hpp"

#include <algorithm>
#include <exception>
#include <optional>
#include <variant>
#include <vector>

#include "host/base/error.hpp"
#include "host/crypto/key_strength.hpp"
#include "host/crypto/subject_public_key_info.hpp"
#include "host/inspection/check_name.hpp"
#include "host/trust/card_security_verification.hpp"

namespace cancuoc::inspection {

namespace {

using trust::Check;
using trust::CheckResult;

Check chipAuthentication(CheckResult result, std::string reason = "") {
    return {std::string(check_name::chipAuthentication), result, std::move(reason)};
}

Check activeAuthentication(CheckResult result, std::string reason = "") {
    return {std::string(check_name::activeAuthentication), result, std::move(reason)};
}

// A key of DG14 with a protocol that is spoken here.
struct ChipKey {
    ChipAuthenticationProtocol protocol;
    ChipPublicKey key;
    std::optional<int> keyId;
};

// 9.2.5, 9.2.6: infos and keys belong together by keyId; one that names none is meant for the only other.
bool belongTogether(const std::optional<int>& infoKeyId, const std::optional<int>& keyKeyId) {
    return !infoKeyId || !keyKeyId || *infoKeyId == *keyKeyId;
}

// The protocols that DG14 names for a key; without any ChipAuthenticationInfo the card means 3DES. The keyId
// goes to the card where an info names it, and where the key is one of several.
std::vector<ChipKey> variantsOf(const lds::SecurityInfos& securityInfos,
                                const lds::ChipAuthenticationPublicKeyInfo& keyInfo,
                                const ChipPublicKey& key) {
    const bool isOneOfSeveral = securityInfos.all<lds::ChipAuthenticationPublicKeyInfo>().size() > 1;
    const auto ownKeyId = isOneOfSeveral ? keyInfo.keyId : std::nullopt;
    const auto infos = securityInfos.all<lds::ChipAuthenticationInfo>();
    if (infos.empty()) {
        return {{ChipAuthenticationProtocol::tripleDes(key), key, ownKeyId}};
    }
    std::vector<ChipKey> variants;
    for (const auto& info : infos) {
        const auto protocol = ChipAuthenticationProtocol::from(info.protocol);
        if (protocol && protocol->fits(key) && belongTogether(info.keyId, keyInfo.keyId)) {
            variants.push_back({*protocol, key, info.keyId ? info.keyId : ownKeyId});
        }
    }
    return variants;
}

// The strongest cipher (8.5), and of several the first in DG14. A key that cannot be used matters only where
// no other can.
std::optional<ChipKey> chooseChipKey(const lds::SecurityInfos& securityInfos) {
    std::optional<ChipKey> best;
    std::exception_ptr defect;
    for (const auto& keyInfo : securityInfos.all<lds::ChipAuthenticationPublicKeyInfo>()) {
        std::optional<ChipPublicKey> key;
        try {
            key = decodeChipPublicKey(keyInfo.subjectPublicKeyInfo);
        } catch (const MalformedData&) {
            defect = std::current_exception();
        }
        for (auto& variant : key ? variantsOf(securityInfos, keyInfo, *key) : std::vector<ChipKey>{}) {
            if (!best || best->protocol.cipher < variant.protocol.cipher) {
                best = std::move(variant);
            }
        }
    }
    if (!best && defect) {
        std::rethrow_exception(defect);
    }
    return best;
}

std::optional<Bytes> encodeKeyId(const std::optional<int>& keyId) {
    if (!keyId) {
        return std::nullopt;
    }
    return toShortestBigEndian(static_cast<std::uint64_t>(*keyId));
}

// What a signature that verifies proves with this key (gmrtd#346).
Check activeAuthenticationWith(const EVP_PKEY& publicKey) {
    const auto strength = strengthOf(publicKey);
    switch (strength.level) {
    case KeyStrength::Level::Forgeable:
        return activeAuthentication(CheckResult::NotPerformed,
                                    "the key in DG15 proves nothing, anybody can sign with it: " +
                                        strength.weakness);
    case KeyStrength::Level::Weak:
        return activeAuthentication(CheckResult::Passed, "the key in DG15 is weak: " + strength.weakness);
    case KeyStrength::Level::Sufficient:
        break;
    }
    return activeAuthentication(CheckResult::Passed);
}

struct SignatureAlgorithm {
    std::string_view objectIdentifier;
    HashAlgorithm hash;
};

// Plain signatures of BSI TR-03111, 5.2.1, and those of ANSI X9.62; the format of the signature tells itself.
constexpr SignatureAlgorithm signatureAlgorithms[] = {
    {"0.4.0.127.0.7.1.1.4.1.1", HashAlgorithm::Sha1},   {"0.4.0.127.0.7.1.1.4.1.2", HashAlgorithm::Sha224},
    {"0.4.0.127.0.7.1.1.4.1.3", HashAlgorithm::Sha256}, {"0.4.0.127.0.7.1.1.4.1.4", HashAlgorithm::Sha384},
    {"0.4.0.127.0.7.1.1.4.1.5", HashAlgorithm::Sha512}, {"1.2.840.10045.4.1", HashAlgorithm::Sha1},
    {"1.2.840.10045.4.3.1", HashAlgorithm::Sha224},     {"1.2.840.10045.4.3.2", HashAlgorithm::Sha256},
    {"1.2.840.10045.4.3.3", HashAlgorithm::Sha384},     {"1.2.840.10045.4.3.4", HashAlgorithm::Sha512},
};

// What DG14 announces (Doc 9303-11, 9.2.4), or everything that a chip may use if it announces nothing known.
std::vector<HashAlgorithm> hashCandidates(const lds::DataGroup14* dataGroup14) {
    std::vector<HashAlgorithm> announced;
    if (dataGroup14 != nullptr) {
        for (const auto& info : dataGroup14->securityInfos.all<lds::ActiveAuthenticationInfo>()) {
            const auto algorithm = ObjectIdentifier::fromContent(info.signatureAlgorithm.content()).toText();
            for (const auto& known : signatureAlgorithms) {
                if (known.objectIdentifier == algorithm) {
                    announced.push_back(known.hash);
                }
            }
        }
    }
    if (!announced.empty()) {
        return announced;
    }
    return {HashAlgorithm::Sha256, HashAlgorithm::Sha1, HashAlgorithm::Sha224, HashAlgorithm::Sha384,
            HashAlgorithm::Sha512};
}

// The key of DG15, or how the check ends without one that can be used.
std::variant<EvpKey, Check> activeAuthenticationKey(const lds::DataGroup15& dataGroup15) {
    try {
        auto key = decodeSubjectPublicKeyInfo(dataGroup15.subjectPublicKeyInfo);
        if (supportsActiveAuthentication(*key)) {
            return key;
        }
        return activeAuthentication(CheckResult::NotPerformed,
                                    "DG15 holds a kind of key that is not known here");
    } catch (const UnknownDomainParameters& unknown) {
        return activeAuthentication(CheckResult::NotPerformed,
                                    std::string("the key in DG15 cannot be used: ") + unknown.what());
    } catch (const MalformedData& malformed) {
        return activeAuthentication(CheckResult::Failed,
                                    std::string("the key in DG15 cannot be used: ") + malformed.what());
    }
}

Check verifiedWith(EVP_PKEY& key, const ActiveAuthenticationEvidence& evidence,
                   const lds::DataGroup14* dataGroup14) {
    return verifyActiveAuthentication(evidence, key, hashCandidates(dataGroup14))
               ? activeAuthenticationWith(key)
               : activeAuthentication(CheckResult::Failed,
                                      "the signature of the chip does not belong to the key in DG15");
}

} // namespace

std::optional<Check> checkWithoutChipAuthenticationKey(const lds::DataGroup14& dataGroup14) {
    if (dataGroup14.securityInfos.all<lds::ChipAuthenticationPublicKeyInfo>().empty()) {
        return chipAuthentication(CheckResult::NotSupported, "DG14 promises no Chip Authentication");
    }
    return std::nullopt;
}

ChipAuthenticationProof proveByChipAuthentication(CardSession& session, RandomSource& random,
                                                  const lds::DataGroup14& dataGroup14,
                                                  const ChipAuthentication::Confirm& confirm) {
    if (auto check = checkWithoutChipAuthenticationKey(dataGroup14)) {
        return {*std::move(check), {}};
    }
    std::optional<ChipKey> chipKey;
    try {
        chipKey = chooseChipKey(dataGroup14.securityInfos);
    } catch (const UnknownDomainParameters& unknown) {
        return {chipAuthentication(CheckResult::NotPerformed,
                                   std::string("the key in DG14 cannot be used: ") + unknown.what()),
                {}};
    } catch (const MalformedData& malformed) {
        return {chipAuthentication(CheckResult::Failed,
                                   std::string("the key in DG14 cannot be used: ") + malformed.what()),
                {}};
    }
    if (!chipKey) {
        return {
            chipAuthentication(CheckResult::NotPerformed,
                               "DG14 promises only variants of Chip Authentication that are not known here"),
            {}};
    }
    const auto result = ChipAuthentication(session, random)
                            .perform(chipKey->protocol, chipKey->key, encodeKeyId(chipKey->keyId), confirm);
    if (!result.proven) {
        return {chipAuthentication(CheckResult::Failed, result.reason), {}};
    }
    return {chipAuthentication(CheckResult::Passed), result.compressedTerminalKey};
}

Check proveByChipAuthenticationMapping(const ChipAuthenticationData& data, const Document& document,
                                       const trust::TrustStore* store, std::chrono::sys_seconds time) {
    const auto cardSecurity = document.files.find(lds::FileId::CardSecurity);
    if (cardSecurity == document.files.end()) {
        const auto* const reason = document.whyNotRead(lds::FileId::CardSecurity);
        return chipAuthentication(CheckResult::Failed,
                                  "the card promises the proof by PACE and does not give EF.CardSecurity" +
                                      (reason != nullptr ? ": " + *reason : std::string()));
    }
    const auto verification = trust::verifyCardSecurity(cardSecurity->second, store, time);
    if (!verification.securityInfos) {
        return chipAuthentication(verification.result,
                                  "EF.CardSecurity does not verify: " + verification.reason);
    }
    try {
        for (const auto& info : verification.securityInfos->all<lds::ChipAuthenticationPublicKeyInfo>()) {
            const auto key = decodeEllipticCurvePublicKey(info.subjectPublicKeyInfo);
            if (key && info.keyId && data.keyId == static_cast<unsigned>(*info.keyId)) {
                return data.proves(*key)
                           ? chipAuthentication(CheckResult::Passed)
                           : chipAuthentication(CheckResult::Failed,
                                                "the chip does not know the private key that belongs to "
                                                "EF.CardSecurity");
            }
        }
    } catch (const UnknownDomainParameters& unknown) {
        return chipAuthentication(CheckResult::NotPerformed,
                                  std::string("the key in EF.CardSecurity cannot be used: ") +
                                      unknown.what());
    } catch (const MalformedData& malformed) {
        return chipAuthentication(CheckResult::Failed,
                                  std::string("the key in EF.CardSecurity cannot be used: ") +
                                      malformed.what());
    }
    return chipAuthentication(CheckResult::Failed, "EF.CardSecurity has no key for the proof by PACE");
}

ActiveAuthenticationProof proveByActiveAuthentication(ActiveAuthentication protocol,
                                                      const lds::DataGroup15& dataGroup15,
                                                      const lds::DataGroup14* dataGroup14,
                                                      const std::optional<Bytes>& challenge) {
    auto key = activeAuthenticationKey(dataGroup15);
    if (auto* const unusable = std::get_if<Check>(&key)) {
        return {std::move(*unusable), std::nullopt};
    }
    EVP_PKEY& publicKey = *std::get<EvpKey>(key);
    try {
        auto evidence = challenge ? protocol.perform(publicKey, *challenge) : protocol.perform(publicKey);
        auto check = verifiedWith(publicKey, evidence, dataGroup14);
        return {std::move(check), std::move(evidence)};
    } catch (const CardError& refusal) {
        return {activeAuthentication(CheckResult::Failed, refusal.what()), std::nullopt};
    }
}

Check checkActiveAuthentication(const ActiveAuthenticationEvidence& evidence,
                                const lds::DataGroup15& dataGroup15, const lds::DataGroup14* dataGroup14) {
    auto key = activeAuthenticationKey(dataGroup15);
    auto* const unusable = std::get_if<Check>(&key);
    return unusable != nullptr ? std::move(*unusable)
                               : verifiedWith(*std::get<EvpKey>(key), evidence, dataGroup14);
}

} // namespace cancuoc::inspection
