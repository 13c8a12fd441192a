// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/key_store.hpp"

#include <algorithm>
#include <cstring>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/crypto/digest.hpp"

namespace cancuoc::personalization {

namespace {

namespace fs = std::filesystem;

using KeyInfoPtr = std::unique_ptr<PKCS8_PRIV_KEY_INFO, OpensslFree<PKCS8_PRIV_KEY_INFO_free>>;
using EncryptedKeyPtr = std::unique_ptr<X509_SIG, OpensslFree<X509_SIG_free>>;
using AlgorithmPtr = std::unique_ptr<X509_ALGOR, OpensslFree<X509_ALGOR_free>>;

constexpr std::size_t maximumKeyFileSize = std::size_t{64} * 1024;
constexpr const char* encryptedLabel = "-----BEGIN ENCRYPTED PRIVATE KEY-----";

// RFC 7914, 2: 16 MB of memory for each guess.
constexpr std::uint64_t scryptCost = 16'384;
constexpr std::uint64_t scryptBlockSize = 8;
constexpr std::uint64_t scryptParallelization = 1;
constexpr int saltSize = 16;

// OpenSSL reads the file itself, so that the key lies in no buffer that stays.
SecretBytes contentOf(const fs::path& file) {
    const BioPtr bio(BIO_new_file(file.string().c_str(), "rb"));
    SecretBytes buffer(maximumKeyFileSize);
    std::size_t size = 0;
    const bool isRead = bio && BIO_read_ex(bio.get(), buffer.span().data(), buffer.size(), &size) == 1;
    ERR_clear_error();
    if (!isRead) {
        throw BadConfiguration("\"" + file.string() +
                               "\" holds no private key that can be read. A PKI directory is made with "
                               "\"cancuoc pki init DIR\".");
    }
    return SecretBytes(buffer.view().first(size));
}

// What OpenSSL asks for the passphrase with, and whether it did.
struct Question {
    BytesView passphrase;
    bool asked = false;

    static int answer(char* buffer, int size, int, void* question) {
        auto& self = *static_cast<Question*>(question);
        self.asked = true;
        if (self.passphrase.empty() || self.passphrase.size() > static_cast<std::size_t>(size)) {
            return -1;
        }
        std::memcpy(buffer, self.passphrase.data(), self.passphrase.size());
        return static_cast<int>(self.passphrase.size());
    }
};

void writePlain(BIO& bio, const EVP_PKEY& key) {
    requireOpenssl(PEM_write_bio_PKCS8PrivateKey(&bio, &key, nullptr, nullptr, 0, nullptr, nullptr),
                   "A private key cannot be encoded");
}

void requireLongEnough(BytesView passphrase) {
    if (passphrase.size() < KeyStore::shortestPassphrase) {
        throw BadConfiguration("The passphrase of the keys must have " +
                               std::to_string(KeyStore::shortestPassphrase) +
                               " bytes at least; \"openssl rand -base64 24\" makes a good one.");
    }
}

// Salt and initialization vector are OpenSSL's.
void writeEncrypted(BIO& bio, const EVP_PKEY& key, BytesView passphrase) {
    constexpr const char* failure = "A private key cannot be encrypted";
    const auto info = ownOpenssl<KeyInfoPtr>(EVP_PKEY2PKCS8(&key), failure);
    auto algorithm =
        ownOpenssl<AlgorithmPtr>(PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), nullptr, saltSize, nullptr,
                                                       scryptCost, scryptBlockSize, scryptParallelization),
                                 failure);
    const auto encrypted = ownOpenssl<EncryptedKeyPtr>(
        PKCS8_set0_pbe(reinterpret_cast<const char*>(passphrase.data()), static_cast<int>(passphrase.size()),
                       info.get(), algorithm.get()),
        failure);
    static_cast<void>(algorithm.release()); // the encrypted key owns it now
    requireOpenssl(PEM_write_bio_PKCS8(&bio, encrypted.get()), failure);
}

SecretBytes encode(const EVP_PKEY& key, BytesView passphrase) {
    if (const auto uri = tokenUriOf(key)) {
        return SecretBytes(viewOf(*uri + "\n"));
    }
    // OpenSSL wipes its memory when it frees it.
    const auto bio = ownOpenssl<BioPtr>(BIO_new(BIO_s_mem()), "No memory for a private key");
    if (passphrase.empty()) {
        writePlain(*bio, key);
    } else {
        requireLongEnough(passphrase);
        writeEncrypted(*bio, key, passphrase);
    }
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return SecretBytes(
        BytesView(reinterpret_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size)));
}

// CBC does not notice a changed file: another private key could come out of it beside the right public one.
bool belongsTogether(EVP_PKEY& key) {
    const auto context = ownOpenssl<EvpKeyContextPtr>(EVP_PKEY_CTX_new(&key, nullptr), "No memory for a key");
    return EVP_PKEY_pairwise_check(context.get()) == 1;
}

EvpKey shared(EVP_PKEY& key) {
    requireOpenssl(EVP_PKEY_up_ref(&key), "A private key cannot be kept");
    return EvpKey(&key);
}

// Empty when the key itself is there.
std::string uriIn(BytesView content) {
    const auto text = toText(content.first(std::min<std::size_t>(content.size(), 4096)));
    return text.starts_with("pkcs11:") ? text.substr(0, text.find_first_of("\r\n")) : "";
}

void chooseEncoding(EVP_PKEY& key, CurveEncoding encoding) {
    requireOpenssl(EVP_PKEY_set_utf8_string_param(&key, OSSL_PKEY_PARAM_EC_ENCODING,
                                                  encoding == CurveEncoding::Named
                                                      ? OSSL_PKEY_EC_ENCODING_GROUP
                                                      : OSSL_PKEY_EC_ENCODING_EXPLICIT),
                   "The form of the curve cannot be chosen");
}

