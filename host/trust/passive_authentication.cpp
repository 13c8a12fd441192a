// SPDX-License-Identifier: Apache-2.0
#include "host/trust/passive_authentication.hpp"

#include "host/base/error.hpp"
#include "host/crypto/digest.hpp"
#include "host/lds/security_object_file.hpp"
#include "host/trust/certificate_chain.hpp"
#include "host/trust/signature.hpp"

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
    settle(result.chain, chain.result, std::move(chain.reason));
    if (chain.anchor == nullptr) {
        settle(result.revocation, CheckResult::NotPerformed,
               "the Document Signer certificate leads to no CSCA certificate of the trust store");
        return;
    }
    result.anchor = chain.anchor->der();
    result.revocation = verifyRevocation(*signature.signer, *chain.anchor, *store, time);
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
           signature.failure);
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

} // namespace cancuoc::trust
