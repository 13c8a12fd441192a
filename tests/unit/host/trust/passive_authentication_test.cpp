// SPDX-License-Identifier: Apache-2.0
#include "host/trust/passive_authentication.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/lds/security_object_file.hpp"
#include "tests/unit/host/trust/test_pki.hpp"
#include "tests/unit/temporary_directory.hpp"
#include "tests/unit/test_data.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::trust;
using lds::FileId;

namespace {

using Files = std::map<FileId, Bytes>;

const Files documentFiles = {{FileId::DataGroup1, Bytes(95, 0x01)}, {FileId::DataGroup2, Bytes(4000, 0x02)}};

Bytes contentFor(const Files& files, HashAlgorithm algorithm = HashAlgorithm::Sha256) {
    lds::DocumentSecurityObject object;
    object.hashAlgorithm = algorithm;
    for (const auto& [file, content] : files) {
        object.dataGroupHashes[*lds::dataGroupNumber(file)] = digest(algorithm, content);
    }
    return object.encode();
}

/// A CSCA in a trust store and a Document Signer under it.
struct Issuer {
    explicit Issuer(EvpKey cscaKey = test::makeEcKey("P-384"), EvpKey signerKey = test::makeEcKey("P-256"),
                    const test::CertificateOptions& signerOptions = test::documentSignerOptions(),
                    const test::CertificateOptions& cscaOptions = {})
        : csca(test::makeSelfSigned(std::move(cscaKey), cscaOptions)),
          documentSigner(test::issue(csca, std::move(signerKey), signerOptions)),
          store(TrustStore::create(folder.path() / "store", [] { return test::now; })) {
        store.addCertificate(csca.der());
    }

    [[nodiscard]] PassiveAuthenticationResult verify(BytesView sod, const Files& files = documentFiles,
                                                     std::chrono::sys_seconds time = test::now) const {
        return PassiveAuthentication(&store, time).verify(sod, files);
    }

    [[nodiscard]] Bytes sod(const test::SignatureOptions& options = {}) const {
        return test::makeSod(contentFor(documentFiles), {&documentSigner}, options);
    }

    test::TemporaryDirectory folder;
    test::Identity csca;
    test::Identity documentSigner;
    TrustStore store;
};

/// Puts `replacement` where `part` first stands; both have the same length.
void replace(Bytes& bytes, const Bytes& part, const Bytes& replacement) {
    const auto found = std::search(bytes.begin(), bytes.end(), part.begin(), part.end());
    REQUIRE(found != bytes.end());
    REQUIRE(part.size() == replacement.size());
    std::copy(replacement.begin(), replacement.end(), found);
}

void checkFailed(const Check& check, const std::string& reason) {
    CHECK(check.result == CheckResult::Failed);
    CHECK_MESSAGE(check.reason.find(reason) != std::string::npos, check.reason);
}

void checkNotPerformed(const Check& check, const std::string& reason) {
    CHECK(check.result == CheckResult::NotPerformed);
    CHECK_MESSAGE(check.reason.find(reason) != std::string::npos, check.reason);
}

void checkGenuine(const PassiveAuthenticationResult& result) {
    CHECK_MESSAGE(result.hashes.result == CheckResult::Passed, result.hashes.reason);
    CHECK_MESSAGE(result.signature.result == CheckResult::Passed, result.signature.reason);
    CHECK_MESSAGE(result.chain.result == CheckResult::Passed, result.chain.reason);
}

} // namespace

TEST_CASE("a genuine document passes, with explicit curve parameters") {
    Issuer issuer;
    const auto result = issuer.verify(issuer.sod());
    checkGenuine(result);
    checkNotPerformed(result.revocation, "no CRL");
    CHECK(result.matching == std::vector<int>{1, 2});
    CHECK(result.documentSigner == issuer.documentSigner.der());
    CHECK(result.anchor == issuer.csca.der());
    const auto checks = result.checks();
    CHECK(checks[0].name == "passive-authentication.hashes");
    CHECK(checks[1].name == "passive-authentication.signature");
    CHECK(checks[2].name == "passive-authentication.chain");
    CHECK(checks[3].name == "passive-authentication.revocation");

    issuer.store.addCrl(test::makeCrl(issuer.csca, {}));
    CHECK(issuer.verify(issuer.sod()).revocation.result == CheckResult::Passed);
}

