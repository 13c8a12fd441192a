// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/crypto/openssl.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace cancuoc::personalization::audit {

/// A SHA-256 value.
using Hash = std::array<std::uint8_t, 32>;

/// The hashing of RFC 6962, 2.1, with SHA-256, ready for any number of values. One thread at a time.
class TreeHasher {
public:
    TreeHasher();

    /// The root of the tree without leaves: the hash of nothing.
    [[nodiscard]] Hash empty();
    /// The hash of a leaf: over 00 and its content.
    [[nodiscard]] Hash leaf(BytesView content);
    /// The hash of a node: over 01 and the hashes of its two subtrees.
    [[nodiscard]] Hash node(const Hash& left, const Hash& right);

private:
    void begin();
    void add(BytesView bytes);
    [[nodiscard]] Hash end();

    DigestContextPtr context_;
};

/// The Merkle tree (RFC 6962, 2.1) over leaves that come one after another. It keeps the roots of the whole
/// subtrees on its right edge alone: as many as the number of leaves has bits set.
class GrowingTree {
public:
    void append(const Hash& leaf);

    /// Leaves so far.
    [[nodiscard]] std::uint64_t size() const { return size_; }

    /// The Merkle Tree Hash of the leaves so far.
    [[nodiscard]] Hash root();

private:
    TreeHasher hasher_;
    std::uint64_t size_ = 0;
    std::vector<Hash> subtrees_; ///< the largest first
};

/// The Merkle Tree Hash of `leaves` (RFC 6962, 2.1).
[[nodiscard]] Hash rootOf(std::span<const Hash> leaves);

/// The audit path of leaf `index`, from 0, in the tree of `leaves` (RFC 6962, 2.1.1).
/// Throws BadConfiguration when there is no such leaf.
[[nodiscard]] std::vector<Hash> inclusionPath(std::span<const Hash> leaves, std::uint64_t index);

/// The proof that the tree of `leaves` goes on from that of its first `former` (RFC 6962, 2.1.2).
/// Throws BadConfiguration unless there are from one to all of them.
[[nodiscard]] std::vector<Hash> consistencyPath(std::span<const Hash> leaves, std::uint64_t former);

/// Whether `path` leads from leaf `index` to the root of a tree of `size` leaves (RFC 9162, 2.1.3.2).
[[nodiscard]] bool isIncluded(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                              std::span<const Hash> path, const Hash& root);

/// Whether `path` proves that the tree of `size` leaves with `root` goes on from that of `former` leaves with
/// `formerRoot` (RFC 9162, 2.1.4.2). A tree goes on from itself, with an empty path; from none, none does.
[[nodiscard]] bool isConsistent(std::uint64_t former, const Hash& formerRoot, std::uint64_t size,
                                const Hash& root, std::span<const Hash> path);

} // namespace cancuoc::personalization::audit
