// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include <mbedtls/bignum.h>

namespace cancuoc::card::crypto {

/// A multiple precision integer of the cryptographic library that wipes itself.
class Integer {
public:
    Integer() { mbedtls_mpi_init(&value_); }
    ~Integer() { mbedtls_mpi_free(&value_); }
    Integer(const Integer&) = delete;
    Integer& operator=(const Integer&) = delete;

    /// Reads an unsigned integer, big-endian; false when there is no memory for it.
    [[nodiscard]] bool read(std::span<const std::uint8_t> bytes) {
        return mbedtls_mpi_read_binary(&value_, bytes.data(), bytes.size()) == 0;
    }
    /// Writes big-endian, padded with leading zero bytes; false when `bytes` is too short.
    [[nodiscard]] bool write(std::span<std::uint8_t> bytes) const {
        return mbedtls_mpi_write_binary(&value_, bytes.data(), bytes.size()) == 0;
    }
    mbedtls_mpi* get() { return &value_; }
    [[nodiscard]] const mbedtls_mpi* get() const { return &value_; }

private:
    mbedtls_mpi value_;
};

} // namespace cancuoc::card::crypto
