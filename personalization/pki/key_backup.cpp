// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/key_backup.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <string>

#include <fmt/format.h>
#include <openssl/err.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/crypto/digest.hpp"

extern "C" {
#include <libgfshare.h>
}

namespace cancuoc::personalization {

namespace {

namespace fs = std::filesystem;

using SharesPtr = std::unique_ptr<gfshare_ctx, OpensslFree<gfshare_ctx_free>>;

constexpr const char* title = "cancuoc share of a key, version 1";
constexpr std::size_t maximumShareSize = 65536;
constexpr std::size_t backupIdentifierSize = 8;
constexpr std::size_t bytesOfLine = 24;
constexpr std::size_t checkDigits = 8;

Bytes publicHash(const EVP_PKEY& key) {
    unsigned char* encoded = nullptr;
    const int size = i2d_PUBKEY(&key, &encoded);
    if (size <= 0) {
        throw opensslError("The public key cannot be encoded");
    }
    Bytes hash = digest(HashAlgorithm::Sha256, {encoded, static_cast<std::size_t>(size)});
    OPENSSL_free(encoded);
    return hash;
}

SecretBytes encodeKey(const EVP_PKEY& key) {
    const int size = i2d_PrivateKey(&key, nullptr);
    if (size <= 0) {
        throw opensslError("The private key cannot be encoded");
    }
    SecretBytes encoded(static_cast<std::size_t>(size));
    unsigned char* position = encoded.span().data();
    i2d_PrivateKey(&key, &position);
    return encoded;
}

// What a share says, in the order of its lines.
struct Share {
    Bytes backup;    ///< which tells the shares of one backup from others
    Bytes publicKey; ///< SHA-256 of the key's SubjectPublicKeyInfo
    unsigned number = 0;
    unsigned needed = 0;
    SecretBytes content;
};

std::string checked(const std::string& line) {
    return line + " " + toLowerCaseHex(digest(HashAlgorithm::Sha256, viewOf(line))).substr(0, checkDigits) +
           "\n";
}

SecretBytes encode(const Share& share) {
    SecretBytes text(maximumShareSize);
    std::size_t size = 0;
    const auto put = [&](std::string line) {
        line = checked(line);
        std::copy(line.begin(), line.end(), text.span().begin() + static_cast<std::ptrdiff_t>(size));
        size += line.size();
        OPENSSL_cleanse(line.data(), line.size());
    };
    put(title);
    put("backup " + toLowerCaseHex(share.backup));
    put("public-key " + toLowerCaseHex(share.publicKey));
    put(fmt::format("share {} of which {} are needed", share.number, share.needed));
    const auto content = share.content.view();
    for (std::size_t start = 0; start < content.size(); start += bytesOfLine) {
        put(toLowerCaseHex(content.subspan(start, std::min(bytesOfLine, content.size() - start))));
    }
    return SecretBytes(text.view().first(size));
}

// Reads the lines of a share, each of which ends with its check digits.
class ShareReader {
public:
    explicit ShareReader(const fs::path& file)
        : file_(file), content_(readFile(file, maximumShareSize)), rest_(textOf(content_)) {}

    [[nodiscard]] Share read() {
        if (line() != title) {
            refuse("is no share of a key");
        }
        Share share;
        share.backup = hexBehind("backup ");
        share.publicKey = hexBehind("public-key ");
        readNumbers(line(), share);
        SecretBytes gathered(content_.size());
        std::size_t size = 0;
        while (!rest_.empty()) {
            const Bytes bytes = hex(line());
            std::copy(bytes.begin(), bytes.end(),
                      gathered.span().begin() + static_cast<std::ptrdiff_t>(size));
            size += bytes.size();
        }
        share.content = SecretBytes(gathered.view().first(size));
        return share;
    }

private:
    static std::string_view textOf(const SecretBytes& content) {
        return {reinterpret_cast<const char*>(content.view().data()), content.size()};
    }

    [[noreturn]] void refuse(const std::string& defect) const {
        throw BadConfiguration("\"" + file_.string() + "\" " + defect + ".");
    }

    std::string_view line() {
        ++number_;
        const auto end = rest_.find('\n');
        std::string_view whole = rest_.substr(0, end);
        rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
        if (!whole.empty() && whole.back() == '\r') {
            whole.remove_suffix(1);
        }
        if (whole.size() <= checkDigits) {
            refuse("ends in the middle, at line " + std::to_string(number_));
        }
        const auto said = whole.substr(0, whole.size() - checkDigits - 1);
        if (checked(std::string(said)) != std::string(whole) + "\n") {
            refuse("was changed, or typed wrongly, in line " + std::to_string(number_));
        }
        return said;
    }

    Bytes hex(std::string_view digits) const {
        try {
            return fromHex(digits);
        } catch (const MalformedData&) {
            refuse("has no hexadecimal digits in line " + std::to_string(number_));
        }
    }

    Bytes hexBehind(std::string_view name) {
        const auto said = line();
        if (!said.starts_with(name)) {
            refuse("has no \"" + std::string(name) + "\" in line " + std::to_string(number_));
        }
        return hex(said.substr(name.size()));
    }

    void readNumbers(std::string_view said, Share& share) const {
        for (unsigned number = 1; number <= mostCustodians; ++number) {
            for (unsigned needed = 2; needed <= mostCustodians; ++needed) {
                if (said == fmt::format("share {} of which {} are needed", number, needed)) {
                    share.number = number;
                    share.needed = needed;
                    return;
                }
            }
        }
        refuse("does not say which share it is, in line " + std::to_string(number_));
    }

