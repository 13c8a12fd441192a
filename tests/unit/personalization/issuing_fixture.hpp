// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/trust/trust_store.hpp"
#include "personalization/intake/intake.hpp"
#include "personalization/issuance/card_builder.hpp"
#include "personalization/sample/sample.hpp"
#include "tests/unit/personalization/pki/pki_fixture.hpp"

namespace cancuoc::test {

/// What a personalization line has: a PKI with its anchor in a trust store, and drawn citizens' submissions.
class IssuingFixture {
public:
    explicit IssuingFixture(std::size_t citizens = 1)
        : signer_(personalization::DocumentSigner::load(pki_.path(), clock())),
          trustStore_(trust::TrustStore::inMemory()) {
        trustStore_.addCertificate(signer_.cscaCertificate());
        personalization::writeSample(sample_.path(), citizens, 9);
        personalization::Intake intake(sample_.path() / "records.csv", {});
        while (auto result = intake.next()) {
            submissions_.push_back(std::move(result->submission.value()));
        }
    }

    [[nodiscard]] const personalization::DocumentSigner& signer() const { return signer_; }
    [[nodiscard]] const trust::TrustStore& trustStore() const { return trustStore_; }
    [[nodiscard]] const std::vector<personalization::Submission>& submissions() const { return submissions_; }
    [[nodiscard]] static Clock clock() {
        return [] { return noon(2026, 12, 1); };
    }

private:
    PkiFixture pki_;
    TemporaryDirectory sample_;
    personalization::DocumentSigner signer_;
    trust::TrustStore trustStore_;
    std::vector<personalization::Submission> submissions_;
};

} // namespace cancuoc::test
