// SPDX-License-Identifier: Apache-2.0
#include "host/base/secret_key_file.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"

namespace cancuoc {

void makeSecretKeyFile(const std::filesystem::path& file, std::size_t size, RandomSource& random) {
    SecretBytes key(size);
    random.fill(key.span());
    auto unfinished = file;
    unfinished += ".new";
    writePrivateFile(unfinished, viewOf(toLowerCaseHex(key.view()) + "\n"));
    flushToDisk(unfinished);
    std::filesystem::rename(unfinished, file);
    flushToDisk(std::filesystem::absolute(file).parent_path());
}

std::optional<SecretBytes> readSecretKeyFile(const std::filesystem::path& file, std::size_t size) {
    constexpr std::size_t largestFile = 256;
    try {
        SecretBytes key(fromHex(toText(readFile(file, largestFile))));
        return key.size() == size ? std::optional(std::move(key)) : std::nullopt;
    } catch (const MalformedData&) {
        return std::nullopt;
    }
}

} // namespace cancuoc
