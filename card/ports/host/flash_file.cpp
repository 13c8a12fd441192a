// SPDX-License-Identifier: Apache-2.0
#include "card/ports/host/flash_file.hpp"

#include "card/core/configuration.hpp"
#include "card/ports/host/flash_range.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <stdexcept>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>

namespace cancuoc::card::host {
namespace {

constexpr std::array<std::uint8_t, configuration::flashPageSize> erasedPage = [] {
    std::array<std::uint8_t, configuration::flashPageSize> page{};
    page.fill(0xFF);
    return page;
}();

std::runtime_error failure(const std::filesystem::path& path, const std::string& what) {
    return std::runtime_error("The chip memory " + path.string() + " " + what + ".");
}

std::runtime_error systemFailure(const std::filesystem::path& path, const std::string& what) {
    return failure(path, what + ": " + std::system_category().message(errno));
}

bool writeAll(int file, std::span<const std::uint8_t> data, std::size_t address) {
    while (!data.empty()) {
        const ssize_t count = ::pwrite(file, data.data(), data.size(), static_cast<off_t>(address));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return false;
        }
        data = data.subspan(static_cast<std::size_t>(count));
        address += static_cast<std::size_t>(count);
    }
    return true;
}

// The erased memory appears under its name whole or not at all, and never replaces a chip that is there.
void createErased(const std::filesystem::path& path) {
    std::string temporary = path.string() + ".XXXXXX";
    const FileDescriptor file(::mkstemp(temporary.data()));
    if (!file.valid()) {
        throw systemFailure(path, "cannot be created");
    }
    bool complete = true;
    for (std::size_t page = 0; page < configuration::flashPages && complete; ++page) {
        complete = writeAll(file.get(), erasedPage, page * configuration::flashPageSize);
    }
    complete = complete && (::link(temporary.c_str(), path.c_str()) == 0 || errno == EEXIST);
    const int error = errno;
    ::unlink(temporary.c_str());
    if (!complete) {
        errno = error;
        throw systemFailure(path, "cannot be created");
    }
}

FileDescriptor openExisting(const std::filesystem::path& path) {
    return FileDescriptor(::open(path.c_str(), O_RDWR | O_CLOEXEC));
}

} // namespace

FlashFile::FlashFile(const std::filesystem::path& path) : file_(openExisting(path)) {
    if (!file_.valid() && errno == ENOENT) {
        createErased(path);
        file_ = openExisting(path);
    }
    if (!file_.valid()) {
        throw systemFailure(path, "cannot be opened");
    }
    if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
        throw failure(path, "is in use by another program; stop that program first");
    }
    struct stat status {};
    if (::fstat(file_.get(), &status) != 0 || !S_ISREG(status.st_mode) ||
        status.st_size != static_cast<off_t>(configuration::flashSize)) {
        throw failure(
            path, "is not a chip's memory; give the name of a chip's file or of a file that does not exist");
    }
}

bool FlashFile::read(std::size_t address, std::span<std::uint8_t> output) const {
    if (!isReadable(address, output.size())) {
        return false;
    }
    while (!output.empty()) {
        const ssize_t count = ::pread(file_.get(), output.data(), output.size(), static_cast<off_t>(address));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return false;
        }
        output = output.subspan(static_cast<std::size_t>(count));
        address += static_cast<std::size_t>(count);
    }
    return true;
}

bool FlashFile::program(std::size_t address, std::span<const std::uint8_t> data) {
    return isProgrammable(address, data.size()) && writeAll(file_.get(), data, address);
}

bool FlashFile::erase(std::size_t page) {
    return page < configuration::flashPages &&
           writeAll(file_.get(), erasedPage, page * configuration::flashPageSize);
}

} // namespace cancuoc::card::host
