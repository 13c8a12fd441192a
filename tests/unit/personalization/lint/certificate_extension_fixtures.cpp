// SPDX-License-Identifier: Apache-2.0
// Extensions: Doc 9303-12, tables 6 to 8, 7.1.1.2 to 7.1.1.6, and what the checks of uploads forbid.
#include "tests/unit/personalization/lint/certificate_draft.hpp"
#include "tests/unit/personalization/lint/fixtures.hpp"

#include <map>

namespace cancuoc::test {

namespace {

using personalization::lint::Profile;
using Companions = std::vector<std::string>;

namespace extension {
const std::string subjectKeyIdentifier = "2.5.29.14", keyUsage = "2.5.29.15", usagePeriod = "2.5.29.16",
                  subjectAltName = "2.5.29.17", issuerAltName = "2.5.29.18", basicConstraints = "2.5.29.19",
                  nameConstraints = "2.5.29.30", crlDistributionPoints = "2.5.29.31",
                  certificatePolicies = "2.5.29.32", policyMappings = "2.5.29.33",
                  authorityKeyIdentifier = "2.5.29.35", policyConstraints = "2.5.29.36",
                  extKeyUsage = "2.5.29.37", freshestCrl = "2.5.29.46", inhibitAnyPolicy = "2.5.29.54",
                  subjectDirectoryAttributes = "2.5.29.9", nameChange = "2.23.136.1.1.6.1",
                  documentTypeList = "2.23.136.1.1.6.2", netscapeType = "2.16.840.1.113730.1.1",
                  authorityInfoAccess = "1.3.6.1.5.5.7.1.1", subjectInfoAccess = "1.3.6.1.5.5.7.1.11";
} // namespace extension

const Bytes isTrue = fromHex("0101FF");
const Bytes isFalse = fromHex("010100");
const Bytes emptySequence = fromHex("3000");
const Bytes null = fromHex("0500");
const Bytes policy = fromHex("3006300406022A03");
const Bytes idCards = fromHex("3009020100310413024944");

class ExtensionFixtures {
public:
    void add(const std::string& rule, CertificateDraft (*good)(), const DraftChange& change,
             const Companions& companions = {}, Profile profile = Profile::EighthEdition) {
        auto draft = good();
        change(draft);
        all_.push_back({"certificate." + rule, passing(good), draft.encode(), companions, profile});
    }
    /// Without the extension.
    void addMissing(const std::string& name, CertificateDraft (*good)(), const std::string& identifier) {
        add(name + ".is-missing", good, [&](auto& draft) { draft.remove(identifier); });
    }
    /// With the other criticality.
    void addCriticality(const std::string& name, CertificateDraft (*good)(), const std::string& identifier,
                        bool mustBeCritical = false) {
        add(name + (mustBeCritical ? ".is-not-critical" : ".is-critical"), good,
            [&](auto& draft) { draft.makeCritical(identifier, mustBeCritical ? Bytes() : isTrue); });
    }
    /// With that value.
    void addValue(const std::string& rule, CertificateDraft (*good)(), const std::string& identifier,
                  const Bytes& value, bool isCritical = false, const Companions& companions = {}) {
        add(
            rule, good, [&](auto& draft) { draft.set(identifier, value, isCritical); }, companions);
    }
    [[nodiscard]] const std::vector<Fixture>& all() const { return all_; }

private:
    /// The good one, made once.
    const Bytes& passing(CertificateDraft (*good)()) {
        auto& encoded = passing_[good];
        if (encoded.empty()) {
            encoded = good().encode();
        }
        return encoded;
    }

