// SPDX-License-Identifier: Apache-2.0
#include "host/access/protocol_cipher.hpp"

namespace cancuoc {

std::optional<BlockCipher> sessionCipher(const ObjectIdentifier& protocol, std::string_view family) {
    static constexpr BlockCipher ciphers[] = {BlockCipher::TripleDes, BlockCipher::Aes128,
                                              BlockCipher::Aes192, BlockCipher::Aes256};
    const BytesView content = protocol.content();
    const ObjectIdentifier parent = ObjectIdentifier::fromText(family);
    const std::size_t depth = parent.content().size();
    if (content.size() != depth + 1 || !equal(content.first(depth), parent.content()) || content[depth] < 1 ||
        content[depth] > std::size(ciphers)) {
        return std::nullopt;
    }
    return ciphers[content[depth] - 1];
}

} // namespace cancuoc
