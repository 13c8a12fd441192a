// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/file_reader.hpp"
#include "host/apdu/tlv.hpp"
#include "tests/unit/host/access/test_chip.hpp"

namespace cancuoc::test {

inline constexpr std::uint16_t identifier = 0x0102;
inline const ElementaryFile bySelect{identifier, std::nullopt, "EF.DG2"};
inline const ElementaryFile byShortIdentifier{identifier, std::uint8_t{2}, "EF.DG2"};
inline const Bytes sharedSecret(32, 0x5A);

/// A data object of `size` bytes all told, whose bytes tell their place.
inline Bytes fileOf(std::size_t size) {
    const std::size_t header = size < 0x80 + 2 ? 2 : size <= 0xFF + 3 ? 3 : size <= 0xFFFF + 4 ? 4 : 5;
    Bytes value(size - header);
    for (std::size_t index = 0; index < value.size(); ++index) {
        value[index] = static_cast<std::uint8_t>(index * 7 + index / 251);
    }
    return encodeTlv(0x75, value);
}

/// A chip with one file, and a session to read it in.
struct Reading {
    explicit Reading(TestChip::Habits habits, std::size_t size,
                     std::optional<BlockCipher> cipher = std::nullopt)
        : chip(habits), session(chip), reader(session) {
        chip.files[identifier] = fileOf(size);
        chip.shortIdentifiers[2] = identifier;
        if (cipher) {
            startSecureMessaging(*cipher);
        }
    }

    void startSecureMessaging(BlockCipher cipher) {
        chip.startSecureMessaging(cipher, sharedSecret);
        session.startSecureMessaging(SecureMessaging::fromSharedSecret(cipher, sharedSecret));
    }

    [[nodiscard]] bool readsWhole(const ElementaryFile& file) {
        return equal(reader.read(file), chip.files[identifier]);
    }

    TestChip chip;
    CardSession session;
    FileReader reader;
};

} // namespace cancuoc::test
