// SPDX-License-Identifier: Apache-2.0
#include "host/base/base64.hpp"

#include <algorithm>
#include <limits>

#include <openssl/evp.h>

#include "host/base/error.hpp"

namespace cancuoc {

namespace {

// OpenSSL counts in int.
constexpr std::size_t longestText = std::numeric_limits<int>::max() / 2;

bool isDigit(char character) {
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z') ||
           (character >= '0' && character <= '9') || character == '+' || character == '/';
}

} // namespace

std::string toBase64(BytesView bytes) {
    if (bytes.size() > longestText / 2) {
        throw MalformedData("These are too many bytes for base64.");
    }
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0'); // OpenSSL ends it with a zero
    text.resize(static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                                         bytes.data(), static_cast<int>(bytes.size()))));
    return text;
}

Bytes fromBase64(std::string_view text) {
    const auto end = text.find_last_not_of('=');
    const auto digits = text.substr(0, end == std::string_view::npos ? 0 : end + 1);
    const auto padding = text.size() - digits.size();
    if (text.size() % 4 != 0 || padding > 2 || text.size() > longestText ||
        !std::all_of(digits.begin(), digits.end(), isDigit)) {
        throw MalformedData("This is no base64.");
    }
    Bytes bytes(text.size() / 4 * 3);
    const int length = EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()),
                                       static_cast<int>(text.size()));
    if (length != static_cast<int>(bytes.size())) {
        throw MalformedData("This is no base64.");
    }
    bytes.resize(bytes.size() - padding); // OpenSSL decodes the padding as zeros
    return bytes;
}

} // namespace cancuoc