TEST_CASE("a genuine document passes, whatever algorithms its State chose") {
    using test::CurveParameters;
    const auto named = CurveParameters::Named;
    SUBCASE("named curves") {
        const Issuer issuer(test::makeEcKey("P-384", named), test::makeEcKey("P-256", named));
        checkGenuine(issuer.verify(issuer.sod()));
    }
    SUBCASE("brainpool and SHA-512") {
        const Issuer issuer(test::makeEcKey("brainpoolP512r1"), test::makeEcKey("brainpoolP320r1"));
        test::SignatureOptions options;
        options.digest = EVP_sha512();
        checkGenuine(issuer.verify(issuer.sod(options)));
    }
    SUBCASE("RSA, PKCS #1") {
        const Issuer issuer(test::makeRsaKey(), test::makeRsaKey());
        checkGenuine(issuer.verify(issuer.sod()));
    }
    SUBCASE("RSA, PSS") {
        auto cscaOptions = test::CertificateOptions{};
        auto signerOptions = test::documentSignerOptions();
        cscaOptions.pss = signerOptions.pss = true;
        const Issuer issuer(test::makeRsaKey(), test::makeRsaKey(), signerOptions, cscaOptions);
        test::SignatureOptions options;
        options.pss = true;
        checkGenuine(issuer.verify(issuer.sod(options)));
    }
    SUBCASE("a signer named by its key identifier") {
        const Issuer issuer;
        test::SignatureOptions options;
        options.flags = CMS_USE_KEYID;
        checkGenuine(issuer.verify(issuer.sod(options)));
    }
    SUBCASE("a signer certificate without key identifiers") {
        auto signerOptions = test::documentSignerOptions();
        signerOptions.keyIdentifiers = false;
        const Issuer issuer(test::makeEcKey("P-384"), test::makeEcKey("P-256"), signerOptions);
        checkGenuine(issuer.verify(issuer.sod()));
    }
    SUBCASE("SHA-384 over the data groups") {
        const Issuer issuer;
        checkGenuine(issuer.verify(
            test::makeSod(contentFor(documentFiles, HashAlgorithm::Sha384), {&issuer.documentSigner})));
    }
}

TEST_CASE("the BSI reference data set: RSASSA-PSS made by others") {
    Files files;
    for (const int number : {1, 2, 3, 4, 14}) {
        files[lds::dataGroupFile(number)] =
            test::readTestData("bsi-reference/Datagroup" + std::to_string(number) + ".bin");
    }
    const Bytes sod = test::readTestData("bsi-reference/EF_SOD.bin");
    const auto result = PassiveAuthentication(nullptr, test::now).verify(sod, files);
    CHECK(result.hashes.result == CheckResult::Passed);
    CHECK(result.signature.result == CheckResult::Passed);
    checkNotPerformed(result.chain, "no trust store");
    checkNotPerformed(result.revocation, "no trust store");

    files[FileId::DataGroup15] = test::readTestData("bsi-reference/Datagroup15.bin"); // not in this EF.SOD
    const auto withDataGroup15 = PassiveAuthentication(nullptr, test::now).verify(sod, files);
    checkFailed(withDataGroup15.hashes, "DG15");
    CHECK(withDataGroup15.notListed == std::vector<int>{15});
}

