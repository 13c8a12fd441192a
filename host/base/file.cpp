// SPDX-License-Identifier: Apache-2.0
#include "host/base/file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "host/base/error.hpp"

namespace cancuoc {

namespace {

[[noreturn]] void refuse(const char* action, const std::filesystem::path& file, const std::string& reason) {
    throw Error(std::string("Cannot ") + action + " " + file.string() + ": " + reason + ".");
}

} // namespace

Bytes readFile(const std::filesystem::path& file, std::size_t maximumSize) {
    std::error_code failure;
    if (std::filesystem::is_directory(file, failure)) {
        refuse("read", file, "it is a folder");
    }
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        refuse("read", file, std::strerror(errno));
    }
    Bytes content;
    char chunk[65536];
    while (stream.read(chunk, sizeof chunk) || stream.gcount() > 0) {
        append(content, viewOf(std::string_view(chunk, static_cast<std::size_t>(stream.gcount()))));
        if (content.size() > maximumSize) {
            refuse("read", file, "it holds more than " + std::to_string(maximumSize) + " bytes");
        }
    }
    if (stream.bad()) {
        refuse("read", file, std::strerror(errno));
    }
    return content;
}

void writeFile(const std::filesystem::path& file, BytesView content) {
    auto unfinished = file;
    unfinished += ".part";
    errno = 0;
    std::ofstream stream(unfinished, std::ios::binary | std::ios::trunc);
    stream.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
    stream.close();
    if (!stream) {
        refuse("write", file, std::strerror(errno));
    }
    std::error_code failure;
    std::filesystem::rename(unfinished, file, failure);
    if (failure) {
        refuse("write", file, failure.message());
    }
}

void writePrivateFile(const std::filesystem::path& file, BytesView content) {
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    // Empty until only its owner may read it.
    std::error_code failure;
    std::filesystem::permissions(
        file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, failure);
    if (!failure) {
        stream.write(reinterpret_cast<const char*>(content.data()),
                     static_cast<std::streamsize>(content.size()));
    }
    stream.close();
    if (failure || !stream) {
        throw Error("Cannot write " + file.string() + "; check its folder and the space left.");
    }
}

void flushToDisk(const std::filesystem::path& path) {
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool isThere = descriptor >= 0 && fsync(descriptor) == 0;
    const int failure = errno;
    if (descriptor >= 0) {
        close(descriptor);
    }
    if (!isThere) {
        refuse("flush", path, std::strerror(failure));
    }
}

} // namespace cancuoc