bool isEncrypted(const fs::path& file) {
    const SecretBytes content = contentOf(file);
    const auto label = viewOf(encryptedLabel);
    return std::search(content.view().begin(), content.view().end(), label.begin(), label.end()) !=
           content.view().end();
}

} // namespace

KeyStore::KeyStore(SecretBytes passphrase) : passphrase_(std::move(passphrase)) {
    if (passphrase_.empty() || passphrase_.size() > longestPassphrase) {
        throw BadConfiguration("The passphrase of the keys is empty, or longer than " +
                               std::to_string(longestPassphrase) + " bytes.");
    }
}

const KeyStore& KeyStore::unencrypted() {
    static const KeyStore store;
    return store;
}

EvpKey KeyStore::read(const fs::path& file) const {
    const SecretBytes content = contentOf(file);
    if (EvpKey known = opened(content.view())) {
        remember(file, content.view(), *known);
        return known;
    }
    const auto uri = uriIn(content.view());
    EvpKey key = uri.empty() ? open(file, content.view()) : openInToken(file, uri);
    remember(file, content.view(), *key);
    return key;
}

EvpKey KeyStore::opened(BytesView content) const {
    const std::lock_guard guard(mutex_);
    if (opened_.empty()) {
        return nullptr;
    }
    const auto hash = digest(HashAlgorithm::Sha256, content);
    const auto known = std::find_if(opened_.begin(), opened_.end(),
                                    [&hash](const auto& entry) { return entry.second.content == hash; });
    return known == opened_.end() ? nullptr : shared(*known->second.key);
}

EvpKey KeyStore::open(const fs::path& file, BytesView content) const {
    const auto bio = ownOpenssl<BioPtr>(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())),
                                        "No memory for a private key");
    Question question{passphrase_.view()};
    // Without a callback OpenSSL would ask for the passphrase on the terminal.
    EvpKey key(PEM_read_bio_PrivateKey(bio.get(), nullptr, Question::answer, &question));
    if (key && belongsTogether(*key)) {
        return key;
    }
    const std::string reason = opensslError("\"" + file.string() + "\" holds no private key in PEM").what();
    if (question.asked && passphrase_.empty()) {
        throw BadConfiguration("\"" + file.string() +
                               "\" is encrypted; name the file with its passphrase with "
                               "--passphrase-file, or type it with --ask-passphrase.");
    }
    if (question.asked) {
        throw BadConfiguration("The passphrase does not open \"" + file.string() +
                               "\": it is another key's, or the file was changed.");
    }
    throw BadConfiguration(reason);
}

void KeyStore::write(const fs::path& file, EVP_PKEY& key) const {
    const SecretBytes content = encode(key, passphrase_.view());
    writePrivateFile(file, content.view());
    remember(file, content.view(), key);
}

EvpKey KeyStore::generate(const KeyKind& kind, CurveEncoding encoding, const std::string& token,
                          const std::string& label, RandomSource& random, const Announce& announce) const {
    if (token.empty()) {
        EvpKey key = kind.generate(random);
        if (kind.curve) {
            chooseEncoding(*key, encoding);
        }
        return key;
    }
    if (!kind.curve) {
        throw BadConfiguration("Keys in a token are on elliptic curves here; name one like P-384.");
    }
    constexpr std::size_t identifierSize = 16;
    const Bytes identifier = random.bytes(identifierSize);
    const auto place = tokenAt(token);
    announce(place.uriOf(identifier));
    return tokenKey(place.generate(*kind.curve, label, identifier), encoding);
}

EvpKey KeyStore::openInToken(const fs::path& file, const std::string& uri) const {
    if (passphrase_.empty()) {
        throw BadConfiguration("The key of \"" + file.string() +
                               "\" is in a token; name the file with its PIN with --passphrase-file, or type "
                               "it with --ask-passphrase.");
    }
    return tokenKey(tokenAt(uri).find(uri), CurveEncoding::Named);
}

// One login a token.
trust::Pkcs11Token KeyStore::tokenAt(const std::string& uri) const {
    const auto place = trust::Pkcs11Token::placeOf(uri);
    const std::lock_guard guard(mutex_);
    auto known = tokens_.find(place);
    if (known == tokens_.end()) {
        known = tokens_.emplace(place, trust::Pkcs11Token(uri, passphrase_.copy())).first;
    }
    return known->second;
}

std::string KeyStore::tokenOf(const fs::path& file) {
    return uriIn(contentOf(file).view());
}

void KeyStore::destroy(const std::string& uri) const {
    tokenAt(uri).destroy(uri);
}

void KeyStore::remember(const fs::path& file, BytesView content, EVP_PKEY& key) const {
    if (passphrase_.empty()) {
        return; // what lies open is read as quickly again
    }
    const std::lock_guard guard(mutex_);
    opened_.insert_or_assign(file.filename().string(),
                             Opened{digest(HashAlgorithm::Sha256, content), shared(key)});
}

void KeyStore::requireLikeOthersIn(const fs::path& directory) const {
    if (!passphrase_.empty()) {
        return;
    }
    for (const auto& entry : fs::directory_iterator(directory)) {
        if (entry.path().extension() == ".key" && isEncrypted(entry.path())) {
            throw BadConfiguration("The keys in \"" + directory.string() +
                                   "\" are encrypted, and the new one must be so too: name the passphrase "
                                   "with --passphrase-file or --ask-passphrase.");
        }
    }
}

} // namespace cancuoc::personalization