TEST_CASE("one changed bit in any byte of a data group fails its hash by name") {
    const Issuer issuer;
    const Bytes sod = issuer.sod();
    for (const auto& [file, content] : documentFiles) {
        for (std::size_t index = 0; index < content.size(); index += 97) {
            Files changed = documentFiles;
            changed[file][index] ^= 1;
            const auto result = issuer.verify(sod, changed);
            checkFailed(result.hashes, lds::fileName(file));
            CHECK(result.signature.result == CheckResult::Passed);
        }
    }
}

TEST_CASE("what was not read is named, what was never signed fails") {
    const Issuer issuer;
    Files files = documentFiles;
    files.erase(FileId::DataGroup2);
    auto result = issuer.verify(issuer.sod(), files);
    CHECK(result.hashes.result == CheckResult::Passed);
    CHECK(result.hashes.reason == "not read: DG2");
    CHECK(result.notRead == std::vector<int>{2});

    result = issuer.verify(issuer.sod(), {});
    checkNotPerformed(result.hashes, "no data group");

    files = documentFiles;
    files[FileId::DataGroup14] = Bytes(10);
    files[FileId::Com] = Bytes(10); // no data group, passed over
    result = issuer.verify(issuer.sod(), files);
    checkFailed(result.hashes, "DG14");
    CHECK(result.notListed == std::vector<int>{14});
}

TEST_CASE("one changed bit in the signed content fails the signature") {
    const Issuer issuer(test::makeRsaKey(), test::makeRsaKey()); // fast to verify
    const Bytes sod = issuer.sod();
    const Bytes content = contentFor(documentFiles);
    const auto start = std::search(sod.begin(), sod.end(), content.begin(), content.end()) - sod.begin();
    for (std::size_t index = 0; index < content.size(); ++index) {
        Bytes changed = sod;
        changed[static_cast<std::size_t>(start) + index] ^= 1;
        CHECK(issuer.verify(changed).signature.result == CheckResult::Failed);
    }
}

TEST_CASE(
    "one changed bit in every third byte of EF.SOD is no exception, and no other content passes for signed") {
    const Issuer issuer(test::makeRsaKey(), test::makeRsaKey()); // fast to verify
    const Bytes sod = issuer.sod();
    const Bytes content = contentFor(documentFiles);
    for (std::size_t index = 0; index < sod.size(); index += 3) {
        Bytes changed = sod;
        changed[index] ^= static_cast<std::uint8_t>(1U << index % 8);
        const auto result = issuer.verify(changed);
        const bool genuine = result.hashes.result == CheckResult::Passed &&
                             result.signature.result == CheckResult::Passed &&
                             result.chain.result == CheckResult::Passed;
        if (genuine) { // a bit that carries no meaning: the content must be the signed one
            CHECK(lds::SecurityObjectFile::decode(changed).documentSecurityObject().encode() == content);
        }
    }
}

TEST_CASE("one changed bit in the signature or in what it covers fails it") {
    const Issuer issuer(test::makeRsaKey(), test::makeRsaKey());
    const Bytes sod = issuer.sod();
    constexpr std::size_t signatureSize = 256; // the last field of EF.SOD
    for (std::size_t index = sod.size() - signatureSize; index < sod.size(); index += 15) {
        Bytes changed = sod;
        changed[index] ^= 1;
        checkFailed(issuer.verify(changed).signature, "did not make this signature");
    }
}

TEST_CASE("a forger who changes a hash and the signed attribute over it still lacks the key") {
    const Issuer issuer;
    Bytes sod = issuer.sod();
    const Bytes content = contentFor(documentFiles);
    Files forged = documentFiles;
    forged[FileId::DataGroup1][7] ^= 1;
    replace(sod, content, contentFor(forged));
    checkFailed(issuer.verify(sod, forged).signature, "not that of the content");
    replace(sod, digest(HashAlgorithm::Sha256, content), digest(HashAlgorithm::Sha256, contentFor(forged)));
    const auto result = issuer.verify(sod, forged);
    checkFailed(result.signature, "did not make this signature");
    CHECK(result.hashes.result == CheckResult::Passed);
}

