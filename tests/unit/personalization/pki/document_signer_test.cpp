// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/document_signer.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/base/object_identifier.hpp"
#include "host/crypto/digest.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/lds/security_object_file.hpp"
#include "personalization/pki/pem_file.hpp"
#include "tests/unit/personalization/pki/openssl_program.hpp"
#include "tests/unit/personalization/pki/pki_fixture.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace cancuoc;
using namespace cancuoc::personalization;
using cancuoc::test::noon;
using cancuoc::test::openssl;
using cancuoc::test::PkiFixture;

namespace {

lds::DocumentSecurityObject securityObject() {
    lds::DocumentSecurityObject object;
    for (const int number : {1, 2, 14}) {
        object.dataGroupHashes[number] =
            digest(HashAlgorithm::Sha256, Bytes{static_cast<std::uint8_t>(number)});
    }
    return object;
}

Clock at(int year, unsigned month, unsigned day) {
    return [moment = noon(year, month, day)] { return moment; };
}

// Within the life of the fixture's document signer.
const Clock today = at(2026, 12, 1);

std::string oidOf(const Tlv& tlv) {
    return ObjectIdentifier::fromContent(tlv.value).toText();
}

PkiOptions namedCurves() {
    PkiOptions options;
    options.namedCurves = true;
    return options;
}

// Writes the CMS of `sod` beside the PKI and asks openssl about it.
bool opensslVerifies(const PkiFixture& pki, BytesView contentInfo, const std::string& options) {
    const auto file = pki.path() / "sod.der";
    writeFile(file, contentInfo);
    return openssl("cms -verify -binary -inform DER -in " + file.string() + " -CAfile " +
                   pki.files().cscaCertificate.string() + " -purpose any -attime " +
                   std::to_string(today().time_since_epoch().count()) + " " + options);
}

} // namespace

TEST_CASE("EF.SOD is the SignedData that Doc 9303-10, 4.6.2 describes") {
    const PkiFixture pki;
    const DocumentSigner signer = DocumentSigner::load(pki.path(), today);
    const Bytes file = signer.sign(securityObject());
    TlvReader contentInfo = readTlv(readTlv(file, 0x77, "EF.SOD").value, 0x30, "ContentInfo").children();
    CHECK(oidOf(contentInfo.expect(0x06, "contentType")) == "1.2.840.113549.1.7.2");
    TlvReader signedData = readTlv(contentInfo.expect(0xA0, "content").value, 0x30, "SignedData").children();
    CHECK(equal(signedData.expect(0x02, "version").value, fromHex("03")));
    const Bytes sha256WithoutNull = fromHex("300B0609608648016503040201");
    CHECK(equal(signedData.expect(0x31, "digestAlgorithms").value, sha256WithoutNull));
    TlvReader encapsulated = signedData.expect(0x30, "encapContentInfo").children();
    CHECK(oidOf(encapsulated.expect(0x06, "eContentType")) == "2.23.136.1.1.1");
    const Tlv content = readTlv(encapsulated.expect(0xA0, "eContent").value, 0x04, "eContent");
    CHECK(toBytes(content.value) == securityObject().encode());
    CHECK(toBytes(signedData.expect(0xA0, "certificates").value) == signer.certificate());
    // No CRLs (A1) between the certificates and the one signer.
    TlvReader signerInfos = signedData.expect(0x31, "signerInfos").children();
    TlvReader signerInfo = signerInfos.expect(0x30, "SignerInfo").children();
    signerInfos.expectEnd("signerInfos");
    CHECK(equal(signerInfo.expect(0x02, "version").value, fromHex("01")));
    static_cast<void>(signerInfo.expect(0x30, "issuerAndSerialNumber"));
    CHECK(equal(signerInfo.expect(0x30, "digestAlgorithm").encoded, sha256WithoutNull));
    TlvReader attributes = signerInfo.expect(0xA0, "signedAttrs").children();
    std::set<std::string> attributeTypes;
    while (const auto attribute = attributes.next()) {
        attributeTypes.insert(oidOf(attribute->children().expect(0x06, "attrType")));
    }
    CHECK(attributeTypes == std::set<std::string>{"1.2.840.113549.1.9.3",   // contentType
                                                  "1.2.840.113549.1.9.4",   // messageDigest
                                                  "1.2.840.113549.1.9.5"}); // signingTime
    CHECK(equal(signerInfo.expect(0x30, "signatureAlgorithm").encoded, fromHex("300A06082A8648CE3D040302")));
    static_cast<void>(signerInfo.expect(0x04, "signature"));
    signerInfo.expectEnd("SignerInfo"); // no unsigned attributes
    signedData.expectEnd("SignedData");
    // The signing time is the clock's: 2026-12-01, noon.
    CHECK(toText(file).find("261201120000Z") != std::string::npos);
}

