// SPDX-License-Identifier: Apache-2.0
// Certificates and CRL field by field against Doc 9303-12, Tables 5, 6, 9 and 10, read from their DER without
// OpenSSL's certificate code.
#include "host/apdu/tlv.hpp"
#include "host/base/object_identifier.hpp"
#include "personalization/pki/pem_file.hpp"
#include "tests/unit/personalization/pki/pki_fixture.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace cancuoc;
using namespace cancuoc::personalization;
using cancuoc::test::noon;
using cancuoc::test::PkiFixture;

namespace {

struct Extension {
    bool critical = false;
    Bytes value;
};

// The fields of a certificate, each as the DER that stands in it.
struct Fields {
    Bytes version, serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo,
        signatureAlgorithm;
    std::map<std::string, Extension> extensions;
};

std::string oidOf(const Tlv& tlv) {
    return ObjectIdentifier::fromContent(tlv.value).toText();
}

std::map<std::string, Extension> extensionsIn(BytesView sequence) {
    std::map<std::string, Extension> extensions;
    TlvReader list = readTlv(sequence, 0x30, "extensions").children();
    while (const auto item = list.next()) {
        TlvReader parts = item->children();
        const std::string oid = oidOf(parts.expect(0x06, "extnID"));
        Tlv part = *parts.next();
        Extension extension;
        if (part.tag == 0x01) {
            // DER writes no default: a criticality that is written is TRUE.
            CHECK(equal(part.value, fromHex("FF")));
            extension.critical = true;
            part = *parts.next();
        }
        REQUIRE(part.tag == 0x04);
        extension.value = toBytes(part.value);
        CHECK(extensions.emplace(oid, extension).second);
    }
    return extensions;
}

Fields fieldsOf(BytesView certificate) {
    Fields fields;
    TlvReader outer = readTlv(certificate, 0x30, "Certificate").children();
    TlvReader body = outer.expect(0x30, "tbsCertificate").children();
    fields.version = toBytes(body.expect(0xA0, "version").value);
    fields.serialNumber = toBytes(body.expect(0x02, "serialNumber").value);
    fields.signature = toBytes(body.expect(0x30, "signature").encoded);
    fields.issuer = toBytes(body.expect(0x30, "issuer").encoded);
    fields.validity = toBytes(body.expect(0x30, "validity").value);
    fields.subject = toBytes(body.expect(0x30, "subject").encoded);
    fields.subjectPublicKeyInfo = toBytes(body.expect(0x30, "subjectPublicKeyInfo").encoded);
    // Neither issuerUniqueID (81) nor subjectUniqueID (82) may stand here.
    fields.extensions = extensionsIn(body.expect(0xA3, "extensions").value);
    body.expectEnd("tbsCertificate");
    fields.signatureAlgorithm = toBytes(outer.expect(0x30, "signatureAlgorithm").encoded);
    return fields;
}

Fields cscaFields(const PkiFixture& pki) {
    return fieldsOf(encodeDer(*readCertificate(pki.files().cscaCertificate)));
}

Fields documentSignerFields(const PkiFixture& pki) {
    return fieldsOf(encodeDer(*readCertificate(pki.files().documentSignerCertificate)));
}

// Attribute type -> tag and text of its value.
std::map<std::string, std::pair<std::uint32_t, std::string>> attributesOf(BytesView name) {
    std::map<std::string, std::pair<std::uint32_t, std::string>> attributes;
    TlvReader relative = readTlv(name, 0x30, "Name").children();
    while (const auto set = relative.next()) {
        TlvReader pair = readTlv(set->value, 0x30, "AttributeTypeAndValue").children();
        const std::string type = oidOf(pair.expect(0x06, "type"));
        const Tlv value = *pair.next();
        attributes[type] = {value.tag, toText(value.value)};
    }
    return attributes;
}

std::pair<std::string, std::string> timesIn(BytesView validity, std::uint32_t firstTag,
                                            std::uint32_t secondTag) {
    TlvReader times(validity);
    const Tlv from = times.expect(firstTag, "notBefore");
    const Tlv to = times.expect(secondTag, "notAfter");
    return {toText(from.value), toText(to.value)};
}

constexpr const char* subjectKeyIdentifier = "2.5.29.14";
constexpr const char* keyUsage = "2.5.29.15";
constexpr const char* privateKeyUsagePeriod = "2.5.29.16";
constexpr const char* subjectAltName = "2.5.29.17";
constexpr const char* issuerAltName = "2.5.29.18";
constexpr const char* basicConstraints = "2.5.29.19";
constexpr const char* crlNumber = "2.5.29.20";
constexpr const char* crlDistributionPoints = "2.5.29.31";
constexpr const char* authorityKeyIdentifier = "2.5.29.35";
constexpr const char* documentTypeList = "2.23.136.1.1.6.2";

constexpr std::uint32_t printableString = 0x13;
constexpr std::uint32_t utcTime = 0x17;
constexpr std::uint32_t generalizedTime = 0x18;

std::vector<std::string> namesOf(const std::map<std::string, Extension>& extensions) {
    std::vector<std::string> names;
    for (const auto& [name, extension] : extensions) {
        names.push_back(name);
    }
    return names;
}

// keyIdentifier [0] of an AuthorityKeyIdentifier.
Bytes keyIdentifierOf(const Extension& authority) {
    return toBytes(readTlv(authority.value, 0x30, "AuthorityKeyIdentifier")
                       .children()
                       .expect(0x80, "keyIdentifier")
                       .value);
}

Bytes subjectKeyOf(const Fields& fields) {
    return toBytes(
        readTlv(fields.extensions.at(subjectKeyIdentifier).value, 0x04, "SubjectKeyIdentifier").value);
}

void checkBody(const Fields& fields) {
    CHECK(fields.version == fromHex("020102")); // v3
    CHECK(fields.serialNumber.size() <= 20);
    CHECK((fields.serialNumber.front() & 0x80) == 0);
    // The smallest number of octets: no zero in front.
    CHECK(fields.serialNumber.front() != 0);
    CHECK(fields.signature == fields.signatureAlgorithm);
    // ecdsa-with-SHA384 without parameters (RFC 5758, 3.2)
    CHECK(fields.signature == fromHex("300A06082A8648CE3D040303"));
    for (const Bytes& name : {fields.issuer, fields.subject}) {
        const auto attributes = attributesOf(name);
        CHECK(attributes.at("2.5.4.6") == std::pair{printableString, std::string("VN")});
        CHECK(attributes.at("2.5.4.3").first == printableString);
        CHECK(attributes.at("2.5.4.5").first == printableString);
        CHECK(attributes.at("2.5.4.10").first == printableString);
    }
}

void checkAlternativeNames(const Fields& fields) {
    // rfc822Name [1], then directoryName [4] with localityName VNM alone.
    const Bytes expected = encodeTlv(
        0x30, encodeTlv(0x81, viewOf("csca@cancuoc.example")),
        encodeTlv(0xA4, encodeTlv(0x30, encodeTlv(0x31, encodeTlv(0x30, fromHex("0603550407"),
                                                                  encodeTlv(0x13, viewOf("VNM")))))));
    for (const char* name : {subjectAltName, issuerAltName}) {
        CHECK(fields.extensions.at(name).value == expected);
        CHECK_FALSE(fields.extensions.at(name).critical);
    }
}

void checkDistributionPoint(const Fields& fields) {
    const Bytes address = encodeTlv(0x86, viewOf("https://csca.cancuoc.example/csca.crl"));
    const Extension& points = fields.extensions.at(crlDistributionPoints);
    CHECK(points.value == encodeTlv(0x30, encodeTlv(0x30, encodeTlv(0xA0, encodeTlv(0xA0, address)))));
    CHECK_FALSE(points.critical);
}

} // namespace

