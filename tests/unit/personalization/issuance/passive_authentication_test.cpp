// SPDX-License-Identifier: Apache-2.0
// What is issued here, judged by the host's Passive Authentication with a trust store.
#include "host/trust/passive_authentication.hpp"

#include "host/base/file.hpp"
#include "personalization/issuance/card_builder.hpp"
#include "tests/unit/personalization/issuance/issuer.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;
using cancuoc::test::Issuer;
using trust::CheckResult;

namespace {

std::map<lds::FileId, Bytes> dataGroupsOf(const CardImage& image) {
    std::map<lds::FileId, Bytes> files;
    for (const ElementaryFile& file : image.files) {
        files[lds::FileId{file.fileIdentifier}] = file.content;
    }
    return files;
}

// A store with the CSCA and the CRL of `issuer`.
class Store {
public:
    explicit Store(const Issuer& issuer)
        : store_(trust::TrustStore::create(directory_.path() / "store", [] { return Issuer::today(); })) {
        store_.addCertificate(issuer.signer().cscaCertificate());
        store_.addCrl(readFile(issuer.pkiFiles().crl, 100'000));
    }

    [[nodiscard]] trust::PassiveAuthenticationResult judge(const CardImage& image) const {
        return trust::PassiveAuthentication(&store_, Issuer::today())
            .verify(image.file(0x011D), dataGroupsOf(image));
    }

    [[nodiscard]] const trust::TrustStore& store() const { return store_; }

private:
    test::TemporaryDirectory directory_;
    trust::TrustStore store_;
};

PkiOptions namedCurves() {
    PkiOptions options;
    options.namedCurves = true;
    return options;
}

} // namespace

TEST_CASE("Passive Authentication passes a card, with explicit and with named curves") {
    for (const PkiOptions& options : {PkiOptions{}, namedCurves()}) {
        Issuer issuer(options);
        const Store store(issuer);
        const auto result = store.judge(issuer.build(test::exampleRecord()));
        for (const trust::Check& check : result.checks()) {
            INFO(check.name << ": " << check.reason);
            CHECK(check.result == CheckResult::Passed);
        }
        CHECK(result.matching == std::vector<int>{1, 2, 3, 13, 14, 15});
    }
}

TEST_CASE("The certificates issued here have no defect that a relying party would note") {
    const Issuer issuer;
    const Store store(issuer);
    CHECK(store.store().certificates().front().defects(Issuer::today()).empty());
    CHECK(trust::Certificate::decode(issuer.signer().certificate()).defects(Issuer::today()).empty());
}

TEST_CASE("One bit changed in any data group fails the hashes, a stranger's signature the chain") {
    Issuer issuer;
    const Store store(issuer);
    for (std::size_t index = 0; index < 6; ++index) {
        CardImage image = issuer.build(test::exampleRecord());
        Bytes& content = image.files.at(index).content;
        content.at(content.size() / 2) ^= 0x01;
        CHECK(store.judge(image).hashes.result == CheckResult::Failed);
    }
    Issuer stranger;
    const auto result = store.judge(stranger.build(test::exampleRecord()));
    CHECK(result.hashes.result == CheckResult::Passed);
    CHECK(result.chain.result == CheckResult::Failed);
}
