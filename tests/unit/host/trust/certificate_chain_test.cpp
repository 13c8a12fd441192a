// SPDX-License-Identifier: Apache-2.0
#include "host/trust/certificate_chain.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "host/trust/revocation.hpp"

#include "host/base/error.hpp"
#include "tests/unit/host/trust/test_pki.hpp"

#include <initializer_list>

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::trust;

namespace {

using Options = test::CertificateOptions;

Options cscaNamed(const std::string& commonName, long serial) {
    Options options;
    options.commonName = commonName;
    options.serial = serial;
    return options;
}

/// A CSCA that has changed its key, and maybe its name: with the link certificate from old to new, one back
/// from new to old, and a Document Signer below each.
struct RenewedAuthority {
    explicit RenewedAuthority(const std::string& newName = "CSCA Test", Options linkOptions = {})
        : oldRoot(test::makeSelfSigned(test::makeEcKey("P-256"), cscaNamed("CSCA Test", 1))),
          newRoot(test::makeSelfSigned(test::makeEcKey("P-256"), cscaNamed(newName, 2))),
          link(certify(oldRoot, newRoot, named(std::move(linkOptions), newName, 3))),
          linkBack(certify(newRoot, oldRoot, named({}, "CSCA Test", 4))),
          oldSigner(Certificate::decode(
              test::issue(oldRoot, test::makeEcKey("P-256"), test::documentSignerOptions()).der())),
          newSigner(Certificate::decode(
              test::issue(newRoot, test::makeEcKey("P-256"), test::documentSignerOptions()).der())) {}

    static Options named(Options options, const std::string& name, long serial) {
        options.commonName = name;
        options.serial = serial;
        return options;
    }

    /// The key of `subject` certified by `issuer`.
    static test::Identity certify(const test::Identity& issuer, const test::Identity& subject,
                                  const Options& options) {
        EVP_PKEY_up_ref(subject.key.get());
        return test::issue(issuer, EvpKey(subject.key.get()), options);
    }

    test::Identity oldRoot;
    test::Identity newRoot;
    test::Identity link;
    test::Identity linkBack;
    Certificate oldSigner;
    Certificate newSigner;
};

TrustStore storeOf(std::initializer_list<const test::Identity*> identities) {
    TrustStore store = TrustStore::inMemory();
    for (const test::Identity* identity : identities) {
        store.addCertificate(identity->der());
    }
    return store;
}

CertificateChain chainOf(const Certificate& signer, const TrustStore& store,
                         std::chrono::sys_seconds time = test::now) {
    return verifyChain(signer, documentSignerRole, store, time);
}

void checkPassed(const CertificateChain& chain) {
    CHECK_MESSAGE(chain.result == CheckResult::Passed, chain.reason);
}

void checkFailed(const CertificateChain& chain, const std::string& reason) {
    CHECK(chain.result == CheckResult::Failed);
    CHECK_MESSAGE(chain.reason.find(reason) != std::string::npos, chain.reason);
    CHECK(chain.anchor == nullptr);
}

Options changingName() {
    Options options;
    options.extensions = {{std::string(nameChangeIdentifier), "DER:0500"}};
    return options;
}

} // namespace

TEST_CASE("a link certificate brings in the new key under the old CSCA") {
    const RenewedAuthority csca;
    const auto chain = chainOf(csca.newSigner, storeOf({&csca.oldRoot, &csca.link}));
    checkPassed(chain);
    checkFailed(chainOf(csca.newSigner, storeOf({&csca.oldRoot})), "with the key that signed");
    checkFailed(chainOf(csca.newSigner, storeOf({&csca.link})), "no CSCA of the trust store vouches");
    const RenewedAuthority stranger;
    checkFailed(chainOf(csca.newSigner, storeOf({&stranger.oldRoot, &csca.link})), "vouches");
}

TEST_CASE("a link certificate leads back to the old key under the new CSCA") {
    const RenewedAuthority csca;
    checkPassed(chainOf(csca.oldSigner, storeOf({&csca.newRoot, &csca.linkBack})));
    checkFailed(chainOf(csca.oldSigner, storeOf({&csca.newRoot})), "with the key that signed");
}