TEST_CASE("The CSCA certificate follows the profile of a self-signed root") {
    const PkiFixture pki;
    const Fields fields = cscaFields(pki);
    checkBody(fields);
    CHECK(fields.issuer == fields.subject);
    CHECK(namesOf(fields.extensions) ==
          std::vector<std::string>{subjectKeyIdentifier, keyUsage, privateKeyUsagePeriod, subjectAltName,
                                   issuerAltName, basicConstraints, crlDistributionPoints,
                                   authorityKeyIdentifier});
    CHECK(fields.extensions.at(keyUsage).critical);
    CHECK(fields.extensions.at(keyUsage).value == fromHex("03020106")); // keyCertSign and cRLSign
    CHECK(fields.extensions.at(basicConstraints).critical);
    CHECK(fields.extensions.at(basicConstraints).value == fromHex("30060101FF020100")); // a CA, path length 0
    CHECK_FALSE(fields.extensions.at(subjectKeyIdentifier).critical);
    CHECK_FALSE(fields.extensions.at(authorityKeyIdentifier).critical);
    CHECK(keyIdentifierOf(fields.extensions.at(authorityKeyIdentifier)) == subjectKeyOf(fields));
    checkAlternativeNames(fields);
    checkDistributionPoint(fields);
}

TEST_CASE("The document signer's certificate follows its profile") {
    const PkiFixture pki;
    const Fields fields = documentSignerFields(pki);
    const Fields csca = cscaFields(pki);
    checkBody(fields);
    CHECK(fields.issuer == csca.subject);
    CHECK(fields.subject != csca.subject);
    CHECK(fields.serialNumber != csca.serialNumber);
    CHECK(namesOf(fields.extensions) ==
          std::vector<std::string>{documentTypeList, subjectKeyIdentifier, keyUsage, privateKeyUsagePeriod,
                                   subjectAltName, issuerAltName, crlDistributionPoints,
                                   authorityKeyIdentifier});
    CHECK(fields.extensions.at(keyUsage).critical);
    CHECK(fields.extensions.at(keyUsage).value == fromHex("03020780")); // digitalSignature
    CHECK(keyIdentifierOf(fields.extensions.at(authorityKeyIdentifier)) == subjectKeyOf(csca));
    CHECK_FALSE(fields.extensions.at(documentTypeList).critical);
    // SEQUENCE { INTEGER 0, SET { PrintableString "ID" } }
    CHECK(fields.extensions.at(documentTypeList).value == fromHex("30090201003104 13024944"));
    checkAlternativeNames(fields);
    checkDistributionPoint(fields);
}

