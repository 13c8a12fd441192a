// SPDX-License-Identifier: Apache-2.0
#include "personalization/audit/checkpoint.hpp"

#include "host/base/file.hpp"
#include "host/base/moment.hpp"
#include "host/trust/pkcs11_signer.hpp"
#include "tests/unit/host/trust/soft_token.hpp"
#include "tests/unit/personalization/audit/audit_signer.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace cancuoc;
using namespace cancuoc::personalization::audit;
using test::AuditSigner;

namespace {

Checkpoint checkpoint() {
    Checkpoint made{{}, 42, {}, momentFromIso("2026-12-01T12:00:00Z")};
    made.log.fill(0xAA);
    made.root.fill(0xBB);
    return made;
}

std::string objection(const SignedCheckpoint& signedCheckpoint, const trust::Certificate& signer) {
    return signedCheckpoint.objection({&signer, 1});
}

} // namespace

TEST_CASE("a checkpoint is signed with every kind of key, and its line comes back") {
    for (const std::string kind : {"P-256", "P-384", "P-521", "RSA"}) {
        CAPTURE(kind);
        const AuditSigner signer(kind);
        const auto made = SignedCheckpoint::make(checkpoint(), signer.certificate(), signer.sign());
        CHECK(objection(made, signer.certificate()).empty());
        const auto read = SignedCheckpoint::decode(made.encode());
        CHECK(read.checkpoint() == checkpoint());
        CHECK(read.encode() == made.encode());
        CHECK(objection(read, signer.certificate()).empty());
    }
    CHECK_THROWS_AS(
        static_cast<void>(checkpointScheme(*EvpKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")))),
        BadConfiguration);
}

TEST_CASE("every changed digit of a checkpoint is found") {
    const AuditSigner signer;
    const auto certificate = signer.certificate();
    const std::string line =
        SignedCheckpoint::make(checkpoint(), signer.certificate(), signer.sign()).encode();
    for (std::size_t index = 0; index < line.size(); ++index) {
        std::string changed = line;
        changed[index] = changed[index] == '1' ? '2' : '1';
        CAPTURE(changed);
        std::optional<SignedCheckpoint> decoded;
        try {
            decoded = SignedCheckpoint::decode(changed);
        } catch (const MalformedData&) {
            continue;
        }
        CHECK(!objection(*decoded, certificate).empty());
    }
}

TEST_CASE("a checkpoint by another signer, or outside of a certificate's validity, does not count") {
    const AuditSigner signer;
    const AuditSigner other;
    const auto made = SignedCheckpoint::make(checkpoint(), signer.certificate(), signer.sign());
    CHECK(objection(made, other.certificate()).find("by another signer") != std::string::npos);
    const auto forged = SignedCheckpoint::make(checkpoint(), signer.certificate(), other.sign());
    CHECK(objection(forged, signer.certificate()) == "its signature is wrong");
    Checkpoint late = checkpoint();
    late.at = momentFromIso("2040-01-01T00:00:01Z");
    const auto outside = SignedCheckpoint::make(late, signer.certificate(), signer.sign());
    CHECK(objection(outside, signer.certificate()).find("not valid at 2040-01-01") != std::string::npos);
}

TEST_CASE("a file of checkpoints is read up to a torn line, and a line that is none is named") {
    const AuditSigner signer;
    const std::string line =
        SignedCheckpoint::make(checkpoint(), signer.certificate(), signer.sign()).encode() + "\n";
    CHECK(decodeCheckpoints("").empty());
    CHECK(decodeCheckpoints(line + line + line.substr(0, 50)).size() == 2);
    try {
        static_cast<void>(decodeCheckpoints(line + "nothing\n" + line));
        FAIL("a line that is no checkpoint was read");
    } catch (const MalformedData& error) {
        CHECK(std::string(error.what()) == "Line 2 of the checkpoints is none.");
    }
}

TEST_CASE("a key that stays in its token signs checkpoints") {
    const test::SoftToken token;
    const AuditSigner signer;
    token.import(signer.key(), "checkpoints", "01");
    const auto certificate = signer.certificate();
    const auto made = SignedCheckpoint::make(checkpoint(), certificate,
                                             trust::pkcs11Signer(test::SoftToken::uriOf("checkpoints"),
                                                                 checkpointScheme(*certificate.publicKey())));
    CHECK(objection(made, certificate).empty());
}