TEST_CASE("a signature made over another content type does not pass for this one") {
    const Issuer issuer;
    test::SignatureOptions options;
    options.contentType = "2.23.136.1.1.9";
    Bytes sod = issuer.sod(options);
    replace(sod, fromHex("0606678108010109"),
            fromHex("0606678108010101")); // the first one, outside the attributes
    checkFailed(issuer.verify(sod).signature, "another content type");
}

TEST_CASE("content of another type is refused, though its signature is right") {
    const Issuer issuer;
    test::SignatureOptions options;
    options.contentType = "1.2.840.113549.1.9.16.1.4"; // a time stamp
    const auto result = issuer.verify(issuer.sod(options));
    checkFailed(result.signature, "1.2.840.113549.1.9.16.1.4, not an LDSSecurityObject");
    checkFailed(result.hashes, "1.2.840.113549.1.9.16.1.4");
}

TEST_CASE("no signer, two signers") {
    const Issuer issuer;
    checkFailed(issuer.verify(test::makeSod(contentFor(documentFiles), {})).signature, "no signer");
    const test::Identity stranger =
        test::makeSelfSigned(test::makeEcKey("P-256"), test::documentSignerOptions());
    checkFailed(issuer.verify(test::makeSod(contentFor(documentFiles), {&issuer.documentSigner, &stranger}))
                    .signature,
                "2 signers");
}

TEST_CASE("a signature without signed attributes is refused") {
    const Issuer issuer;
    test::SignatureOptions options;
    options.flags = CMS_NOATTR;
    checkFailed(issuer.verify(issuer.sod(options)).signature, "no signed attributes");
}

TEST_CASE("an EF.SOD without its Document Signer certificate is refused by name") {
    const Issuer issuer;
    test::SignatureOptions options;
    options.flags = CMS_NOCERTS;
    const auto result = issuer.verify(issuer.sod(options));
    checkFailed(result.signature, "not inside EF.SOD");
    checkNotPerformed(result.chain, "no Document Signer certificate");
    CHECK(result.documentSigner.empty());
}

TEST_CASE("a hash algorithm that Doc 9303 does not know is refused") {
    const Issuer issuer(test::makeRsaKey(), test::makeRsaKey());
    test::SignatureOptions options;
    options.digest = EVP_md5();
    checkFailed(issuer.verify(issuer.sod(options)).signature, "hash algorithm");
}

TEST_CASE("a stranger's signature fails the chain, not the signature") {
    const Issuer issuer;
    SUBCASE("under his own name") {
        auto options = test::CertificateOptions{};
        options.commonName = "CSCA Stranger";
        const test::Identity csca = test::makeSelfSigned(test::makeEcKey("P-384"), options);
        const test::Identity signer =
            test::issue(csca, test::makeEcKey("P-256"), test::documentSignerOptions());
        const auto result = issuer.verify(test::makeSod(contentFor(documentFiles), {&signer}));
        CHECK(result.signature.result == CheckResult::Passed);
        checkFailed(result.chain, "CSCA Stranger");
        checkNotPerformed(result.revocation, "no CSCA");
        CHECK(result.anchor.empty());
    }
    SUBCASE("under the CSCA's name") {
        const test::Identity csca = test::makeSelfSigned(test::makeEcKey("P-384"));
        const test::Identity signer =
            test::issue(csca, test::makeEcKey("P-256"), test::documentSignerOptions());
        checkFailed(issuer.verify(test::makeSod(contentFor(documentFiles), {&signer})).chain, "signed");
    }
    SUBCASE("under the CSCA's name, with no key identifiers that could give him away") {
        auto options = test::CertificateOptions{};
        options.keyIdentifiers = false;
        const test::Identity csca = test::makeSelfSigned(test::makeEcKey("P-384"), options);
        auto signerOptions = test::documentSignerOptions();
        signerOptions.keyIdentifiers = false;
        const test::Identity signer = test::issue(csca, test::makeEcKey("P-256"), signerOptions);
        checkFailed(issuer.verify(test::makeSod(contentFor(documentFiles), {&signer})).chain, "signed");
    }
}

