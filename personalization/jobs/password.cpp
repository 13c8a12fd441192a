// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/password.hpp"

#include "host/base/error.hpp"
#include "host/crypto/openssl.hpp"

#include <charconv>
#include <vector>

#include <openssl/evp.h>

namespace cancuoc::personalization {

namespace {

/// The cost of scrypt: 32 MiB of memory, a tenth of a second.
struct ScryptCost {
    std::uint64_t n = std::uint64_t{1} << 15U;
    std::uint64_t r = 8;
    std::uint64_t p = 1;
};

constexpr std::size_t saltSize = 16;
constexpr std::size_t hashSize = 32;

Bytes scrypt(const SecretBytes& password, BytesView salt, const ScryptCost& cost) {
    constexpr std::uint64_t mostMemory = std::uint64_t{64} << 20U;
    Bytes hash(hashSize);
    requireOpenssl(EVP_PBE_scrypt(reinterpret_cast<const char*>(password.view().data()), password.size(),
                                  salt.data(), salt.size(), cost.n, cost.r, cost.p, mostMemory, hash.data(),
                                  hash.size()),
                   "The password cannot be hashed");
    return hash;
}

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('$', begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

std::uint64_t costFrom(std::string_view text) {
    std::uint64_t cost = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), cost);
    if (error != std::errc() || end != text.data() + text.size()) {
        throw MalformedData(
            "The job store holds a password that it did not write. Restore it from its backup.");
    }
    return cost;
}

} // namespace

std::string hashPassword(const SecretBytes& password, RandomSource& random) {
    if (password.size() < shortestPassword) {
        throw BadConfiguration("A password has " + std::to_string(shortestPassword) + " bytes at least.");
    }
    const ScryptCost cost;
    const Bytes salt = random.bytes(saltSize);
    return "scrypt$" + std::to_string(cost.n) + "$" + std::to_string(cost.r) + "$" + std::to_string(cost.p) +
           "$" + toLowerCaseHex(salt) + "$" + toLowerCaseHex(scrypt(password, salt, cost));
}

bool isPassword(const SecretBytes& password, std::string_view kept) {
    const auto parts = split(kept);
    if (parts.size() != 6 || parts[0] != "scrypt") {
        throw MalformedData(
            "The job store holds a password that it did not write. Restore it from its backup.");
    }
    const ScryptCost cost{costFrom(parts[1]), costFrom(parts[2]), costFrom(parts[3])};
    return equalConstantTime(scrypt(password, fromHex(parts[4]), cost), fromHex(parts[5]));
}

} // namespace cancuoc::personalization