TEST_CASE("two links in a row, and links in a ring that hangs on nothing") {
    const RenewedAuthority first;
    auto third = test::makeSelfSigned(test::makeEcKey("P-256"), cscaNamed("CSCA Test", 5));
    const auto link = RenewedAuthority::certify(first.newRoot, third, cscaNamed("CSCA Test", 6));
    const auto signer = Certificate::decode(
        test::issue(third, test::makeEcKey("P-256"), test::documentSignerOptions()).der());
    checkPassed(chainOf(signer, storeOf({&first.oldRoot, &first.link, &link})));
    checkFailed(chainOf(signer, storeOf({&first.oldRoot, &link})), "vouches");
    checkFailed(chainOf(first.newSigner, storeOf({&first.link, &first.linkBack})), "in a row");
}

TEST_CASE("a CSCA that changes its name says so in the link certificate") {
    const RenewedAuthority csca("CSCA Renamed", changingName());
    checkPassed(chainOf(csca.newSigner, storeOf({&csca.oldRoot, &csca.link})));
    const RenewedAuthority silent("CSCA Renamed");
    checkFailed(chainOf(silent.newSigner, storeOf({&silent.oldRoot, &silent.link})), "path is too long");
}

TEST_CASE("a link certificate counts if its CSCA was valid when it was made, not when it is used") {
    Options late;
    late.notBefore = test::now + test::aYear + std::chrono::hours(1);
    late.notAfter = test::now + 3 * test::aYear;
    const RenewedAuthority tooLate("CSCA Test", late);
    Options signer = test::documentSignerOptions();
    signer.notAfter = test::now + 3 * test::aYear;
    const auto at = test::now + 2 * test::aYear;
    const auto longLived = [&](const RenewedAuthority& csca) {
        return Certificate::decode(test::issue(csca.newRoot, test::makeEcKey("P-256"), signer).der());
    };
    checkFailed(chainOf(longLived(tooLate), storeOf({&tooLate.oldRoot, &tooLate.link}), at),
                "its CSCA certificate ended");
    Options inTime;
    inTime.notAfter = test::now + 3 * test::aYear;
    const RenewedAuthority csca("CSCA Test", inTime);
    checkPassed(chainOf(longLived(csca), storeOf({&csca.oldRoot, &csca.link}), at));
}

TEST_CASE("of several CSCA certificates with one name and key the valid one counts") {
    auto key = test::makeEcKey("P-256");
    EVP_PKEY_up_ref(key.get());
    auto expired = cscaNamed("CSCA Test", 1);
    expired.notAfter = test::now - std::chrono::hours(1);
    const auto first = test::makeSelfSigned(EvpKey(key.get()), expired);
    const auto second = test::makeSelfSigned(std::move(key), cscaNamed("CSCA Test", 2));
    const auto signer = Certificate::decode(
        test::issue(second, test::makeEcKey("P-256"), test::documentSignerOptions()).der());
    checkFailed(chainOf(signer, storeOf({&first})), "CSCA certificate ended");
    const TrustStore both = storeOf({&first, &second});
    const auto chain = chainOf(signer, both);
    checkPassed(chain);
    CHECK(chain.anchor->der() == second.der());
}

TEST_CASE("the CSCA of one country certifies no signer of another") {
    const auto csca = test::makeSelfSigned(test::makeEcKey("P-256"));
    Options options = test::documentSignerOptions();
    options.country = "LA";
    const auto foreign = Certificate::decode(test::issue(csca, test::makeEcKey("P-256"), options).der());
    checkFailed(chainOf(foreign, storeOf({&csca})), "another country");
    options.country = "vn";
    checkPassed(chainOf(Certificate::decode(test::issue(csca, test::makeEcKey("P-256"), options).der()),
                        storeOf({&csca})));
}

TEST_CASE("a certification authority below the CSCA is no step on the way") {
    const auto csca = test::makeSelfSigned(test::makeEcKey("P-256"));
    const auto below = test::issue(csca, test::makeEcKey("P-256"), cscaNamed("Sub CA", 7));
    const auto signer = Certificate::decode(
        test::issue(below, test::makeEcKey("P-256"), test::documentSignerOptions()).der());
    checkFailed(chainOf(signer, storeOf({&csca, &below})), "path is too long: CN=Sub CA");
}