TEST_CASE("a key on a curve with another base point is no key") {
    const Issuer issuer(test::makeEcKey("P-384"), test::makeKeyWithForeignBasePoint());
    checkFailed(issuer.verify(issuer.sod()).signature, "no known curve");
}

TEST_CASE("certificates are valid between their dates only") {
    auto signerOptions = test::documentSignerOptions();
    signerOptions.notAfter = test::now + 2 * test::aYear; // outlives its CSCA
    const Issuer issuer(test::makeEcKey("P-384"), test::makeEcKey("P-256"), signerOptions);
    const Bytes sod = issuer.sod();
    const auto at = [&](std::chrono::sys_seconds time) {
        return issuer.verify(sod, documentFiles, time).chain;
    };
    CHECK(at(test::now - test::aYear).result == CheckResult::Passed);
    CHECK(at(test::now + test::aYear).result == CheckResult::Passed);
    checkFailed(at(test::now - test::aYear - std::chrono::seconds(1)), "becomes valid only on 2026-01-15");
    checkFailed(at(test::now + test::aYear + std::chrono::seconds(1)),
                "CSCA certificate ended on 2028-01-15");
    checkFailed(at(test::now + 2 * test::aYear + std::chrono::seconds(1)),
                "Document Signer certificate ended");
}

TEST_CASE("certificates for other purposes sign no documents") {
    const auto chainOf = [](const test::CertificateOptions& options) {
        const Issuer issuer(test::makeEcKey("P-384"), test::makeEcKey("P-256"), options);
        return issuer.verify(issuer.sod()).chain;
    };
    auto options = test::documentSignerOptions();
    options.keyUsage = "critical,keyAgreement";
    checkFailed(chainOf(options), "digital signatures");
    options = test::documentSignerOptions();
    options.extendedKeyUsage = "critical,2.23.136.1.1.3"; // master lists
    checkFailed(chainOf(options), "another purpose");
    options = test::documentSignerOptions();
    options.basicConstraints = "critical,CA:TRUE";
    options.keyUsage = "critical,digitalSignature,keyCertSign";
    checkFailed(chainOf(options), "certification authority");
    options = test::documentSignerOptions();
    options.unknownCriticalExtension = true;
    checkFailed(chainOf(options), "critical extension");
}

TEST_CASE("only certification authorities are anchors") {
    Issuer issuer;
    const test::Identity below = test::issue(issuer.documentSigner, test::makeEcKey("P-256"), [] {
        auto options = test::documentSignerOptions();
        options.commonName = "below the Document Signer";
        options.serial = 3;
        return options;
    }());
    issuer.store.addCertificate(issuer.documentSigner.der());
    checkFailed(issuer.verify(test::makeSod(contentFor(documentFiles), {&below})).chain,
                "no CSCA certificate");
}

TEST_CASE("an empty store gives no verdict about the chain") {
    const Issuer issuer;
    const TrustStore empty = TrustStore::create(issuer.folder.path() / "empty", [] { return test::now; });
    const auto result = PassiveAuthentication(&empty, test::now).verify(issuer.sod(), documentFiles);
    CHECK(result.signature.result == CheckResult::Passed);
    checkNotPerformed(result.chain, "holds no CSCA");
}

TEST_CASE("after a change of keys the right CSCA of one name is found") {
    Issuer issuer;
    auto successor = test::CertificateOptions{};
    successor.serial = 100;
    const test::Identity newCsca = test::makeSelfSigned(test::makeEcKey("P-384"), successor);
    issuer.store.addCertificate(newCsca.der());
    const auto result = issuer.verify(issuer.sod());
    CHECK(result.chain.result == CheckResult::Passed);
    CHECK(result.anchor == issuer.csca.der());
}