TEST_CASE("Keys and certificates live as long as Doc 9303-12, 4.1 reckons") {
    const PkiFixture pki;
    const Fields csca = cscaFields(pki);
    const Fields documentSigner = documentSignerFields(pki);
    CHECK(timesIn(csca.validity, utcTime, utcTime) ==
          std::pair{std::string("261122120000Z"), std::string("420222120000Z")});
    CHECK(timesIn(documentSigner.validity, utcTime, utcTime) ==
          std::pair{std::string("261122120000Z"), std::string("370222120000Z")});
    // PrivateKeyUsagePeriod: [0] and [1], GeneralizedTime
    const auto usage = [](const Fields& fields) {
        return timesIn(
            readTlv(fields.extensions.at(privateKeyUsagePeriod).value, 0x30, "PrivateKeyUsagePeriod").value,
            0x80, 0x81);
    };
    CHECK(usage(csca) == std::pair{std::string("20261122120000Z"), std::string("20311122120000Z")});
    CHECK(usage(documentSigner) == std::pair{std::string("20261122120000Z"), std::string("20270222120000Z")});
}

TEST_CASE("Dates from 2050 on are written in GeneralizedTime, and a month's missing day becomes its last") {
    PkiOptions options;
    options.policy.documentValidity = {std::chrono::years(25)};
    const PkiFixture pki(options, noon(2026, 11, 30));
    CHECK(timesIn(documentSignerFields(pki).validity, utcTime, generalizedTime) ==
          std::pair{std::string("261130120000Z"), std::string("20520228120000Z")});
}

