// SPDX-License-Identifier: Apache-2.0
#include "host/trust/deviation_list.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/crypto/digest.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "host/trust/store_import.hpp"
#include "tests/unit/host/trust/test_deviation_list.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::trust;
using test::DeviationPublisher;

namespace {

const std::string compromised = "2.23.136.1.1.7.1.4";

/// A list with one deviation under these limits.
Bytes listWith(const Bytes& limits) {
    return test::deviationList({test::deviation(limits, compromised, "batch of June")});
}

bool concerns(const DeviationPublisher& publisher, const Bytes& limits, const DocumentInQuestion& document) {
    const auto list = DeviationList::decode(publisher.sign(listWith(limits)));
    return !list.descriptionsFor(document).empty();
}

} // namespace

TEST_CASE("a deviation is for the documents within all its limits, and no others") {
    const DeviationPublisher publisher;
    const auto signer = Certificate::decode(publisher.documentSigner.der());
    const auto other = Certificate::decode(
        test::issue(publisher.csca, test::makeEcKey("P-256"), test::documentSignerOptions()).der());
    const DocumentInQuestion document{&signer, "ID", "299000001", dateFromIso("2113-01-02")};

    CHECK(concerns(publisher, {}, document));
    CHECK_FALSE(concerns(publisher, {}, {nullptr, "ID", "299000001", {}}));

    const auto documentType = [](const char* type) { return encodeTlv(0x80, viewOf(type)); };
    CHECK(concerns(publisher, documentType("ID"), document));
    CHECK(concerns(publisher, documentType("I<"), {&signer, "I", "", {}}));
    CHECK_FALSE(concerns(publisher, documentType("P<"), document));

    const auto keyIdentifier = encodeTlv(0x82, subjectKeyIdentifierOf(*signer.x509()).value());
    CHECK(concerns(publisher, keyIdentifier, document));
    CHECK_FALSE(concerns(publisher, keyIdentifier, {&other, "ID", "299000001", {}}));
    for (const auto algorithm : {HashAlgorithm::Sha1, HashAlgorithm::Sha512}) {
        const auto certificateDigest = encodeTlv(0x83, digest(algorithm, signer.der()));
        CHECK(concerns(publisher, certificateDigest, document));
        CHECK_FALSE(concerns(publisher, certificateDigest, {&other, "", "", {}}));
    }
    const auto issuerAndSerial = test::issuerAndSerialNumber(*signer.x509());
    CHECK(concerns(publisher, issuerAndSerial, document));
    auto anotherSerial = test::documentSignerOptions();
    anotherSerial.serial = 4711;
    const auto third =
        Certificate::decode(test::issue(publisher.csca, test::makeEcKey("P-256"), anotherSerial).der());
    CHECK_FALSE(concerns(publisher, issuerAndSerial, {&third, "", "", {}}));

    const auto period = test::issuancePeriod("21130101000000Z", "21130102235959Z");
    CHECK(concerns(publisher, period, document));
    CHECK_FALSE(concerns(publisher, period, {&signer, "ID", "", dateFromIso("2113-01-03")}));
    CHECK_FALSE(concerns(publisher, period, {&signer, "ID", "", {}}));

    const auto numbers =
        encodeTlv(0xA5, encodeTlv(0x13, viewOf("299000002")), encodeTlv(0x13, viewOf("299000001<")));
    CHECK(concerns(publisher, numbers, document));
    CHECK_FALSE(concerns(publisher, numbers, {&signer, "ID", "299000003", {}}));
    CHECK(concerns(publisher, concat(documentType("ID"), keyIdentifier, period, numbers), document));
    CHECK_FALSE(concerns(publisher, concat(documentType("P<"), keyIdentifier, period, numbers), document));
}

