// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/secure_messaging_bench.hpp"

#include "host/access/secure_messaging.hpp"
#include "host/crypto/cipher.hpp"
#include "host/crypto/mac.hpp"
#include "tests/bench/median.hpp"

#include <openssl/evp.h>

#include <array>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

namespace cancuoc::bench {

namespace {

using Block = std::array<std::uint8_t, 16>;
using Clock = std::chrono::steady_clock;

constexpr std::size_t readSize = 223;
constexpr std::size_t paddedSize = 224;
constexpr Block encryptionKey{1, 2, 3, 4, 5, 6, 7, 8};
constexpr Block macKey{8, 7, 6, 5, 4, 3, 2, 1};

void increment(Block& counter) {
    for (std::size_t i = counter.size(); i-- > 0 && ++counter[i] == 0;) {
    }
}

Bytes padded(Bytes bytes) {
    bytes.push_back(0x80);
    bytes.resize((bytes.size() + 15) / 16 * 16);
    return bytes;
}

// What the MAC of the response covers: counter, DO'87', DO'99' and padding (Doc 9303-11, 9.8.5).
Bytes responseMacInput(const Block& counter, BytesView cryptogram) {
    Bytes input(counter.begin(), counter.end());
    append(input, Bytes{0x87, 0x81, 0xE1, 0x01});
    append(input, cryptogram);
    append(input, Bytes{0x99, 0x02, 0x90, 0x00});
    return padded(input);
}

// The chip's answer under `counter`, made with the library's primitives alone.
ResponseApdu securedResponse(const Block& counter) {
    const Bytes plain = padded(Bytes(readSize, 0x5A));
    const Bytes iv = encryptBlock(BlockCipher::Aes128, encryptionKey, counter);
    const Bytes cryptogram = encryptCbc(BlockCipher::Aes128, encryptionKey, iv, plain);
    const Bytes mac = aesCmac(macKey, responseMacInput(counter, cryptogram));
    Bytes data{0x87, 0x81, 0xE1, 0x01};
    append(data, cryptogram);
    append(data, Bytes{0x99, 0x02, 0x90, 0x00, 0x8E, 0x08});
    append(data, BytesView(mac).first(8));
    return {data, StatusWord(0x9000)};
}

// Rounds between two looks at the clock.
constexpr std::size_t batchSize = 100;

double microsecondsEach(Clock::duration duration) {
    return std::chrono::duration<double, std::micro>(duration).count() / static_cast<double>(batchSize);
}

class Library {
public:
    double measureBatch() {
        std::vector<ResponseApdu> responses;
        for (std::size_t i = 0; i < batchSize; ++i) {
            increment(counter_);
            increment(counter_);
            responses.push_back(securedResponse(counter_));
        }
        std::size_t received = 0;
        const Clock::time_point start = Clock::now();
        for (ResponseApdu& response : responses) {
            received += secureMessaging_.protect(readBinary_).size();
            received += secureMessaging_.unprotect(std::move(response)).data.size();
        }
        const Clock::duration duration = Clock::now() - start;
        if (received < batchSize * readSize) {
            throw std::logic_error("the responses were not decrypted");
        }
        return microsecondsEach(duration);
    }

private:
    SecureMessaging secureMessaging_{BlockCipher::Aes128, encryptionKey, macKey, Block{}};
    Block counter_{};
    CommandApdu readBinary_{0x00, 0xB0, 0x00, 0x00, {}, readSize};
};

// OpenSSL on contexts that stand ready, over as many bytes as a secured read has: CMAC over the command's 48
// (counter, header, DO'97') and the response's 256 bytes, one block for the IV, AES-CBC over 224 bytes.
class RawCryptography {
public:
    RawCryptography()
        : mac_(EVP_MAC_fetch(nullptr, "CMAC", nullptr), &EVP_MAC_free),
          macContext_(EVP_MAC_CTX_new(mac_.get()), &EVP_MAC_CTX_free),
          block_(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free),
          cbc_(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free) {
        char cipher[] = "AES-128-CBC";
        const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string("cipher", cipher, 0),
                                         OSSL_PARAM_construct_end()};
        check(EVP_MAC_init(macContext_.get(), macKey.data(), macKey.size(), parameters));
        check(EVP_EncryptInit_ex(block_.get(), EVP_aes_128_ecb(), nullptr, encryptionKey.data(), nullptr));
        check(
            EVP_DecryptInit_ex(cbc_.get(), EVP_aes_128_cbc(), nullptr, encryptionKey.data(), Block{}.data()));
        check(EVP_CIPHER_CTX_set_padding(cbc_.get(), 0));
    }

    double measureBatch() {
        const Clock::time_point start = Clock::now();
        for (std::size_t i = 0; i < batchSize; ++i) {
            readOnce();
        }
        return microsecondsEach(Clock::now() - start);
    }

private:
    void readOnce() {
        computeMac(48);
        computeMac(16 + 4 + paddedSize + 4 + 8);
        Block iv{};
        int length = 0;
        check(EVP_EncryptUpdate(block_.get(), iv.data(), &length, buffer_.data(), 16));
        check(EVP_DecryptInit_ex(cbc_.get(), nullptr, nullptr, nullptr, iv.data()));
        check(EVP_DecryptUpdate(cbc_.get(), plain_.data(), &length, buffer_.data(), paddedSize));
    }

    static void check(int result) {
        if (result != 1) {
            throw std::runtime_error("OpenSSL refused");
        }
    }

    void computeMac(std::size_t bytes) {
        std::size_t length = 0;
        check(EVP_MAC_init(macContext_.get(), nullptr, 0, nullptr));
        check(EVP_MAC_update(macContext_.get(), buffer_.data(), bytes));
        check(EVP_MAC_final(macContext_.get(), buffer_.data(), &length, 16));
    }

    std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> mac_;
    std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> macContext_;
    std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> block_;
    std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> cbc_;
    std::array<std::uint8_t, 512> buffer_{};
    std::array<std::uint8_t, 512> plain_{};
};

} // namespace

SecureMessagingTimes measureSecureMessaging(std::size_t rounds) {
    Library library;
    RawCryptography cryptography;
    std::vector<double> libraryTimes;
    std::vector<double> rawTimes;
    for (std::size_t done = 0; done < rounds; done += batchSize) {
        libraryTimes.push_back(library.measureBatch());
        rawTimes.push_back(cryptography.measureBatch());
    }
    return {median(std::move(libraryTimes)), median(std::move(rawTimes))};
}

} // namespace cancuoc::bench
