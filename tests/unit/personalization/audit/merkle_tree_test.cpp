// SPDX-License-Identifier: Apache-2.0
// The tree against the reference data that implementations of RFC 6962 share (the eight leaves, roots and
// proofs of the Certificate Transparency project), and every proof of small trees against each other.
#include "personalization/audit/merkle_tree.hpp"

#include "personalization/audit/entry.hpp"

#include <doctest/doctest.h>

using namespace cancuoc;
using namespace cancuoc::personalization::audit;

namespace {

const char* const contents[] = {
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};

const char* const roots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                             "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                             "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                             "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                             "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                             "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                             "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                             "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                             "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

Hash hash(const char* hex) {
    return hashFromHex(hex).value();
}

std::vector<Hash> hashes(const std::vector<const char*>& hex) {
    std::vector<Hash> result;
    for (const char* one : hex) {
        result.push_back(hash(one));
    }
    return result;
}

std::vector<Hash> referenceLeaves(std::size_t count) {
    TreeHasher hasher;
    std::vector<Hash> leaves;
    for (std::size_t index = 0; index < count; ++index) {
        leaves.push_back(hasher.leaf(fromHex(contents[index])));
    }
    return leaves;
}

std::vector<Hash> numberedLeaves(std::size_t count) {
    TreeHasher hasher;
    std::vector<Hash> leaves;
    for (std::size_t index = 0; index < count; ++index) {
        leaves.push_back(hasher.leaf(toBigEndian(index, 8)));
    }
    return leaves;
}

} // namespace

TEST_CASE("the roots of the reference trees come out, however the tree is made") {
    GrowingTree tree;
    const auto leaves = referenceLeaves(8);
    for (std::size_t size = 0; size <= 8; ++size) {
        CAPTURE(size);
        CHECK(tree.root() == hash(roots[size]));
        CHECK(rootOf(std::span(leaves).first(size)) == hash(roots[size]));
        if (size < 8) {
            tree.append(leaves[size]);
        }
    }
    CHECK(tree.size() == 8);
}

TEST_CASE("the reference audit paths come out") {
    CHECK(inclusionPath(referenceLeaves(1), 0).empty());
    CHECK(inclusionPath(referenceLeaves(8), 0) ==
          hashes({"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                  "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                  "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
    CHECK(inclusionPath(referenceLeaves(8), 5) ==
          hashes({"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                  "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
    CHECK(inclusionPath(referenceLeaves(3), 2) == hashes({roots[2]}));
    CHECK(inclusionPath(referenceLeaves(5), 1) ==
          hashes({roots[1], "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                  "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}));
    CHECK_THROWS_AS(static_cast<void>(inclusionPath(referenceLeaves(3), 3)), BadConfiguration);
}

TEST_CASE("the reference consistency proofs come out") {
    CHECK(consistencyPath(referenceLeaves(1), 1).empty());
    CHECK(consistencyPath(referenceLeaves(8), 1) ==
          hashes({"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                  "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                  "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
    CHECK(consistencyPath(referenceLeaves(8), 6) ==
          hashes({"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                  "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
    CHECK(consistencyPath(referenceLeaves(5), 2) ==
          hashes({"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                  "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}));
    CHECK_THROWS_AS(static_cast<void>(consistencyPath(referenceLeaves(3), 0)), BadConfiguration);
    CHECK_THROWS_AS(static_cast<void>(consistencyPath(referenceLeaves(3), 4)), BadConfiguration);
}

TEST_CASE("every leaf of every small tree is proven, and in no other place") {
    for (std::size_t size = 1; size <= 13; ++size) {
        const auto leaves = numberedLeaves(size);
        const Hash root = rootOf(leaves);
        for (std::size_t index = 0; index < size; ++index) {
            CAPTURE(size);
            CAPTURE(index);
            auto path = inclusionPath(leaves, index);
            CHECK(isIncluded(leaves[index], index, size, path, root));
            for (std::size_t other = 0; other < size; ++other) {
                CHECK(isIncluded(leaves[other], index, size, path, root) == (other == index));
                CHECK(isIncluded(leaves[index], other, size, path, root) == (other == index));
            }
            CHECK(!isIncluded(leaves[index], size, size, path, root));
            for (Hash& step : path) {
                step[31] ^= 0x01;
                CHECK(!isIncluded(leaves[index], index, size, path, root));
                step[31] ^= 0x01;
            }
            path.push_back(root);
            CHECK(!isIncluded(leaves[index], index, size, path, root));
        }
    }
}

TEST_CASE("every tree goes on from every smaller one, and from no other") {
    for (std::size_t size = 1; size <= 13; ++size) {
        const auto leaves = numberedLeaves(size);
        const Hash root = rootOf(leaves);
        for (std::size_t former = 1; former <= size; ++former) {
            CAPTURE(size);
            CAPTURE(former);
            const Hash formerRoot = rootOf(std::span(leaves).first(former));
            auto path = consistencyPath(leaves, former);
            CHECK(isConsistent(former, formerRoot, size, root, path));
            Hash wrong = formerRoot;
            wrong[0] ^= 0x01;
            CHECK(!isConsistent(former, wrong, size, root, path));
            wrong = root;
            wrong[0] ^= 0x01;
            CHECK(!isConsistent(former, formerRoot, size, wrong, path));
            CHECK(!isConsistent(0, formerRoot, size, root, path));
            CHECK(!isConsistent(size + 1, formerRoot, size, root, path));
            for (Hash& step : path) {
                step[0] ^= 0x01;
                CHECK(!isConsistent(former, formerRoot, size, root, path));
                step[0] ^= 0x01;
            }
            path.push_back(root);
            CHECK(!isConsistent(former, formerRoot, size, root, path));
        }
    }
}