TEST_CASE("Curve parameters are explicit with cofactor and uncompressed points, or named on request") {
    const auto algorithmOf = [](const Fields& fields) {
        TlvReader info = readTlv(fields.subjectPublicKeyInfo, 0x30, "SubjectPublicKeyInfo").children();
        return toBytes(info.expect(0x30, "algorithm").value);
    };
    const auto pointOf = [](const Fields& fields) {
        TlvReader info = readTlv(fields.subjectPublicKeyInfo, 0x30, "SubjectPublicKeyInfo").children();
        static_cast<void>(info.next());
        return toBytes(info.expect(0x03, "subjectPublicKey").value);
    };
    const PkiFixture explicitPki;
    for (const auto& [fields, coordinate] :
         {std::pair{cscaFields(explicitPki), 48U}, std::pair{documentSignerFields(explicitPki), 32U}}) {
        const Bytes algorithm = algorithmOf(fields);
        TlvReader parts(algorithm);
        CHECK(oidOf(parts.expect(0x06, "algorithm")) == "1.2.840.10045.2.1");
        TlvReader parameters = parts.expect(0x30, "ECParameters").children();
        CHECK(equal(parameters.expect(0x02, "version").value, fromHex("01")));
        CHECK(oidOf(parameters.expect(0x30, "fieldID").children().expect(0x06, "fieldType")) ==
              "1.2.840.10045.1.1");
        static_cast<void>(parameters.expect(0x30, "curve"));
        const Tlv base = parameters.expect(0x04, "base");
        CHECK(base.value.size() == 1 + 2 * coordinate);
        CHECK(base.value.front() == 0x04);
        static_cast<void>(parameters.expect(0x02, "order"));
        CHECK(equal(parameters.expect(0x02, "cofactor").value, fromHex("01")));
        parameters.expectEnd("ECParameters");
        const Bytes point = pointOf(fields);
        CHECK(point.size() == 2 + 2 * coordinate);
        CHECK(equal(BytesView(point).first(2), fromHex("0004")));
    }
    PkiOptions options;
    options.namedCurves = true;
    const PkiFixture namedPki(options);
    CHECK(algorithmOf(cscaFields(namedPki)) == fromHex("06072A8648CE3D0201 06052B81040022")); // P-384
    CHECK(algorithmOf(documentSignerFields(namedPki)) ==
          fromHex("06072A8648CE3D0201 06082A8648CE3D030107")); // P-256
}

TEST_CASE("The CRL follows Tables 9 and 10 and is empty") {
    const PkiFixture pki;
    const Bytes der = encodeDer(*readCrl(pki.files().crl));
    TlvReader outer = readTlv(der, 0x30, "CertificateList").children();
    TlvReader body = outer.expect(0x30, "tBSCertList").children();
    CHECK(equal(body.expect(0x02, "version").value, fromHex("01"))); // v2
    const Bytes signature = toBytes(body.expect(0x30, "signature").encoded);
    CHECK(signature == fromHex("300A06082A8648CE3D040303"));
    CHECK(toBytes(body.expect(0x30, "issuer").encoded) == cscaFields(pki).subject);
    CHECK(toText(body.expect(utcTime, "thisUpdate").value) == "261122120000Z");
    CHECK(toText(body.expect(utcTime, "nextUpdate").value) == "270220120000Z"); // 90 days
    // revokedCertificates must not be there, not even empty.
    const auto extensions = extensionsIn(body.expect(0xA0, "crlExtensions").value);
    body.expectEnd("tBSCertList");
    CHECK(toBytes(outer.expect(0x30, "signatureAlgorithm").encoded) == signature);
    CHECK(namesOf(extensions) == std::vector<std::string>{crlNumber, authorityKeyIdentifier});
    CHECK(extensions.at(crlNumber).value == fromHex("020101"));
    CHECK_FALSE(extensions.at(crlNumber).critical);
    CHECK(keyIdentifierOf(extensions.at(authorityKeyIdentifier)) == subjectKeyOf(cscaFields(pki)));
}
