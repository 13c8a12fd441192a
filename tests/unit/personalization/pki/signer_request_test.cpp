// SPDX-License-Identifier: Apache-2.0
// A CSCA that is kept offline: requests and responses as files.
#include "personalization/pki/signer_request.hpp"

#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "personalization/pki/document_signer.hpp"
#include "personalization/pki/published_lists.hpp"
#include "personalization/pki/renewal.hpp"
#include "personalization/pki/seal_signer.hpp"
#include "tests/unit/personalization/pki/issued_files.hpp"
#include "tests/unit/personalization/pki/openssl_program.hpp"

using namespace cancuoc;
using namespace cancuoc::personalization;
using test::at;
using test::certificateIn;
using test::maximumSize;
using test::noon;
using test::TemporaryDirectory;

namespace fs = std::filesystem;

namespace {

const auto now = at(noon(2026, 12, 1));

// The two sides, the online one with the public files of the offline CSCA.
struct Sides {
    Sides() {
        createPki(offline.path(), {.cscaOnly = true, .namedCurves = true}, at(noon(2026, 11, 22)), random);
        for (const char* file : {"csca.pem", "csca.crl", "policy.json"}) {
            fs::copy_file(offline.path() / file, online.path() / file);
        }
    }

    Bytes request(const std::string& signer = "document-signer", const std::string& key = "") {
        return requestSigner(online.path(), {SignerName::fromStem(signer), key, ""}, now, random);
    }
    Bytes certify(BytesView request) {
        return certifySigner(offline.path(), request, "ID", now, random).response;
    }
    AcceptedSigner accept(BytesView response) { return acceptSigner(online.path(), response, now, random); }

    SystemRandom random;
    TemporaryDirectory offline;
    TemporaryDirectory online;
};

} // namespace

TEST_CASE("An offline CSCA certifies signers by files that openssl reads") {
    Sides sides;
    CHECK_FALSE(fs::exists(PkiFiles(sides.offline.path()).documentSignerCertificate));
    const auto request = sides.request();
    writeFile(sides.online.path() / "request.req", request);
    CHECK(test::openssl("req -verify -noout -in " + (sides.online.path() / "request.req").string()));
    const auto response = sides.certify(request);
    writeFile(sides.online.path() / "response.p7", response);
    CHECK(test::openssl("pkcs7 -print_certs -in " + (sides.online.path() / "response.p7").string()));
    const auto accepted = sides.accept(response);
    CHECK(accepted.number == 1);
    CHECK_FALSE(accepted.ahead);
    CHECK_NOTHROW(static_cast<void>(DocumentSigner::load(sides.online.path(), now)));
    CHECK_FALSE(fs::exists(sides.online.path() / "requested-document-signer.key"));
    CHECK_FALSE(fs::exists(PkiFiles(sides.offline.path()).documentSignerKey));
    CHECK_FALSE(fs::exists(PkiFiles(sides.online.path()).cscaKey));

    // The next one goes on when this one ends, without the CSCA.
    const auto next = sides.accept(sides.certify(sides.request()));
    CHECK(next.number == 2);
    CHECK(next.ahead);
    CHECK(succeedDocumentSigner(sides.online.path(), now, sides.random) == 2);
    CHECK_NOTHROW(static_cast<void>(DocumentSigner::load(sides.online.path(), now)));
    CHECK(fs::exists(PkiFiles(sides.offline.path()).formerDocumentSigner(1)));

    CHECK(sides.accept(sides.certify(sides.request("seal-signer-QR"))).number == 1);
    CHECK_NOTHROW(static_cast<void>(SealSigner::load(sides.online.path(), "QR", now)));
}

TEST_CASE("The offline side certifies no key twice, nothing weak, and no request of somebody else's key") {
    Sides sides;
    const auto request = sides.request();
    const auto certify = [&](BytesView file) { static_cast<void>(sides.certify(file)); };
    CHECK_THROWS_AS(certify(viewOf("no request")), MalformedData);
    CHECK_NOTHROW(certify(request));
    CHECK_THROWS_WITH_AS(certify(request), doctest::Contains("certified before"), BadConfiguration);
    const auto requestOf = [&sides](const std::string& subject, const std::string& kind) {
        const auto key = (sides.online.path() / "other.pem").string();
        const auto file = sides.online.path() / "other.req";
        REQUIRE(test::openssl("req -new -newkey " + kind + " -nodes -keyout " + key + " -subj '" + subject +
                              "' -out " + file.string()));
        return readFile(file, maximumSize);
    };
    constexpr const char* p256 = "ec -pkeyopt ec_paramgen_curve:P-256";
    CHECK_NOTHROW(certify(requestOf("/C=VN/CN=document-signer", p256)));
    CHECK_THROWS_AS(certify(requestOf("/C=VN/CN=csca", p256)), BadConfiguration);
    CHECK_THROWS_AS(certify(requestOf("/C=VN", p256)), BadConfiguration);
    CHECK_THROWS_WITH_AS(certify(requestOf("/C=VN/CN=document-signer", "rsa:2048")),
                         doctest::Contains("weak"), BadConfiguration);
    // Signed with another key than the one in it: a bit of the signature, the last of the DER.
    auto text = toText(requestOf("/C=VN/CN=document-signer", p256));
    const auto last = text.find("\n-----END");
    REQUIRE(last != std::string::npos);
    std::size_t digit = last - 1;
    while (text[digit] == '=') {
        --digit;
    }
    text[digit - 4] = text[digit - 4] == 'A' ? 'B' : 'A';
    CHECK_THROWS_AS(certify(viewOf(text)), Error);
}

TEST_CASE("The online side takes in what it asked for, of its CSCA, and nothing else") {
    Sides sides;
    const auto before = [&sides] {
        return fs::exists(PkiFiles(sides.online.path()).documentSignerCertificate);
    };
    const auto refused = [&](BytesView response, const char* reason) {
        CHECK_THROWS_WITH_AS(static_cast<void>(sides.accept(response)), doctest::Contains(reason), Error);
        CHECK_FALSE(before());
    };
    refused(viewOf("nothing"), "no CMS");
    const auto forAnEarlierKey = sides.certify(sides.request());
    const auto response = sides.certify(sides.request());
    refused(forAnEarlierKey, "no key that was requested");

    Sides strangers;
    fs::copy_file(sides.online.path() / "requested-document-signer.key",
                  strangers.online.path() / "requested-document-signer.key");
    CHECK_THROWS_WITH_AS(static_cast<void>(strangers.accept(response)),
                         doctest::Contains("not issued by the CSCA"), BadConfiguration);

    renewCrl(sides.offline.path(), {PkiFiles(sides.offline.path()).documentSignerCertificate}, now);
    CHECK(sides.accept(response).number == 2); // with the CRL of its time
    const auto next = sides.request("master-list-signer");
    sides.accept(sides.certify(next)); // with the next CRL
    CHECK(test::isListed(PkiFiles(sides.online.path()).crl,
                         PkiFiles(sides.online.path()).documentSignerCertificate));
}
