// SPDX-License-Identifier: Apache-2.0
#include "host/trust/store_import.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "tests/unit/host/trust/test_pki.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::trust;

namespace {

test::CertificateOptions cscaOf(const std::string& country) {
    test::CertificateOptions options;
    options.country = country;
    options.commonName = "CSCA " + country;
    return options;
}

test::CertificateOptions masterListSignerOptions() {
    auto options = test::documentSignerOptions();
    options.country = "DE";
    options.commonName = "Master List Signer";
    options.extendedKeyUsage = "critical,2.23.136.1.1.3";
    return options;
}

Bytes contentFor(const std::vector<Bytes>& certificates, std::uint8_t version = 0) {
    Bytes set;
    for (const Bytes& certificate : certificates) {
        append(set, certificate);
    }
    return encodeTlv(0x30, encodeTlv(0x02, Bytes{version}), encodeTlv(0x31, set));
}

/// A State that publishes a master list, and a store that knows its CSCA.
struct Publisher {
    explicit Publisher(const test::CertificateOptions& signerOptions = masterListSignerOptions())
        : csca(test::makeSelfSigned(test::makeEcKey("P-384"), cscaOf("DE"))),
          signer(test::issue(csca, test::makeEcKey("P-256"), signerOptions)),
          anchors(TrustStore::inMemory()) {
        anchors.addCertificate(csca.der());
    }

    [[nodiscard]] Bytes list(BytesView content, const std::string& contentType = "2.23.136.1.1.2") const {
        test::SignatureOptions options;
        options.contentType = contentType;
        const Bytes wrapped = test::makeSod(content, {&signer}, options);
        return toBytes(readTlv(wrapped, 0x77, "the wrapper").value);
    }

    [[nodiscard]] MasterList decode(BytesView file) const {
        return MasterList::decode(file, anchors, test::now);
    }

    test::Identity csca;
    test::Identity signer;
    TrustStore anchors;
};

void checkRefused(const Publisher& publisher, BytesView file, const std::string& reason) {
    try {
        (void)publisher.decode(file);
        FAIL("accepted");
    } catch (const MalformedData& error) {
        CHECK_MESSAGE(std::string(error.what()).find(reason) != std::string::npos, std::string(error.what()));
    }
}

} // namespace

TEST_CASE("the certificates of a master list go into the store, the broken ones are told") {
    const Publisher publisher;
    const Bytes vietnam = test::makeSelfSigned(test::makeEcKey("P-384"), cscaOf("VN")).der();
    const Bytes netherlands = test::makeSelfSigned(test::makeRsaKey(), cscaOf("NL")).der();
    const Bytes broken = fromHex("30030201FF");
    const MasterList list = publisher.decode(
        publisher.list(contentFor({vietnam, broken, netherlands, vietnam, publisher.csca.der()})));
    CHECK(list.certificates.size() == 5);
    REQUIRE(list.source);
    CHECK(list.source->country == "DE");
    CHECK(list.source->signingTime == test::now);
    CHECK(list.source->certificates == 5);
    CHECK(isSignedData(publisher.list(contentFor({}))));
    CHECK_FALSE(isSignedData(vietnam));

    TrustStore store = TrustStore::inMemory();
    store.addCertificate(publisher.csca.der());
    const ImportReport result = importMasterList(store, list);
    CHECK(result.offered == 5);
    CHECK(result.added == 2);
    CHECK(result.alreadyThere == 2);
    REQUIRE(result.refused.size() == 1);
    CHECK(result.refused.front().find("Certificate 2") == 0);
    CHECK(store.certificates().size() == 3);
    CHECK(store.masterLists().at("DE") == *list.source);
}

TEST_CASE("a store remembers the last master list of every country, and when it was signed") {
    const test::TemporaryDirectory folder;
    const auto clock = [] { return test::now; };
    const MasterListSource german{"DE", "CN=German lists,C=DE", test::now - test::aYear, 559};
    MasterListSource dutch{"NL", "CN=Dutch lists,C=NL", std::nullopt, 394};
    {
        auto store = TrustStore::create(folder.path() / "store", clock);
        store.noteMasterList(german);
        store.noteMasterList(dutch);
        dutch.certificates = 395;
        store.noteMasterList(dutch);
    }
    const auto store = TrustStore::open(folder.path() / "store", clock);
    REQUIRE(store.masterLists().size() == 2);
    CHECK(store.masterLists().at("DE") == german);
    CHECK(store.masterLists().at("NL") == dutch);
}

TEST_CASE("a master list counts only under an anchor, signed for this purpose") {
    const Publisher publisher;
    const Bytes content = contentFor({publisher.csca.der()});

    checkRefused(Publisher(), publisher.list(content), "CSCA");
    Publisher noAnchor;
    noAnchor.anchors = TrustStore::inMemory();
    checkRefused(noAnchor, noAnchor.list(content), "holds no CSCA certificate");

    auto otherPurpose = test::documentSignerOptions();
    otherPurpose.country = "DE";
    const Publisher documentSigner(otherPurpose);
    checkRefused(documentSigner, documentSigner.list(content), "another purpose");
    auto twoPurposes = masterListSignerOptions();
    twoPurposes.extendedKeyUsage = "critical,2.23.136.1.1.3,2.23.136.1.1.8";
    const Publisher both(twoPurposes);
    checkRefused(both, both.list(content), "another purpose");
    checkRefused(publisher, publisher.list(content, "2.23.136.1.1.1"), "not a CSCA master list");
}

TEST_CASE("a changed or malformed master list is refused") {
    const Publisher publisher;
    const Bytes content = contentFor({publisher.csca.der()});
    Bytes changed = publisher.list(content);
    changed[changed.size() / 4] ^= 1;
    CHECK_THROWS_AS((void)publisher.decode(changed), MalformedData);
    checkRefused(publisher, {}, "SignedData");
    checkRefused(publisher, publisher.list(contentFor({}, 1)), "version");
    checkRefused(publisher, publisher.list(fromHex("3000")), "version");
    checkRefused(publisher, publisher.list(contentFor({fromHex("0500")})), "certificate");
}
