// SPDX-License-Identifier: Apache-2.0
#include "personalization/audit/merkle_tree.hpp"

#include <bit>

namespace cancuoc::personalization::audit {

namespace {

constexpr std::array<std::uint8_t, 1> leafPrefix{0x00};
constexpr std::array<std::uint8_t, 1> nodePrefix{0x01};

/// The largest power of two below `size`, which is 2 at least: where RFC 6962 splits a tree.
std::uint64_t splitOf(std::uint64_t size) {
    return std::bit_floor(size - 1);
}

void appendInclusionPath(std::span<const Hash> leaves, std::uint64_t index, std::vector<Hash>& path) {
    if (leaves.size() == 1) {
        return;
    }
    const auto split = splitOf(leaves.size());
    if (index < split) {
        appendInclusionPath(leaves.first(split), index, path);
        path.push_back(rootOf(leaves.subspan(split)));
    } else {
        appendInclusionPath(leaves.subspan(split), index - split, path);
        path.push_back(rootOf(leaves.first(split)));
    }
}

// SUBPROOF of RFC 6962, 2.1.2; `isFormerTree`: the verifier has the root of these leaves.
void appendConsistencyPath(std::span<const Hash> leaves, std::uint64_t former, bool isFormerTree,
                           std::vector<Hash>& path) {
    if (former == leaves.size()) {
        if (!isFormerTree) {
            path.push_back(rootOf(leaves));
        }
        return;
    }
    const auto split = splitOf(leaves.size());
    if (former <= split) {
        appendConsistencyPath(leaves.first(split), former, isFormerTree, path);
        path.push_back(rootOf(leaves.subspan(split)));
    } else {
        appendConsistencyPath(leaves.subspan(split), former - split, false, path);
        path.push_back(rootOf(leaves.first(split)));
    }
}

} // namespace

TreeHasher::TreeHasher() : context_(ownOpenssl<DigestContextPtr>(EVP_MD_CTX_new(), "No memory for a hash")) {
    requireOpenssl(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr), "SHA-256 is not there");
}

// Without an algorithm OpenSSL goes on with the one of before and spares itself the search for it.
void TreeHasher::begin() {
    requireOpenssl(EVP_DigestInit_ex(context_.get(), nullptr, nullptr), "A hash cannot be begun");
}

void TreeHasher::add(BytesView bytes) {
    requireOpenssl(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()), "A hash cannot be computed");
}

Hash TreeHasher::end() {
    Hash value{};
    requireOpenssl(EVP_DigestFinal_ex(context_.get(), value.data(), nullptr), "A hash cannot be computed");
    return value;
}

Hash TreeHasher::empty() {
    begin();
    return end();
}

Hash TreeHasher::leaf(BytesView content) {
    begin();
    add(leafPrefix);
    add(content);
    return end();
}

Hash TreeHasher::node(const Hash& left, const Hash& right) {
    begin();
    add(nodePrefix);
    add(left);
    add(right);
    return end();
}

void GrowingTree::append(const Hash& leaf) {
    Hash subtree = leaf;
    for (std::uint64_t full = size_; (full & 1) != 0; full >>= 1) {
        subtree = hasher_.node(subtrees_.back(), subtree);
        subtrees_.pop_back();
    }
    subtrees_.push_back(subtree);
    ++size_;
}

Hash GrowingTree::root() {
    if (subtrees_.empty()) {
        return hasher_.empty();
    }
    Hash root = subtrees_.back();
    for (auto left = subtrees_.rbegin() + 1; left != subtrees_.rend(); ++left) {
        root = hasher_.node(*left, root);
    }
    return root;
}

Hash rootOf(std::span<const Hash> leaves) {
    GrowingTree tree;
    for (const Hash& leaf : leaves) {
        tree.append(leaf);
    }
    return tree.root();
}

std::vector<Hash> inclusionPath(std::span<const Hash> leaves, std::uint64_t index) {
    if (index >= leaves.size()) {
        throw BadConfiguration("There is no entry " + std::to_string(index) + " among " +
                               std::to_string(leaves.size()) + ".");
    }
    std::vector<Hash> path;
    appendInclusionPath(leaves, index, path);
    return path;
}

std::vector<Hash> consistencyPath(std::span<const Hash> leaves, std::uint64_t former) {
    if (former == 0 || former > leaves.size()) {
        throw BadConfiguration("A log of " + std::to_string(leaves.size()) + " entries goes on from 1 to " +
                               std::to_string(leaves.size()) + " of them.");
    }
    std::vector<Hash> path;
    appendConsistencyPath(leaves, former, true, path);
    return path;
}

bool isIncluded(const Hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const Hash> path,
                const Hash& root) {
    if (index >= size) {
        return false;
    }
    TreeHasher hasher;
    std::uint64_t node = index;
    std::uint64_t last = size - 1;
    Hash reached = leaf;
    for (const Hash& sibling : path) {
        if (last == 0) {
            return false;
        }
        if ((node & 1) != 0 || node == last) {
            reached = hasher.node(sibling, reached);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            reached = hasher.node(reached, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && reached == root;
}

bool isConsistent(std::uint64_t former, const Hash& formerRoot, std::uint64_t size, const Hash& root,
                  std::span<const Hash> path) {
    if (former == 0 || former >= size) {
        return former == size && former != 0 && path.empty() && formerRoot == root;
    }
    std::vector<Hash> steps(path.begin(), path.end());
    if (std::has_single_bit(former)) {
        steps.insert(steps.begin(), formerRoot); // the verifier has this subtree already
    }
    if (steps.empty()) {
        return false;
    }
    std::uint64_t node = former - 1;
    std::uint64_t last = size - 1;
    for (; (node & 1) != 0; node >>= 1) {
        last >>= 1;
    }
    TreeHasher hasher;
    Hash reachedFormer = steps.front();
    Hash reached = steps.front();
    for (const Hash& step : std::span(steps).subspan(1)) {
        if (last == 0) {
            return false;
        }
        if ((node & 1) != 0 || node == last) {
            reachedFormer = hasher.node(step, reachedFormer);
            reached = hasher.node(step, reached);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            reached = hasher.node(reached, step);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && reachedFormer == formerRoot && reached == root;
}

} // namespace cancuoc::personalization::audit
