// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cancuoc::card::host {

/// What one kind of real chip takes for its work.
struct ChipSpeed {
    using Milliseconds = std::chrono::duration<double, std::milli>;

    std::string_view name;
    Milliseconds keyGeneration; ///< on an elliptic curve of 256 bits; a signature takes as long
    Milliseconds keyAgreement;  ///< likewise
    Milliseconds rsaSignature;  ///< with 2048 bits
    Milliseconds cipher;        ///< AES-128 in CBC mode over 256 bytes; a MAC takes as long
    Milliseconds flash;         ///< writing 256 bytes of non-volatile memory
};

/// How long the commands of a travel document take with a real chip in a contactless reader: computed from
/// what goes over the wire. Commands under secure messaging hide their content, so a key agreement of Chip
/// Authentication, a signature of Active Authentication and the checks of Terminal Authentication are known
/// by their instructions alone, and every elliptic curve counts as one of 256 bits.
class LatencyModel {
public:
    using Milliseconds = ChipSpeed::Milliseconds;
    using Bytes = std::span<const std::uint8_t>;

    /// The model of this name: a chip's, and after an @ the kbit/s of the link, 106, 212, 424 or 848; 424
    /// without. Nothing for any other name.
    [[nodiscard]] static std::optional<LatencyModel> named(std::string_view name);
    /// The names of the chips, for a person.
    [[nodiscard]] static std::string chipNames();

    /// From the command's leaving the program to the response's being back in it.
    [[nodiscard]] Milliseconds exchange(Bytes command, Bytes response) const;
    /// Writing so many bytes of non-volatile memory.
    [[nodiscard]] Milliseconds programming(std::size_t bytes) const;

private:
    LatencyModel(const ChipSpeed& chip, unsigned kilobitsPerSecond)
        : chip_(&chip), kilobitsPerSecond_(kilobitsPerSecond) {}

    [[nodiscard]] Milliseconds onTheAir(std::size_t bytes) const;
    [[nodiscard]] Milliseconds secureMessaging(std::size_t commandSize, std::size_t responseSize) const;
    [[nodiscard]] Milliseconds authentication(Bytes command, std::size_t responseSize) const;
    [[nodiscard]] Milliseconds paceStep(Bytes command) const;

    const ChipSpeed* chip_;
    unsigned kilobitsPerSecond_;
};

} // namespace cancuoc::card::host
