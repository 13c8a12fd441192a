// SPDX-License-Identifier: Apache-2.0
// Orders signed with the command line tool of OpenSSL.
#include "personalization/intake/order_signature.hpp"

#include "tests/support/zip_writer.hpp"
#include "tests/unit/personalization/intake/order_draft.hpp"
#include "tests/unit/personalization/intake/order_signer.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization;
using namespace cancuoc::test;

namespace {

const OrderSigner& ministry() {
    static const OrderSigner signer("Ministry of Samples");
    return signer;
}

const OrderSigner& stranger() {
    static const OrderSigner signer("Stranger");
    return signer;
}

/// An order in a ZIP with what stands beside it, under a policy that requires the ministry's signature.
struct ZipOrder {
    OrderDraft draft;
    Bytes archive;

    ZipOrder() : archive(zipOf(entriesOf(draft.everyFile()))) {
        draft.files["order.zip"] = archive;
        draft.name = "order.zip";
        draft.orderPolicy.signature = ministry().policy();
    }

    [[nodiscard]] Taken with(const Bytes& signature) {
        draft.files["order.zip.p7s"] = signature;
        return take(draft);
    }

    [[nodiscard]] Taken around(const Bytes& cms) {
        draft.files["order.zip.p7m"] = cms;
        draft.name = "order.zip.p7m";
        return take(draft);
    }
};

/// The rules that an order breaks, one after the other.
std::string brokenBy(const Taken& taken) {
    std::string rules;
    for (const Finding& finding : taken.findings) {
        rules += std::string(finding.rule->id) + " ";
    }
    CHECK((rules.empty() || taken.submissions.empty()));
    return rules;
}

/// A folder with its list.
OrderDraft listedOrder() {
    OrderDraft draft;
    draft.files["records.csv"] = OrderDraft::toBytes(draft.csv());
    draft.files["SHA256SUMS"] = manifestOf(draft.files);
    draft.files["SHA256SUMS.p7s"] = ministry().sign(draft.files["SHA256SUMS"]);
    draft.orderPolicy.signature = ministry().policy();
    return draft;
}

} // namespace

TEST_CASE("a signature beside a ZIP or around it counts, DER or PEM, and names its signer") {
    for (const char* form : {"-outform DER", "-outform PEM"}) {
        ZipOrder beside;
        const Taken detached = beside.with(ministry().sign(beside.archive, form));
        CHECK(brokenBy(detached).empty());
        CHECK(detached.submissions.size() == 1);
        CHECK(detached.signer == "CN=Ministry of Samples");
        ZipOrder inside;
        const Taken enveloping =
            inside.around(ministry().sign(inside.archive, std::string("-nodetach ") + form));
        CHECK(brokenBy(enveloping).empty());
        CHECK(enveloping.submissions.size() == 1);
        CHECK(enveloping.signer == "CN=Ministry of Samples");
    }
}

TEST_CASE("a signature on the list of a folder counts for the records and for every picture") {
    OrderDraft draft = listedOrder();
    CHECK(brokenBy(take(draft)).empty());
    draft.name = "records.csv";
    const Taken taken = take(draft);
    CHECK(taken.submissions.size() == 1);
    CHECK(taken.signer == "CN=Ministry of Samples");
    draft.files["SHA256SUMS.p7m"] = ministry().sign(draft.files["SHA256SUMS"], "-nodetach -outform DER");
    draft.files.erase("SHA256SUMS.p7s");
    draft.files.erase("SHA256SUMS");
    CHECK(take(draft).submissions.size() == 1);
}

TEST_CASE("a byte changed after the signature refuses the order, or the record whose picture it is in") {
    ZipOrder zip;
    const Bytes signature = ministry().sign(zip.archive);
    zip.draft.files["order.zip"].back() ^= 1U;
    CHECK(brokenBy(zip.with(signature)) == "signature.value ");

    ZipOrder around;
    Bytes cms = ministry().sign(around.archive, "-nodetach -outform DER");
    cms[cms.size() / 2] ^= 1U; // in the archive, which is most of it
    CHECK(brokenBy(around.around(cms)) == "signature.value ");

    OrderDraft records = listedOrder();
    records.files["records.csv"].push_back('\n');
    CHECK(brokenBy(take(records)) == "manifest.records ");

    OrderDraft picture = listedOrder();
    picture.files["left.png"].push_back(0);
    CHECK(brokenBy(take(picture)) == "picture.manifest ");

    OrderDraft unlisted = listedOrder();
    unlisted.files["SHA256SUMS"].push_back('\n');
    CHECK(brokenBy(take(unlisted)) == "signature.value ");
}