TEST_CASE("openssl cms agrees: the whole chain with named curves, the signature with explicit ones") {
    const PkiFixture named(namedCurves());
    const auto namedSod =
        lds::SecurityObjectFile::decode(DocumentSigner::load(named.path(), today).sign(securityObject()));
    CHECK(opensslVerifies(named, namedSod.signedData().contentInfo(), ""));

    const PkiFixture explicitPki;
    const auto explicitSod = lds::SecurityObjectFile::decode(
        DocumentSigner::load(explicitPki.path(), today).sign(securityObject()));
    CHECK(opensslVerifies(explicitPki, explicitSod.signedData().contentInfo(), "-noverify"));
    // A stranger's anchor, and a bit changed in the signed hash of DG14.
    CHECK_FALSE(opensslVerifies(explicitPki, namedSod.signedData().contentInfo(), ""));
    Bytes changed = namedSod.signedData().contentInfo();
    const Bytes hash = securityObject().dataGroupHashes.at(14);
    const auto found = std::search(changed.begin(), changed.end(), hash.begin(), hash.end());
    REQUIRE(found != changed.end());
    *found ^= 0x01;
    CHECK_FALSE(opensslVerifies(named, changed, ""));
}

TEST_CASE("Outside its periods the document signer signs nothing and says what to do") {
    const PkiFixture pki; // its key may sign from 2026-11-22 to 2027-02-22
    CHECK_NOTHROW(
        static_cast<void>(DocumentSigner::load(pki.path(), at(2027, 2, 22)).sign(securityObject())));
    const std::pair<Clock, const char*> advice[] = {{at(2026, 11, 21), "pki init"}, // the CSCA's, too
                                                    {at(2027, 2, 23), "pki document-signer"},
                                                    {at(2050, 1, 1), "pki init"}};
    for (const auto& [clock, command] : advice) {
        const DocumentSigner signer = DocumentSigner::load(pki.path(), clock);
        CHECK_THROWS_WITH_AS(static_cast<void>(signer.sign(securityObject())), doctest::Contains(command),
                             BadConfiguration);
    }
}

TEST_CASE("A signer whose files do not belong together is not loaded, and the file is named") {
    const PkiFixture other(PkiOptions{}, noon(2026, 11, 20));
    const auto refusal = [&](auto&& spoil) -> std::string {
        SystemRandom random;
        const test::TemporaryDirectory directory;
        createPki(directory.path(), {}, today, random);
        spoil(PkiFiles(directory.path()));
        try {
            static_cast<void>(DocumentSigner::load(directory.path(), today));
        } catch (const BadConfiguration& error) {
            return error.what();
        }
        return "";
    };
    namespace fs = std::filesystem;
    const auto replace = fs::copy_options::overwrite_existing;
    const PkiFiles foreign = other.files();
    CHECK(refusal([](const PkiFiles&) {}).empty());
    CHECK(refusal([&](const PkiFiles& files) { fs::remove(files.cscaCertificate); }).find("csca.pem") !=
          std::string::npos);
    CHECK(refusal([&](const PkiFiles& files) {
              fs::remove(files.documentSignerKey);
          }).find("document-signer.key") != std::string::npos);
    CHECK(refusal([&](const PkiFiles& files) {
              fs::copy_file(foreign.documentSignerKey, files.documentSignerKey, replace);
          }).find("document-signer.key") != std::string::npos);
    CHECK(refusal([&](const PkiFiles& files) {
              fs::copy_file(foreign.documentSignerCertificate, files.documentSignerCertificate, replace);
          }).find("document-signer.pem") != std::string::npos);
    CHECK(refusal([&](const PkiFiles& files) {
              fs::copy_file(foreign.crl, files.crl, replace);
          }).find("csca.crl") != std::string::npos);
    CHECK(refusal([&](const PkiFiles& files) { writeFile(files.crl, viewOf("no CRL")); }).find("csca.crl") !=
          std::string::npos);
}

TEST_CASE("A revoked document signer is not loaded") {
    const PkiFixture pki;
    const X509Ptr signer = readCertificate(pki.files().documentSignerCertificate);
    const X509CrlPtr crl = readCrl(pki.files().crl);
    X509_REVOKED* entry = X509_REVOKED_new();
    const X509_CRL* former = crl.get();
    REQUIRE(X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(signer.get())) == 1);
    REQUIRE(X509_REVOKED_set_revocationDate(entry,
                                            const_cast<ASN1_TIME*>(X509_CRL_get0_lastUpdate(former))) == 1);
    REQUIRE(X509_CRL_add0_revoked(crl.get(), entry) == 1);
    REQUIRE(X509_CRL_sign(crl.get(), KeyStore().read(pki.files().cscaKey).get(), EVP_sha384()) > 0);
    writeFile(pki.files().crl, encodeDer(*crl));
    CHECK_THROWS_WITH_AS(static_cast<void>(DocumentSigner::load(pki.path(), today)),
                         doctest::Contains("revokes"), BadConfiguration);
}
