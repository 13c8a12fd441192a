// SPDX-License-Identifier: Apache-2.0
#include "host/trust/card_security_verification.hpp"

#include "host/base/error.hpp"
#include "host/lds/card_security.hpp"
#include "host/trust/certificate_chain.hpp"
#include "host/trust/revocation.hpp"
#include "host/trust/signature.hpp"

namespace cancuoc::trust {

CardSecurityVerification verifyCardSecurity(BytesView file, const TrustStore* store,
                                            std::chrono::sys_seconds time) {
    try {
        const auto cardSecurity = lds::CardSecurity::decode(file);
        const Signature signature = verifySignature(cardSecurity.signedData(), cardSecuritySignerRole);
        if (!signature.failure.empty()) {
            return {CheckResult::Failed, signature.failure, {}};
        }
        if (store == nullptr) {
            return {CheckResult::NotPerformed, "no trust store was given", {}};
        }
        CertificateChain chain = verifyChain(*signature.signer, cardSecuritySignerRole, *store, time);
        if (chain.result != CheckResult::Passed) {
            return {chain.result, std::move(chain.reason), {}};
        }
        Check revocation = verifyRevocation(*signature.signer, *chain.anchor, *store, time);
        if (revocation.result == CheckResult::Failed) {
            return {CheckResult::Failed, std::move(revocation.reason), {}};
        }
        return {CheckResult::Passed, {}, cardSecurity.securityInfos()};
    } catch (const MalformedData& malformed) {
        return {CheckResult::Failed, malformed.what(), {}};
    }
}

} // namespace cancuoc::trust
