// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <string>
#include <string_view>

namespace cancuoc {

/// Bytes that are overwritten before their memory is given back: keys, passwords, shared secrets.
/// Move-only, so that a copy is always made on purpose (`copy()`); it prints nowhere.
class SecretBytes {
public:
    SecretBytes() = default;
    /// `size` zero bytes, to be filled through `span()`.
    explicit SecretBytes(std::size_t size);
    /// A copy of `secret`; the caller still owns and wipes the original.
    explicit SecretBytes(BytesView secret);
    /// Takes over the buffer of `secret`.
    explicit SecretBytes(Bytes&& secret) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    ~SecretBytes();

    [[nodiscard]] BytesView view() const { return bytes_; }
    [[nodiscard]] std::span<std::uint8_t> span() { return bytes_; }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    [[nodiscard]] bool empty() const { return bytes_.empty(); }
    [[nodiscard]] SecretBytes copy() const { return SecretBytes(view()); }

private:
    void wipe() noexcept;

    Bytes bytes_;
};

/// Overwrites `bytes` with zeros in a way that the compiler keeps.
void wipe(std::span<std::uint8_t> bytes) noexcept;
/// Overwrites all of the text's memory, also what a longer text before has left behind its end; its length
/// stays.
void wipe(std::string& text) noexcept;

/// A text that is overwritten before its memory is given back.
struct WipedText {
    /// Has room for `length` characters: beyond them it would leave a copy behind.
    explicit WipedText(std::size_t length) { text.reserve(length); }
    explicit WipedText(std::string_view content) : text(content) {}
    WipedText(const WipedText&) = delete;
    WipedText& operator=(const WipedText&) = delete;
    ~WipedText() { wipe(text); }

    std::string text;
};

/// Overwrites what functions called before have used for their variables, 16 kB of memory and the registers:
/// where a library that was given a secret leaves parts of it.
void wipeStack() noexcept;

/// Whether both hold the same bytes, in a time that depends on their lengths only.
[[nodiscard]] bool equalConstantTime(BytesView left, BytesView right);

} // namespace cancuoc
