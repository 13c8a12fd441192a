// SPDX-License-Identifier: Apache-2.0
#include "host/crypto/bignum.hpp"

namespace cancuoc {

BignumPtr newBignum() {
    return ownOpenssl<BignumPtr>(BN_secure_new(), "A number cannot be set up");
}

BignumPtr toBignum(BytesView bytes) {
    BignumPtr number = newBignum();
    if (BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), number.get()) == nullptr) {
        throw opensslError("A number cannot be read");
    }
    BN_set_flags(number.get(), BN_FLG_CONSTTIME);
    return number;
}

SecretBytes toBytesOfWidth(const BIGNUM& number, std::size_t width) {
    SecretBytes bytes(width);
    if (BN_bn2binpad(&number, bytes.span().data(), static_cast<int>(width)) < 0) {
        throw opensslError("A number is too large for its field");
    }
    return bytes;
}

BignumContextPtr newBignumContext() {
    return ownOpenssl<BignumContextPtr>(BN_CTX_secure_new(), "The arithmetic cannot be set up");
}

bool isBetweenZeroAnd(const BIGNUM& bound, BytesView number) {
    const BignumPtr value = toBignum(number);
    return !BN_is_zero(value.get()) && BN_cmp(value.get(), &bound) < 0;
}

SecretBytes drawBelow(const BIGNUM& bound, RandomSource& random) {
    const auto size = static_cast<std::size_t>(BN_num_bytes(&bound));
    const unsigned surplusBits =
        static_cast<unsigned>(size) * 8U - static_cast<unsigned>(BN_num_bits(&bound));
    SecretBytes candidate(size);
    do {
        random.fill(candidate.span());
        candidate.span()[0] = static_cast<std::uint8_t>(candidate.span()[0] & (0xFFU >> surplusBits));
    } while (!isBetweenZeroAnd(bound, candidate.view()));
    return candidate;
}

} // namespace cancuoc
