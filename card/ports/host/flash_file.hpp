// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/ports/host/file_descriptor.hpp"
#include "card/storage/flash.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace cancuoc::card::host {

/// A chip's non-volatile memory in one file, byte for byte. A process killed in any operation leaves what
/// power that fails would leave on flash. One process at a time.
class FlashFile final : public Flash {
public:
    /// Opens `path`, or creates it erased. Throws std::runtime_error, in one sentence for a person, when it
    /// cannot be opened, has not the size of a chip, or another process uses it.
    explicit FlashFile(const std::filesystem::path& path);

    [[nodiscard]] bool read(std::size_t address, std::span<std::uint8_t> output) const override;
    [[nodiscard]] bool program(std::size_t address, std::span<const std::uint8_t> data) override;
    [[nodiscard]] bool erase(std::size_t page) override;

private:
    FileDescriptor file_;
};

} // namespace cancuoc::card::host