    fs::path file_;
    SecretBytes content_;
    std::string_view rest_;
    std::size_t number_ = 0;
};

// libgfshare asks for random bytes by a function without context: for coefficients, and to overwrite its
// memory before it frees it, which zeros do as well.
thread_local RandomSource* coefficients = nullptr;

void fill(unsigned char* buffer, unsigned size) {
    if (coefficients != nullptr) {
        coefficients->fill({buffer, size});
    } else {
        OPENSSL_cleanse(buffer, size);
    }
}

// Lets libgfshare work in its scope.
class Filling {
public:
    explicit Filling(RandomSource* source) {
        gfshare_fill_rand = fill;
        coefficients = source;
    }
    Filling(const Filling&) = delete;
    Filling& operator=(const Filling&) = delete;
    ~Filling() { coefficients = nullptr; }
};

std::vector<unsigned char> numbersUpTo(unsigned count) {
    std::vector<unsigned char> numbers(count);
    std::iota(numbers.begin(), numbers.end(), static_cast<unsigned char>(1));
    return numbers;
}

SharesPtr contextOf(gfshare_ctx* context) {
    if (context == nullptr) {
        throw Error("No memory for the shares of a key.");
    }
    return SharesPtr(context);
}

std::vector<SecretBytes> split(SecretBytes& secret, unsigned custodians, unsigned needed,
                               RandomSource& random) {
    const Filling filling(&random);
    auto numbers = numbersUpTo(custodians);
    const auto size = static_cast<unsigned>(secret.size());
    const auto context =
        contextOf(gfshare_ctx_init_enc(numbers.data(), custodians, static_cast<unsigned char>(needed), size));
    gfshare_ctx_enc_setsecret(context.get(), secret.span().data());
    std::vector<SecretBytes> shares;
    for (unsigned index = 0; index < custodians; ++index) {
        shares.emplace_back(secret.size());
        gfshare_ctx_enc_getshare(context.get(), static_cast<unsigned char>(index),
                                 shares.back().span().data());
    }
    return shares;
}

SecretBytes combine(std::vector<Share>& shares) {
    std::vector<unsigned char> numbers;
    numbers.reserve(shares.size());
    for (const Share& share : shares) {
        numbers.push_back(static_cast<unsigned char>(share.number));
    }
    SecretBytes secret(shares.front().content.size());
    const Filling filling(nullptr);
    const auto context = contextOf(gfshare_ctx_init_dec(numbers.data(), static_cast<unsigned>(numbers.size()),
                                                        static_cast<unsigned>(secret.size())));
    for (std::size_t index = 0; index < shares.size(); ++index) {
        gfshare_ctx_dec_giveshare(context.get(), static_cast<unsigned char>(index),
                                  shares[index].content.span().data());
    }
    gfshare_ctx_dec_extract(context.get(), secret.span().data());
    return secret;
}

// Shares of one backup, each once.
std::vector<Share> readShares(const std::vector<fs::path>& files) {
    std::vector<Share> shares;
    for (const fs::path& file : files) {
        Share share = ShareReader(file).read();
        for (const Share& other : shares) {
            if (share.backup != other.backup || share.publicKey != other.publicKey ||
                share.needed != other.needed || share.content.size() != other.content.size()) {
                throw BadConfiguration("\"" + file.string() + "\" is a share of another backup.");
            }
            if (share.number == other.number) {
                throw BadConfiguration("\"" + file.string() + "\" is share " + std::to_string(share.number) +
                                       ", which is there already.");
            }
        }
        shares.push_back(std::move(share));
    }
    if (shares.empty() || shares.size() < shares.front().needed) {
        throw BadConfiguration(
            fmt::format("{} shares are too few: {} of the backup are needed.", shares.size(),
                        shares.empty() ? "at least two" : std::to_string(shares.front().needed)));
    }
    return shares;
}

} // namespace

std::vector<SecretBytes> makeKeyShares(const fs::path& keyFile, unsigned custodians, unsigned needed,
                                       RandomSource& random, const KeyStore& keys) {
    if (custodians < 2 || custodians > mostCustodians || needed < 2 || needed > custodians) {
        throw BadConfiguration("A key is backed up with 2 to 16 custodians, of whom 2 at least are needed to "
                               "restore it.");
    }
    if (!KeyStore::tokenOf(keyFile).empty()) {
        throw BadConfiguration("The key of \"" + keyFile.string() +
                               "\" never leaves its token; back it up by the token's own means.");
    }
    const EvpKey key = keys.read(keyFile);
    SecretBytes secret = encodeKey(*key);
    Share share{random.bytes(backupIdentifierSize), publicHash(*key), 0, needed, {}};
    std::vector<SecretBytes> texts;
    for (SecretBytes& content : split(secret, custodians, needed, random)) {
        ++share.number;
        share.content = std::move(content);
        texts.push_back(encode(share));
    }
    return texts;
}

EvpKey restoreKey(const std::vector<fs::path>& files) {
    auto shares = readShares(files);
    const SecretBytes secret = combine(shares);
    const unsigned char* position = secret.view().data();
    EvpKey key(d2i_AutoPrivateKey(nullptr, &position, static_cast<long>(secret.size())));
    ERR_clear_error();
    if (!key || publicHash(*key) != shares.front().publicKey) {
        throw BadConfiguration("What comes out of the shares is not the key that was backed up.");
    }
    return key;
}

} // namespace cancuoc::personalization