TEST_CASE("revocation") {
    Issuer issuer;
    const Bytes sod = issuer.sod();
    const auto revocation = [&] { return issuer.verify(sod).revocation; };
    using std::chrono::hours;

    SUBCASE("the Document Signer is listed") {
        issuer.store.addCrl(test::makeCrl(issuer.csca, {7, 2}));
        checkFailed(revocation(), "Document Signer certificate is revoked");
        CHECK(issuer.verify(sod).chain.result == CheckResult::Passed);
    }
    SUBCASE("the CSCA is listed") {
        issuer.store.addCrl(test::makeCrl(issuer.csca, {1}));
        checkFailed(revocation(), "CSCA certificate is revoked");
    }
    SUBCASE("others are listed") {
        issuer.store.addCrl(test::makeCrl(issuer.csca, {7}));
        CHECK(revocation().result == CheckResult::Passed);
    }
    SUBCASE("an outdated CRL clears nobody") {
        issuer.store.addCrl(test::makeCrl(issuer.csca, {}, test::now - hours(48), test::now - hours(24)));
        checkNotPerformed(revocation(), "out of date");
    }
    SUBCASE("an outdated CRL still condemns") {
        issuer.store.addCrl(test::makeCrl(issuer.csca, {2}, test::now - hours(48), test::now - hours(24)));
        checkFailed(revocation(), "revoked");
    }
    SUBCASE("a CRL from the future is none yet") {
        issuer.store.addCrl(test::makeCrl(issuer.csca, {2}, test::now + hours(1), test::now + hours(24)));
        checkNotPerformed(revocation(), "no CRL");
    }
    SUBCASE("after a change of keys the successor's CRL counts") {
        auto successor = test::CertificateOptions{};
        successor.serial = 100;
        const test::Identity newCsca = test::makeSelfSigned(test::makeEcKey("P-384"), successor);
        issuer.store.addCrl(test::makeCrl(newCsca, {2}));
        checkNotPerformed(revocation(), "no CRL"); // as long as the successor is unknown
        issuer.store.addCertificate(newCsca.der());
        checkFailed(revocation(), "revoked");
    }
    SUBCASE("a stranger's CRL under the CSCA's name is none") {
        issuer.store.addCrl(test::makeCrl(test::makeSelfSigned(test::makeEcKey("P-384")), {2}));
        checkNotPerformed(revocation(), "no CRL");
    }
}

TEST_CASE("a file that is no EF.SOD fails without an exception") {
    const Issuer issuer;
    for (const Bytes& file : {Bytes(), fromHex("7700"), Bytes(100, 0x77), Bytes(70000, 0x77)}) {
        const auto result = issuer.verify(file);
        checkFailed(result.hashes, "EF.SOD");
        checkFailed(result.signature, "EF.SOD");
        checkNotPerformed(result.chain, "EF.SOD");
        checkNotPerformed(result.revocation, "EF.SOD");
    }
}

TEST_CASE("signed content that is no LDSSecurityObject fails the hashes") {
    const Issuer issuer;
    const auto result = issuer.verify(test::makeSod(fromHex("3000"), {&issuer.documentSigner}));
    checkFailed(result.hashes, "LDSSecurityObject");
    CHECK(result.signature.result == CheckResult::Passed);
    CHECK_FALSE(result.documentSecurityObject);
}

TEST_CASE("quirks of States: other content types for the Document Security Object are taken and noted") {
    const Issuer issuer;
    for (const char* type : {"1.3.27.1.1.1",            // the former arc icao(27): Belgium, France
                             "1.2.528.1.1006.1.20.1",   // Sdu's own: Netherlands
                             "1.2.840.113549.1.7.1"}) { // id-data: China
        test::SignatureOptions options;
        options.contentType = type;
        const auto result = issuer.verify(issuer.sod(options));
        checkGenuine(result);
        CHECK(result.signature.reason == std::string("the content is given the type ") + type);
    }
}