TEST_CASE("a deviation says what it is about, in words and in the issuer's") {
    const DeviationPublisher publisher;
    const auto list = DeviationList::decode(
        publisher.sign(test::deviationList({test::deviation({}, "2.23.136.1.1.7.2.2", ""),
                                            test::deviation({}, "2.23.136.1.1.7.9.9", "see letter")})));
    CHECK(list.signingTime() == test::now);
    CHECK(list.signer().country() == "VN");
    REQUIRE(list.deviations().size() == 2);
    CHECK(list.deviations()[0].descriptions.front().text() ==
          "a known deviation in the hash of a data group");
    CHECK(list.deviations()[1].descriptions.front().text() ==
          "a known deviation of a kind that is not known here (2.23.136.1.1.7.9.9): see letter");
}

TEST_CASE("a deviation list is taken under an anchor only, signed for this purpose, and kept") {
    const DeviationPublisher publisher;
    const Bytes file = publisher.sign(listWith({}));
    const test::TemporaryDirectory folder;
    auto store = TrustStore::create(folder.path() / "store", [] { return test::now; });
    CHECK_THROWS_AS((void)importDeviationList(store, file, test::now), MalformedData);
    store.addCertificate(publisher.csca.der());
    CHECK(importFile(store, file, test::now).added == 1);
    CHECK(importFile(store, file, test::now).alreadyThere == 1);
    CHECK(importFile(store, DeviationPublisher().sign(listWith({})), test::now).refused.size() == 1);

    auto asDocumentSigner = test::documentSignerOptions();
    const DeviationPublisher wrongPurpose(asDocumentSigner);
    auto theirs = TrustStore::inMemory();
    theirs.addCertificate(wrongPurpose.csca.der());
    CHECK(importFile(theirs, wrongPurpose.sign(listWith({})), test::now).refused.size() == 1);

    const auto opened = TrustStore::open(folder.path() / "store", [] { return test::now; });
    const auto signer = Certificate::decode(publisher.documentSigner.der());
    CHECK(opened.deviationLists().size() == 1);
    CHECK(opened.deviationsOf({&signer, "ID", "", {}}).size() == 1);
}

TEST_CASE("the newest list of a State counts, and none for documents of another State") {
    const DeviationPublisher publisher;
    auto store = TrustStore::inMemory();
    store.addDeviationList(publisher.sign(test::deviationList({}), test::now));
    store.addDeviationList(publisher.sign(listWith({}), test::now - std::chrono::hours(1)));
    const auto signer = Certificate::decode(publisher.documentSigner.der());
    CHECK(store.deviationsOf({&signer, "", "", {}}).empty());
    store.addDeviationList(publisher.sign(listWith({}), test::now + std::chrono::hours(1)));
    CHECK(store.deviationsOf({&signer, "", "", {}}).size() == 1);
    auto dutch = test::documentSignerOptions();
    dutch.country = "NL";
    const auto foreign =
        Certificate::decode(test::issue(publisher.csca, test::makeEcKey("P-256"), dutch).der());
    CHECK(store.deviationsOf({&foreign, "", "", {}}).empty());
}

TEST_CASE("a changed or malformed deviation list is refused") {
    const DeviationPublisher publisher;
    Bytes changed = publisher.sign(listWith({}));
    changed[changed.size() / 4] ^= 1;
    CHECK_THROWS_AS((void)DeviationList::decode(changed), MalformedData);
    CHECK_FALSE(isDeviationList({}));
    for (const char* content : {"3000", "30050201013100", "30053003020100", "3007020100310230 00",
                                "300502010031", "300B02010031063004300086003100"}) {
        CAPTURE(content);
        CHECK_THROWS_AS((void)DeviationList::decode(publisher.sign(fromHex(content))), MalformedData);
    }
    // A limit that is not known must not be passed over.
    CHECK_THROWS_AS((void)DeviationList::decode(publisher.sign(listWith(fromHex("860101")))), MalformedData);
    CHECK_THROWS_AS(
        (void)DeviationList::decode(publisher.sign(listWith(test::issuancePeriod("2113", "2113")))),
        MalformedData);
}
