// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>
#include <utility>

namespace cancuoc::card::host {

/// Owns a file descriptor of the operating system and closes it.
class FileDescriptor {
public:
    FileDescriptor() = default;
    /// Takes over `number`; -1 is no descriptor.
    explicit FileDescriptor(int number) : number_(number) {}
    ~FileDescriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }

    [[nodiscard]] int get() const { return number_; }
    [[nodiscard]] bool valid() const { return number_ >= 0; }

private:
    int number_ = -1;
};

} // namespace cancuoc::card::host