TEST_CASE("only certificates that were agreed on count, all signers must be of them, and on their days") {
    ZipOrder order;
    CHECK(brokenBy(order.with(stranger().sign(order.archive))) == "signature.signer ");
    CHECK(brokenBy(order.with(ministry().sign(
              order.archive, "-outform DER " + stranger().signerOptions()))) == "signature.signer ");
    const Bytes signature = ministry().sign(order.archive);
    const auto certificate = ministry().certificate();
    auto& time = order.draft.orderPolicy.signature.time;
    time = certificate.notAfter();
    CHECK(brokenBy(order.with(signature)).empty());
    time = certificate.notAfter() + std::chrono::seconds(1);
    CHECK(brokenBy(order.with(signature)) == "signature.certificate ");
    time = certificate.notBefore() - std::chrono::seconds(1);
    CHECK(brokenBy(order.with(signature)) == "signature.certificate ");
}

TEST_CASE("a certificate for other purposes, a weak hash and a signature without attributes are refused") {
    ZipOrder order;
    CHECK(brokenBy(order.with(ministry().sign(order.archive, "-outform DER -md sha1"))) ==
          "signature.strength ");
    CHECK(brokenBy(order.with(ministry().sign(order.archive, "-outform DER -noattr"))) ==
          "signature.structure ");
    const OrderSigner agreement("Key agreement", "keyAgreement");
    order.draft.orderPolicy.signature = agreement.policy();
    CHECK(brokenBy(order.with(agreement.sign(order.archive))) == "signature.certificate ");
}

TEST_CASE("what is no signature of data is refused") {
    ZipOrder order;
    CHECK(brokenBy(order.with({})) == "signature.structure ");
    CHECK(brokenBy(order.with(ministry().certificateFile())) == "signature.structure ");
    CHECK(brokenBy(order.with({0x30, 0x82, 0x01})) == "signature.structure ");
    CHECK(brokenBy(order.with(ministry().sign(
              order.archive, "-outform DER -econtent_type 2.23.136.1.1.1"))) == "signature.structure ");
    // A SignedData that nobody signed.
    const Bytes cms = ministry().sign(order.archive, "-nodetach -outform DER");
    const unsigned char* at = cms.data();
    const CmsPtr unsignedData(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(cms.size())));
    REQUIRE(unsignedData);
    STACK_OF(CMS_SignerInfo)* signers = CMS_get0_SignerInfos(unsignedData.get());
    REQUIRE(sk_CMS_SignerInfo_num(signers) == 1);
    CMS_SignerInfo* removed = sk_CMS_SignerInfo_pop(signers);
    unsigned char* der = nullptr;
    const int size = i2d_CMS_ContentInfo(unsignedData.get(), &der);
    sk_CMS_SignerInfo_push(signers, removed);
    REQUIRE(size > 0);
    const Bytes bytes(der, der + size);
    OPENSSL_free(der);
    CHECK(brokenBy(order.around(bytes)) == "signature.structure ");
}

TEST_CASE("a policy without requirement takes unsigned orders and refuses wrong signatures all the same") {
    ZipOrder order;
    CHECK(brokenBy(take(order.draft)) == "signature.missing ");
    order.draft.orderPolicy.signature.required = false;
    const Taken taken = take(order.draft);
    CHECK(taken.submissions.size() == 1);
    CHECK(taken.signer.empty());
    CHECK(brokenBy(order.with(stranger().sign(order.archive))) == "signature.signer ");
    order.draft.orderPolicy.signature.signers = nullptr;
    const Taken unchecked = take(order.draft);
    CHECK(unchecked.names("signature.unchecked"));
    CHECK(unchecked.submissions.size() == 1);
    CHECK(unchecked.signer.empty());
    order.draft.orderPolicy.signature.required = true;
    CHECK(brokenBy(take(order.draft)) == "signature.missing ");
}

TEST_CASE("records that are signed without their pictures are refused") {
    OrderDraft draft;
    draft.files["records.csv.p7m"] =
        ministry().sign(OrderDraft::toBytes(draft.csv()), "-nodetach -outform DER");
    draft.name = "records.csv.p7m";
    draft.orderPolicy.signature = ministry().policy();
    CHECK(brokenBy(take(draft)) == "signature.pictures ");
}

TEST_CASE("a folder of signers holds certificates and nothing else") {
    const TemporaryDirectory folder;
    CHECK_THROWS_AS(static_cast<void>(OrderSigners::load(folder.path())), BadConfiguration);
    CHECK_THROWS_AS(static_cast<void>(OrderSigners::load(folder.path() / "absent")), BadConfiguration);
    writeFile(folder.path() / "ministry.pem", ministry().certificateFile());
    writeFile(folder.path() / "stranger.der", stranger().certificate().der());
    CHECK(OrderSigners::load(folder.path()).certificates().size() == 2);
    writeFile(folder.path() / "README", OrderDraft::toBytes("not one"));
    CHECK_THROWS_AS(static_cast<void>(OrderSigners::load(folder.path())), BadConfiguration);
}
