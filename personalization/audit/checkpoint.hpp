// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/crypto/signature_scheme.hpp"
#include "host/trust/certificate.hpp"
#include "personalization/audit/merkle_tree.hpp"

#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::personalization::audit {

/// What a signer vouches for: so many entries, and no others, were in the log at that time.
struct Checkpoint {
    Hash log{};             ///< the hash of the log's first entry, which names the log
    std::uint64_t size = 0; ///< entries, one at least
    Hash root{};            ///< the Merkle Tree Hash over them (RFC 6962, 2.1)
    std::chrono::sys_seconds at;

    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// Returns the signature over `toBeSigned` in the scheme of the key: made with a key in a file, or by
/// trust::pkcs11Signer() with one that stays in its token. Throws Error when it cannot sign.
using SignCheckpoint = std::function<Bytes(BytesView toBeSigned)>;

/// How checkpoints are signed with a key: ECDSA (r || s) with SHA-256, SHA-384 or SHA-512, by the size of the
/// curve; RSASSA-PSS with SHA-256. Throws BadConfiguration for a key of another kind.
[[nodiscard]] SignatureScheme checkpointScheme(const EVP_PKEY& key);

/// A checkpoint with its signature, as one line of a file of checkpoints:
///
///     SIGNATURE SP {"at":"…","log":"…","root":"…","signer":"…","size":N}
///
/// The object is canonical JSON (RFC 8785); hashes and SIGNATURE are lower-case hexadecimal; "signer" is the
/// SHA-256 of the signer's certificate. SIGNATURE is over the bytes of "cancuoc audit checkpoint", a line
/// feed, and the object.
class SignedCheckpoint {
public:
    static constexpr std::size_t maximumLength = 4096;

    /// Throws what `sign` throws.
    [[nodiscard]] static SignedCheckpoint
    make(const Checkpoint& checkpoint, const trust::Certificate& certificate, const SignCheckpoint& sign);

    /// Reads a line without its line feed. Throws MalformedData.
    [[nodiscard]] static SignedCheckpoint decode(std::string_view line);

    [[nodiscard]] const Checkpoint& checkpoint() const { return checkpoint_; }

    /// The line, without a line feed.
    [[nodiscard]] std::string encode() const;

    /// Why the checkpoint counts for nothing; empty when one of `signers` signed it, within the validity of
    /// its certificate.
    [[nodiscard]] std::string objection(std::span<const trust::Certificate> signers) const;

private:
    SignedCheckpoint(const Checkpoint& checkpoint, std::string signer);

    [[nodiscard]] Bytes toBeSigned() const;

    Checkpoint checkpoint_;
    std::string signer_;
    std::string object_;
    Bytes signature_;
};

/// The checkpoints in the content of a file, in its order. A last line without line feed was torn off when it
/// was written and is left out. Throws MalformedData naming the line that is no checkpoint.
[[nodiscard]] std::vector<SignedCheckpoint> decodeCheckpoints(std::string_view file);

} // namespace cancuoc::personalization::audit