TEST_CASE("a CSCA certificate with a critical extension that is not known is refused") {
    Options options;
    options.unknownCriticalExtension = true;
    const auto csca = test::makeSelfSigned(test::makeEcKey("P-256"), options);
    const auto signer =
        Certificate::decode(test::issue(csca, test::makeEcKey("P-256"), test::documentSignerOptions()).der());
    checkFailed(chainOf(signer, storeOf({&csca})), "CSCA certificate has a critical extension");
}

TEST_CASE("weak algorithms are noted, and no failure") {
    Options weak = test::documentSignerOptions();
    weak.digest = EVP_sha1();
    const auto csca = test::makeSelfSigned(test::makeRsaKey(1024));
    const auto signer = Certificate::decode(test::issue(csca, test::makeEcKey("P-192"), weak).der());
    const auto chain = chainOf(signer, storeOf({&csca}));
    checkPassed(chain);
    CHECK(chain.notes ==
          std::vector<std::string>{
              "the Document Signer certificate is weak: signatureAlgorithm uses SHA-1",
              "the Document Signer certificate is weak: subjectPublicKeyInfo has a curve of fewer than 224 "
              "bits",
              "the CSCA certificate is weak: subjectPublicKeyInfo has an RSA key of fewer than 2048 bits"});
}

TEST_CASE("a Document Signer issued outside the usage period of the CSCA's key is noted") {
    Options options;
    // 15 January 2020 to 15 January 2021
    options.extensions = {
        {"2.5.29.16", "DER:3022800F32303230303131353038303030305A810F32303231303131353038303030305A"}};
    const auto csca = test::makeSelfSigned(test::makeEcKey("P-256"), options);
    const auto signer =
        Certificate::decode(test::issue(csca, test::makeEcKey("P-256"), test::documentSignerOptions()).der());
    const auto chain = chainOf(signer, storeOf({&csca}));
    checkPassed(chain);
    REQUIRE(chain.notes.size() == 1);
    CHECK(chain.notes.front().find("usage period of the CSCA's key") != std::string::npos);
}

TEST_CASE("revocation over changes of name and key") {
    const RenewedAuthority csca("CSCA Renamed", changingName());
    TrustStore store = storeOf({&csca.oldRoot, &csca.newRoot, &csca.link});
    const auto revocationOf = [&](const Certificate& signer) {
        const auto chain = chainOf(signer, store);
        REQUIRE(chain.anchor != nullptr);
        return verifyRevocation(signer, *chain.anchor, store, test::now);
    };
    SUBCASE("the CRL under the new name covers what was issued under the old one") {
        store.addCrl(test::makeCrl(csca.newRoot, {}));
        CHECK(revocationOf(csca.oldSigner).result == CheckResult::Passed);
    }
    SUBCASE("and condemns it") {
        store.addCrl(test::makeCrl(csca.newRoot, {test::documentSignerOptions().serial}));
        CHECK(revocationOf(csca.oldSigner).reason == "the Document Signer certificate is revoked");
    }
    SUBCASE("a CRL of the old name says nothing about the new one") {
        store.addCrl(test::makeCrl(csca.oldRoot, {}));
        CHECK(revocationOf(csca.newSigner).result == CheckResult::NotPerformed);
    }
    SUBCASE("whoever revokes the old CSCA revokes the new one that it vouched for") {
        store.addCrl(test::makeCrl(csca.newRoot, {1}));
        CHECK(revocationOf(csca.newSigner).reason == "the CSCA certificate is revoked");
    }
    SUBCASE("the link certificate of the new key is listed") {
        store.addCrl(test::makeCrl(csca.newRoot, {3}));
        CHECK(revocationOf(csca.newSigner).reason == "the CSCA certificate is revoked");
    }
    SUBCASE("a part of a CRL clears nobody, and condemns") {
        const auto day = std::chrono::hours(24);
        store.addCrl(test::makeCrl(csca.newRoot, {}, test::now - day, test::now + day, /*partial*/ true));
        const auto check = revocationOf(csca.newSigner);
        CHECK(check.result == CheckResult::NotPerformed);
        CHECK(check.reason.find("not complete") != std::string::npos);
    }
    SUBCASE("an unknown CSCA of the same country has no say") {
        const RenewedAuthority other("CSCA Other", changingName());
        store.addCertificate(other.newRoot.der());
        store.addCrl(test::makeCrl(other.newRoot, {2}));
        CHECK(revocationOf(csca.oldSigner).result == CheckResult::NotPerformed);
    }
}