TEST_CASE("quirk of Ukraine: a signer named otherwise than in the only certificate inside") {
    Issuer issuer;
    const Bytes content = contentFor(documentFiles);
    const auto renumbered = [&issuer](EVP_PKEY* key) {
        auto options = test::documentSignerOptions();
        options.serial = 77;
        EVP_PKEY_up_ref(key);
        return test::issue(issuer.csca, EvpKey(key), options);
    };
    const test::Identity sameKey = renumbered(issuer.documentSigner.key.get());
    test::SignatureOptions options;
    options.flags = CMS_NOCERTS;
    options.embedded = &sameKey;
    const auto result = issuer.verify(test::makeSod(content, {&issuer.documentSigner}, options));
    checkGenuine(result);
    CHECK(result.signature.reason == "the signer is named otherwise than in the certificate inside");
    CHECK(result.documentSigner == sameKey.der());

    const EvpKey otherKey = test::makeEcKey("P-256");
    const test::Identity stranger = renumbered(otherKey.get());
    options.embedded = &stranger;
    checkFailed(issuer.verify(test::makeSod(content, {&issuer.documentSigner}, options)).signature,
                "did not make this signature");
}

namespace {

/// Where a view stands in the bytes that it views.
std::size_t offsetIn(const Bytes& bytes, BytesView part) {
    return static_cast<std::size_t>(part.data() - bytes.data());
}

/// EF.SOD with its signed attributes backwards, and the RSA signature over them as they stand then.
Bytes withAttributesBackwards(Bytes sod, EVP_PKEY& key) {
    auto contentInfo = readTlv(readTlv(sod, 0x77, "EF.SOD").value, 0x30, "ContentInfo").children();
    (void)contentInfo.next();
    auto signedData = contentInfo.expect(0xA0, "content").children().expect(0x30, "SignedData").children();
    auto last = signedData.next();
    for (auto part = last; part; part = signedData.next()) {
        last = part;
    }
    const auto signer = last->children().expect(0x30, "SignerInfo").children();
    const Tlv attributes = signer.require(0xA0, "signed attributes");
    const Tlv signature = signer.require(0x04, "signature");

    Bytes backwards;
    for (auto each = attributes.children(); const auto attribute = each.next();) {
        backwards = concat(attribute->encoded, backwards);
    }
    const Bytes asSigned = encodeTlv(0x31, backwards); // RFC 5652, 5.4
    const DigestContextPtr context(EVP_MD_CTX_new());
    Bytes made(signature.value.size());
    std::size_t size = made.size();
    EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, &key);
    REQUIRE(EVP_DigestSign(context.get(), made.data(), &size, asSigned.data(), asSigned.size()) == 1);
    const auto attributesAt = static_cast<std::ptrdiff_t>(offsetIn(sod, attributes.value));
    const auto signatureAt = static_cast<std::ptrdiff_t>(offsetIn(sod, signature.value));
    std::copy(backwards.begin(), backwards.end(), sod.begin() + attributesAt);
    std::copy(made.begin(), made.end(), sod.begin() + signatureAt);
    return sod;
}

} // namespace

// Several States (NFCPassportReader#44 has the same of DG14): re-encoding would put the SET in order.
TEST_CASE("signed attributes that are not in the order of DER are verified as they came") {
    const Issuer issuer(test::makeEcKey("P-384"), test::makeRsaKey(2048));
    const Bytes sod = issuer.sod();
    const Bytes backwards = withAttributesBackwards(sod, *issuer.documentSigner.key);
    REQUIRE(backwards != sod);
    checkGenuine(issuer.verify(backwards));
}

TEST_CASE("a signature with SHA-1 is noted") {
    const Issuer issuer;
    test::SignatureOptions options;
    options.digest = EVP_sha1();
    const auto result = issuer.verify(issuer.sod(options));
    checkGenuine(result);
    CHECK(result.signature.reason == "EF.SOD is signed with SHA-1");
}

