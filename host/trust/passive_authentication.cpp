// SPDX-License-Identifier: Apache-2.0
#include "host/trust/passive_authentication.hpp"

#include "host/base/date.hpp"
#include "host/base/error.hpp"
#include "host/crypto/digest.hpp"
#include "host/lds/issuing_state.hpp"
#include "host/lds/security_object_file.hpp"
#include "host/trust/certificate_chain.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "host/trust/revocation.hpp"
#include "host/trust/signature.hpp"

#include <algorithm>

namespace cancuoc::trust {

namespace {

using Result = PassiveAuthenticationResult;

std::string listOf(const std::vector<int>& dataGroups) {
    std::string list;
    for (const int number : dataGroups) {
        list.append(list.empty() ? "DG" : ", DG").append(std::to_string(number));
    }
    return list;
}

void settle(Check& check, CheckResult result, std::string reason) {
    check.result = result;
    check.reason = std::move(reason);
}

Result unsettled() {
    Result result;
    result.hashes.name = "passive-authentication.hashes";
    result.signature.name = "passive-authentication.signature";
    result.chain.name = "passive-authentication.chain";
    result.revocation.name = "passive-authentication.revocation";
    return result;
}

/// Sorts the data groups by how they stand to the signed hashes.
void sortDataGroups(Result& result, const lds::DocumentSecurityObject& object,
                    const std::map<int, Bytes>& hashes) {
    result.matching.clear();
    result.differing.clear();
    result.notListed.clear();
    result.notRead.clear();
    for (const auto& [number, hash] : hashes) {
        const auto listed = object.dataGroupHashes.find(number);
        if (listed == object.dataGroupHashes.end()) {
            result.notListed.push_back(number);
        } else if (listed->second == hash) {
            result.matching.push_back(number);
        } else {
            result.differing.push_back(number);
        }
    }
    for (const auto& [number, hash] : object.dataGroupHashes) {
        if (hashes.find(number) == hashes.end()) {
            result.notRead.push_back(number);
        }
    }
}

std::map<int, Bytes> hashesOf(const std::map<lds::FileId, Bytes>& files, HashAlgorithm algorithm) {
    std::map<int, Bytes> hashes;
    for (const auto& [file, content] : files) {
        if (const auto number = lds::dataGroupNumber(file)) {
            hashes[*number] = digest(algorithm, content);
        }
    }
    return hashes;
}

void judgeHashes(Result& result) {
    if (!result.differing.empty()) {
        settle(result.hashes, CheckResult::Failed,
               listOf(result.differing) + ": the content is not the one that was signed");
    } else if (!result.notListed.empty()) {
        settle(result.hashes, CheckResult::Failed,
               listOf(result.notListed) + ": on the chip, but not in the Document Security Object");
    } else if (result.matching.empty()) {
        settle(result.hashes, CheckResult::NotPerformed, "no data group was read");
    } else {
        settle(result.hashes, CheckResult::Passed,
               result.notRead.empty() ? std::string() : "not read: " + listOf(result.notRead));
    }
}

std::string joined(const std::vector<std::string>& notes) {
    std::string text;
    for (const std::string& note : notes) {
        text += (text.empty() ? "" : "; ") + note;
    }
    return text;
}

// Doc 9303-12, 7.1.1, table 6
std::string usagePeriodFailure(const Certificate& signer,
                               std::optional<std::chrono::sys_seconds> signingTime) {
    try {
        const auto period = privateKeyUsagePeriodOf(*signer.x509());
        if (signingTime && period && !period->contains(*signingTime)) {
            return "the Document Signer signed on " + toIso(dateOf(*signingTime)) +
                   ", outside the usage period of its private key";
        }
    } catch (const MalformedData&) {
        return {}; // a defect, told where certificates are listed
    }
    return {};
}

void verifySigner(Result& result, const Signature& signature, const TrustStore* store,
                  std::chrono::sys_seconds time) {
    if (!signature.signer) {
        settle(result.chain, CheckResult::NotPerformed, "EF.SOD has no Document Signer certificate");
        settle(result.revocation, CheckResult::NotPerformed, "EF.SOD has no Document Signer certificate");
        return;
    }
    result.documentSigner = signature.signer->der();
    if (store == nullptr) {
        settle(result.chain, CheckResult::NotPerformed, "no trust store was given");
        settle(result.revocation, CheckResult::NotPerformed, "no trust store was given");
        return;
    }
    CertificateChain chain = verifyChain(*signature.signer, documentSignerRole, *store, time);
    if (const auto failure = usagePeriodFailure(*signature.signer, signature.signingTime);
        chain.result == CheckResult::Passed && !failure.empty()) {
        chain = {CheckResult::Failed, failure, chain.anchor, {}};
    }
    settle(result.chain, chain.result,
           chain.result == CheckResult::Passed ? joined(chain.notes) : std::move(chain.reason));
    if (chain.anchor == nullptr) {
        settle(result.revocation, CheckResult::NotPerformed,
               "the Document Signer certificate leads to no CSCA certificate of the trust store");
        return;
    }
    result.anchor = chain.anchor->der();
    result.revocation = verifyRevocation(*signature.signer, *chain.anchor, *store, time);
}

/// A single letter stands for all document types that begin with it (Doc 9303-12, 7.1.1.6).
bool maySignFor(const Certificate& signer, std::string_view documentCode) {
    std::optional<std::vector<std::string>> types;
    try {
        types = documentTypesOf(*signer.x509());
    } catch (const MalformedData&) {
        return true; // a defect, told where certificates are listed
    }
    return !types || std::any_of(types->begin(), types->end(), [documentCode](std::string_view type) {
        type = type.substr(0, type.find('<'));
        return !type.empty() && (type.size() == 1 ? documentCode.starts_with(type) : documentCode == type);
    });
}

/// Whether the country codes of a certificate allow for the issuing State; one that it does not have
/// contradicts nothing.
bool isOfState(const Certificate& certificate, std::string_view issuingState) {
    const auto alternatives = alternativeCountriesOf(*certificate.x509(), NID_subject_alt_name);
    return std::find(alternatives.begin(), alternatives.end(), issuingState) != alternatives.end() ||
           certificate.country().empty() || lds::mayBeTheSameState(issuingState, certificate.country());
}

} // namespace

PassiveAuthentication::PassiveAuthentication(const TrustStore* store, std::chrono::sys_seconds time)
    : store_(store), time_(time) {}

// Doc 9303-11, 5.1
PassiveAuthenticationResult PassiveAuthentication::verify(BytesView sodFile,
                                                          const std::map<lds::FileId, Bytes>& files) const {
    Result result = verifySecurityObject(sodFile);
    if (result.documentSecurityObject) {
        compareHashes(result, hashesOf(files, result.documentSecurityObject->hashAlgorithm));
    }
    return result;
}

PassiveAuthenticationResult PassiveAuthentication::verifySecurityObject(BytesView sodFile) const {
    Result result = unsettled();
    std::optional<lds::SecurityObjectFile> file;
    try {
        file = lds::SecurityObjectFile::decode(sodFile);
    } catch (const MalformedData& error) {
        settle(result.hashes, CheckResult::Failed, error.what());
        settle(result.signature, CheckResult::Failed, error.what());
        settle(result.chain, CheckResult::NotPerformed, "EF.SOD cannot be decoded");
        settle(result.revocation, CheckResult::NotPerformed, "EF.SOD cannot be decoded");
        return result;
    }
    try {
        result.documentSecurityObject = file->documentSecurityObject();
        compareHashes(result, {});
    } catch (const MalformedData& error) {
        settle(result.hashes, CheckResult::Failed, error.what());
    }
    const Signature signature = verifySignature(file->signedData(), documentSignerRole);
    settle(result.signature, signature.failure.empty() ? CheckResult::Passed : CheckResult::Failed,
           signature.failure.empty() ? joined(signature.notes) : signature.failure);
    result.signingTime = signature.signingTime;
    verifySigner(result, signature, store_, time_);
    return result;
}

void PassiveAuthentication::compareHashes(PassiveAuthenticationResult& result,
                                          const std::map<int, Bytes>& dataGroupHashes) {
    if (result.documentSecurityObject) {
        sortDataGroups(result, *result.documentSecurityObject, dataGroupHashes);
        judgeHashes(result);
    }
}

void PassiveAuthentication::compareDocument(PassiveAuthenticationResult& result,
                                            std::string_view documentCode, std::string_view issuingState) {
    if (result.chain.result != CheckResult::Passed) {
        return;
    }
    const auto signer = Certificate::decode(result.documentSigner);
    if (!maySignFor(signer, documentCode)) {
        settle(result.chain, CheckResult::Failed,
               "the Document Signer certificate is not for documents of this type");
    } else if (!isOfState(signer, issuingState)) {
        settle(result.chain, CheckResult::Failed,
               "the Document Signer certificate is of another State than the document");
    } else if (!isOfState(Certificate::decode(result.anchor), issuingState)) {
        settle(result.chain, CheckResult::Failed,
               "the CSCA certificate is of another State than the document");
    }
}

} // namespace cancuoc::trust