    std::map<CertificateDraft (*)(), Bytes> passing_;
    std::vector<Fixture> all_;
};

CertificateDraft documentSignerWithPolicy() {
    return goodDocumentSigner().set(extension::certificatePolicies, policy);
}

void addMissingOnes(ExtensionFixtures& fixtures) {
    using namespace extension;
    fixtures.addMissing("authority-key-identifier", goodDocumentSigner, authorityKeyIdentifier);
    fixtures.addMissing("authority-key-identifier", goodLds2Signer, authorityKeyIdentifier);
    fixtures.addMissing("authority-key-identifier", goodBarCodeSigner, authorityKeyIdentifier);
    fixtures.addMissing("subject-key-identifier", goodRoot, subjectKeyIdentifier);
    fixtures.addMissing("key-usage", goodRoot, keyUsage);
    fixtures.addMissing("key-usage", goodCommunication, keyUsage);
    fixtures.addMissing("private-key-usage-period", goodDocumentSigner, usagePeriod);
    fixtures.addMissing("subject-alt-name", goodDocumentSigner, subjectAltName);
    fixtures.addMissing("issuer-alt-name", goodRoot, issuerAltName);
    fixtures.addMissing("basic-constraints", goodRoot, basicConstraints);
    fixtures.addMissing("crl-distribution-points", goodDocumentSigner, crlDistributionPoints);
    fixtures.addMissing("crl-distribution-points", goodSpocClient, crlDistributionPoints);
    fixtures.addMissing("document-type-list", goodDocumentSigner, documentTypeList);
}

void addCriticalities(ExtensionFixtures& fixtures) {
    using namespace extension;
    fixtures.addCriticality("authority-key-identifier", goodDocumentSigner, authorityKeyIdentifier);
    fixtures.addCriticality("authority-key-identifier", goodBarCodeSigner, authorityKeyIdentifier);
    fixtures.addCriticality("subject-key-identifier", goodRoot, subjectKeyIdentifier);
    fixtures.addCriticality("key-usage", goodRoot, keyUsage, true);
    fixtures.addCriticality("private-key-usage-period", goodDocumentSigner, usagePeriod);
    fixtures.addCriticality("certificate-policies", documentSignerWithPolicy, certificatePolicies);
    fixtures.addCriticality("subject-alt-name", goodRoot, subjectAltName);
    fixtures.addCriticality("issuer-alt-name", goodRoot, issuerAltName);
    fixtures.addCriticality("basic-constraints", goodRoot, basicConstraints, true);
    fixtures.addCriticality("ext-key-usage", goodMasterListSigner, extKeyUsage, true);
    fixtures.addCriticality("ext-key-usage", goodBarCodeSigner, extKeyUsage, true);
    fixtures.addCriticality("crl-distribution-points", goodRoot, crlDistributionPoints);
    fixtures.addCriticality("name-change", goodLink, nameChange);
    fixtures.addCriticality("document-type-list", goodDocumentSigner, documentTypeList);
}

void addForbiddenOnes(ExtensionFixtures& fixtures) {
    const auto addForbidden = [&](const std::string& name, CertificateDraft (*good)(),
                                  const std::string& identifier, const Bytes& value = emptySequence) {
        fixtures.addValue(name + ".is-not-allowed", good, identifier, value);
    };
    using namespace extension;
    addForbidden("policy-mappings", goodDocumentSigner, policyMappings);
    addForbidden("subject-directory-attributes", goodRoot, subjectDirectoryAttributes);
    addForbidden("basic-constraints", goodDocumentSigner, basicConstraints);
    addForbidden("name-constraints", goodRoot, nameConstraints);
    addForbidden("policy-constraints", goodRoot, policyConstraints);
    addForbidden("ext-key-usage", goodDocumentSigner, extKeyUsage, purposes({"1.2.3.4"}));
    addForbidden("ext-key-usage", goodRoot, extKeyUsage, purposes({"1.2.3.4"}));
    addForbidden("inhibit-any-policy", goodRoot, inhibitAnyPolicy, fromHex("020100"));
    addForbidden("freshest-crl", goodDocumentSigner, freshestCrl);
    addForbidden("name-change", goodDocumentSigner, nameChange, null);
    addForbidden("document-type-list", goodRoot, documentTypeList, idCards);
    addForbidden("document-type-list", goodMasterListSigner, documentTypeList, idCards);
    addForbidden("netscape-certificate-type", goodDocumentSigner, netscapeType, fromHex("03020780"));
}

void addOnesAsAWhole(ExtensionFixtures& fixtures) {
    fixtures.add("extensions.hold-the-same-one-twice", goodDocumentSigner,
                 [](auto& draft) { draft.extensions.push_back(draft.extensions.back()); });
    fixtures.addValue("extensions.hold-a-critical-one-that-is-not-known", goodDocumentSigner, "1.2.3.4", null,
                      true);
    fixtures.add("extensions.write-a-default-value", goodDocumentSigner,
                 [](auto& draft) { draft.makeCritical("2.5.29.31", isFalse); });
    fixtures.addValue("extensions.write-a-default-value", goodRoot, extension::basicConstraints,
                      fromHex("3006010100020100"), true,
                      {"certificate.basic-constraints.does-not-say-that-this-is-a-certification-authority"});
    fixtures.addValue("extensions.hold-one-that-is-not-der", goodDocumentSigner, "1.2.3.4",
                      fromHex("04810101"));
}

void addKeyUsage(ExtensionFixtures& fixtures) {
    using namespace extension;
    fixtures.addValue("key-usage.is-not-for-signing-certificates-and-cr-ls", goodRoot, keyUsage,
                      fromHex("03020204"), true);
    fixtures.addValue("key-usage.is-not-for-digital-signatures", goodDocumentSigner, keyUsage,
                      fromHex("030100"), true);
    fixtures.addValue("key-usage.allows-more-than-it-may", goodDocumentSigner, keyUsage, fromHex("030206C0"),
                      true);
    fixtures.addValue("key-usage.allows-more-than-it-may", goodCommunication, keyUsage, fromHex("03020490"),
                      true); // dataEncipherment
    fixtures.addValue("key-usage.has-zero-bits-at-its-end", goodDocumentSigner, keyUsage, fromHex("03020080"),
                      true);
    fixtures.addValue("authority-key-identifier.has-no-key-identifier", goodDocumentSigner,
                      authorityKeyIdentifier, emptySequence);
    fixtures.addValue("subject-key-identifier.is-malformed", goodDocumentSigner, subjectKeyIdentifier,
                      fromHex("0400"));
}

Bytes period(std::string_view from, std::string_view to) {
    return encodeTlv(0x30, encodeTlv(0x80, viewOf(from)), encodeTlv(0x81, viewOf(to)));
}

void addUsagePeriod(ExtensionFixtures& fixtures) {
    const auto addPeriod = [&](const std::string& problem, const Bytes& value,
                               CertificateDraft (*good)() = goodDocumentSigner) {
        fixtures.addValue("private-key-usage-period." + problem, good, extension::usagePeriod, value);
    };
    addPeriod("has-neither-beginning-nor-end", emptySequence);
    addPeriod("ends-before-it-begins", period("20260415080000Z", "20260115080000Z"));
    addPeriod("is-malformed", null);
    addPeriod("has-a-time-of-another-form", period("20260115080000Z", "202604150800Z"));
    addPeriod("of-a-csca-lasts-long", period("20260115080000Z", "20320115080000Z"), goodRoot);
    addPeriod("of-a-document-signer-lasts-long", period("20260115080000Z", "20260715080000Z"));
}

void addAlternativeNames(ExtensionFixtures& fixtures) {
    using namespace extension;
    const DraftAttribute vietnam{localityName, "VNM"};
    for (const auto& [name, identifier] :
         {std::pair<std::string, std::string>{"subject-alt-name.", subjectAltName},
          {"issuer-alt-name.", issuerAltName}}) {
        const std::string prefix = name;
        const std::string oid = identifier;
        const auto addName = [&](const std::string& problem, const Bytes& value,
                                 const Companions& companions = {}) {
            fixtures.addValue(prefix + problem, goodDocumentSigner, oid, value, false, companions);
        };
        const std::string noCountry = "certificate." + prefix + "has-no-country-code-as-in-the-mrz";
        addName("is-malformed", null, {noCountry});
        addName("has-no-country-code-as-in-the-mrz", alternativeName({}));
        addName("has-no-contact", alternativeName({vietnam}, ""));
        addName("has-a-directory-name-without-locality", alternativeName({{stateName, "VNM"}}));
        addName("has-another-locality", alternativeName({{localityName, "Hanoi"}}));
        addName("has-another-state", alternativeName({vietnam, {stateName, "Hanoi"}}));
        addName("has-other-attributes", alternativeName({{countryName, "VN"}, vietnam}));
    }
    fixtures.addValue("issuer-alt-name.differs-from-subject-alt-name-in-a-root-certificate", goodRoot,
                      issuerAltName, alternativeName({vietnam}, "other@csca.example"));
    fixtures.addValue("subject-alt-name.of-a-spoc-server-has-no-dns-name", goodSpocServer, subjectAltName,
                      alternativeName({vietnam}));
}

void addOtherContents(ExtensionFixtures& fixtures) {
    using namespace extension;
    const auto addConstraints = [&](const std::string& problem, const std::string& value) {
        fixtures.addValue("basic-constraints." + problem, goodRoot, basicConstraints, fromHex(value), true);
    };
    addConstraints("is-malformed", "0500");
    addConstraints("does-not-say-that-this-is-a-certification-authority", "3003020100");
    addConstraints("has-no-path-length", "30030101FF");
    addConstraints("has-a-path-length-other-than-0", "30060101FF020101");
    fixtures.addValue("certificate-policies.is-malformed", documentSignerWithPolicy, certificatePolicies,
                      fromHex("30023000"));
    fixtures.addValue("ext-key-usage.is-malformed", goodDocumentSigner, extKeyUsage, emptySequence, true,
                      {"certificate.ext-key-usage.is-not-allowed"});
    fixtures.addValue("name-change.is-malformed", goodLink, nameChange, emptySequence);
    fixtures.add("name-change.is-missing-although-the-name-changes", goodLink,
                 [](auto& draft) { draft.remove(nameChange); });
    const auto addTypes = [&](const std::string& problem, const std::string& value) {
        fixtures.addValue("document-type-list." + problem, goodDocumentSigner, documentTypeList,
                          fromHex(value));
        fixtures.addValue("document-type-list." + problem, goodBarCodeSigner, documentTypeList,
                          fromHex(value));
    };
    addTypes("is-empty", "30050201003100");
    addTypes("is-malformed", "0500");
    addTypes("has-a-type-of-another-length", "300A02010031051303494443");
}

void addDistributionPoints(ExtensionFixtures& fixtures) {
    const auto addPoint = [&](const std::string& problem, const Bytes& value) {
        fixtures.addValue("crl-distribution-points." + problem, goodDocumentSigner,
                          extension::crlDistributionPoints, value);
    };
    constexpr std::string_view address = "ldap://csca.example/csca.crl";
    addPoint("is-malformed", null);
    addPoint("has-no-address", emptySequence);
    addPoint("has-no-address", fromHex("30023000"));
    addPoint("has-another-address", distributionPoint("ftp://csca.example/csca.crl"));
    addPoint("has-reasons", distributionPoint(address, fromHex("81020640")));
    addPoint("names-a-crl-issuer",
             distributionPoint(address, encodeTlv(0xA2, encodeTlv(0xA4, nameOf({{commonName, "CRL"}})))));
}

void addUploads(ExtensionFixtures& fixtures) {
    const auto addForbidden = [&](const std::string& name, const std::string& identifier,
                                  const Bytes& value) {
        fixtures.add(
            name + ".is-not-allowed", goodUploadedRoot, [&](auto& draft) { draft.set(identifier, value); },
            {}, Profile::PkdUpload);
    };
    using namespace extension;
    const Bytes name = alternativeName({{localityName, "VNM"}});
    addForbidden("subject-alt-name", subjectAltName, name);
    addForbidden("issuer-alt-name", issuerAltName, name);
    addForbidden("authority-info-access", authorityInfoAccess, emptySequence);
    addForbidden("subject-info-access", subjectInfoAccess, emptySequence);
    // What both editions want, and the checks of uploads do not; and the other way round.
    fixtures.add(
        "subject-alt-name.is-missing", goodRoot, [](auto& draft) { draft.remove(subjectAltName); }, {},
        Profile::SeventhEdition);
    fixtures.add(
        "policy-mappings.is-not-allowed", goodUploadedRoot,
        [](auto& draft) { draft.set(policyMappings, emptySequence); }, {}, Profile::PkdUpload);
}

} // namespace

std::vector<Fixture> certificateExtensionFixtures() {
    ExtensionFixtures fixtures;
    addMissingOnes(fixtures);
    addCriticalities(fixtures);
    addForbiddenOnes(fixtures);
    addOnesAsAWhole(fixtures);
    addKeyUsage(fixtures);
    addUsagePeriod(fixtures);
    addAlternativeNames(fixtures);
    addOtherContents(fixtures);
    addDistributionPoints(fixtures);
    addUploads(fixtures);
    return fixtures.all();
}

} // namespace cancuoc::test