TEST_CASE("a Document Signer that signs outside the usage period of its private key fails the chain") {
    auto signerOptions = test::documentSignerOptions();
    // 15 January 2026 to 15 January 2027
    signerOptions.extensions = {
        {"2.5.29.16", "DER:3022800F32303236303131353038303030305A810F32303237303131353038303030305A"}};
    const Issuer issuer(test::makeEcKey("P-384"), test::makeEcKey("P-256"), signerOptions);
    test::SignatureOptions options;
    const auto result = issuer.verify(issuer.sod(options));
    checkGenuine(result);
    CHECK(result.signingTime == test::now);
    options.signingTime = test::now + std::chrono::hours(24);
    checkFailed(issuer.verify(issuer.sod(options)).chain, "signed on 2027-01-16, outside the usage period");
    options.signingTime = test::now - test::aYear - std::chrono::hours(24);
    checkFailed(issuer.verify(issuer.sod(options)).chain, "outside the usage period");
}

namespace {

/// How the chain ends for a document of this type and State.
Check chainFor(const Issuer& issuer, std::string_view documentCode, std::string_view issuingState) {
    auto result = issuer.verify(issuer.sod());
    PassiveAuthentication::compareDocument(result, documentCode, issuingState);
    return result.chain;
}

} // namespace

TEST_CASE("a Document Signer signs for the types of documents that its certificate names") {
    auto signerOptions = test::documentSignerOptions();
    CHECK(chainFor(Issuer(), "ID", "VNM").result == CheckResult::Passed);                  // names none
    signerOptions.extensions = {{"2.23.136.1.1.6.2", "DER:300C020100310713024944130150"}}; // ID and P
    const Issuer issuer(test::makeEcKey("P-384"), test::makeEcKey("P-256"), signerOptions);
    CHECK(chainFor(issuer, "ID", "VNM").result == CheckResult::Passed);
    CHECK(chainFor(issuer, "P", "VNM").result == CheckResult::Passed);
    CHECK(chainFor(issuer, "PO", "VNM").result == CheckResult::Passed); // one letter stands for all
    checkFailed(chainFor(issuer, "I", "VNM"), "not for documents of this type");
    checkFailed(chainFor(issuer, "V", "VNM"), "not for documents of this type");
}

TEST_CASE("the document, its signer and the CSCA are of one State") {
    const Issuer issuer;
    CHECK(chainFor(issuer, "ID", "VNM").result == CheckResult::Passed);
    checkFailed(chainFor(issuer, "ID", "LAO"), "of another State than the document");
    CHECK(chainFor(issuer, "ID", "XPO").result == CheckResult::Passed); // not known here
    auto options = test::documentSignerOptions();
    auto cscaOptions = test::CertificateOptions();
    options.country = cscaOptions.country = "DE";
    const Issuer german(test::makeEcKey("P-384"), test::makeEcKey("P-256"), options, cscaOptions);
    CHECK(chainFor(german, "P", "D").result == CheckResult::Passed);
    checkFailed(chainFor(german, "P", "DNK"), "of another State");
    // The alternative name counts as well: localityName LAO.
    options.extensions = {{"subjectAltName", "DER:3012A410300E310C300A060355040713034C414F"}};
    const Issuer forLaos(test::makeEcKey("P-384"), test::makeEcKey("P-256"), options, cscaOptions);
    checkFailed(chainFor(forLaos, "P", "LAO"), "the CSCA certificate is of another State");
}

TEST_CASE("a chain that failed is left as it is by the comparison with the document") {
    const Issuer issuer;
    auto result = Issuer().verify(issuer.sod());
    const auto reason = result.chain.reason;
    PassiveAuthentication::compareDocument(result, "ID", "LAO");
    CHECK(result.chain.reason == reason);
}
