// SPDX-License-Identifier: Apache-2.0
#include "host/trust/terminal_keys.hpp"

#include "host/base/file.hpp"
#include "host/base/secret_bytes.hpp"
#include "host/trust/pkcs11_signer.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <memory>
#include <tuple>
#include <utility>

namespace cancuoc::trust {

namespace {

// CVCA link certificates, a document verifier, a terminal.
constexpr std::size_t longestChain = 16;

int noPassword(char*, int, int, void*) {
    return -1;
}

EvpKey decodePrivateKey(BytesView bytes) {
    const BioPtr input(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
    EvpKey key(PEM_read_bio_PrivateKey(input.get(), nullptr, noPassword, nullptr));
    if (!key) {
        const std::uint8_t* position = bytes.data();
        key.reset(d2i_AutoPrivateKey(nullptr, &position, static_cast<long>(bytes.size())));
    }
    ERR_clear_error();
    return key;
}

std::shared_ptr<EVP_PKEY> readPrivateKey(const std::filesystem::path& file) {
    const SecretBytes bytes(readFile(file, TerminalKeys::maximumFileSize));
    EvpKey key = decodePrivateKey(bytes.view());
    if (!key) {
        throw BadConfiguration("The private key in " + file.string() +
                               " cannot be read. It must be PKCS#8, DER or PEM, without a password.");
    }
    return std::shared_ptr<EVP_PKEY>(std::move(key));
}

CvCertificate readCertificate(const std::filesystem::path& file) {
    try {
        return CvCertificate::decode(readFile(file, TerminalKeys::maximumFileSize));
    } catch (const MalformedData& malformed) {
        throw BadConfiguration(file.string() + ": " + malformed.what());
    }
}

bool isPrivateKeyFile(const std::filesystem::path& file) {
    const std::string extension = file.extension().string();
    return extension == ".pkcs8" || extension == ".der" || extension == ".key" || extension == ".pem";
}

// In the order of their names, so that every run takes the same way.
std::vector<std::filesystem::path> filesOf(const std::filesystem::path& directory) {
    std::error_code failure;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(directory, failure)) {
        files.push_back(entry.path());
    }
    if (failure) {
        throw BadConfiguration("The folder of terminal keys " + directory.string() +
                               " cannot be read: " + failure.message() + ".");
    }
    std::sort(files.begin(), files.end());
    return files;
}

TerminalSigner signerWith(std::shared_ptr<EVP_PKEY> key, const SignatureScheme& scheme) {
    return [key = std::move(key), scheme](BytesView toBeSigned) { return sign(scheme, *key, toBeSigned); };
}

// In the token that NAME.pkcs11 beside NAME.cvcert names, or among `privateKeys`; empty when in neither.
TerminalSigner signerOf(const CvCertificate& certificate, std::filesystem::path file,
                        const std::vector<std::shared_ptr<EVP_PKEY>>& privateKeys) {
    const CvPublicKey& publicKey = certificate.body().publicKey;
    if (std::filesystem::exists(file.replace_extension(".pkcs11"))) {
        const std::string text = toText(readFile(file, TerminalKeys::maximumFileSize));
        return pkcs11Signer(text.substr(0, text.find_first_of("\r\n")), publicKey.scheme());
    }
    const auto own = std::find_if(privateKeys.begin(), privateKeys.end(),
                                  [&](const auto& key) { return publicKey.belongsTo(*key); });
    return own != privateKeys.end() ? signerWith(*own, publicKey.scheme()) : TerminalSigner();
}

bool isTerminal(const CvCertificate& certificate) {
    return certificate.body().authorization.role() == CertificateHolderRole::Terminal;
}

} // namespace

bool TerminalCertificateChain::mayRead(int number) const {
    return std::all_of(certificates.begin(), certificates.end(), [number](const CvCertificate& certificate) {
        return certificate.body().authorization.mayRead(number);
    });
}

TerminalKeys TerminalKeys::fromDirectory(const std::filesystem::path& directory) {
    TerminalKeys keys;
    std::vector<std::filesystem::path> terminals;
    std::vector<std::shared_ptr<EVP_PKEY>> privateKeys;
    for (const auto& file : filesOf(directory)) {
        if (isPrivateKeyFile(file)) {
            privateKeys.push_back(readPrivateKey(file));
        } else if (file.extension() == ".cvcert") {
            auto certificate = readCertificate(file);
            if (isTerminal(certificate)) {
                terminals.push_back(file);
            } else {
                keys.addCertificate(std::move(certificate));
            }
        }
    }
    for (const auto& file : terminals) {
        auto certificate = readCertificate(file);
        // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDeleteLeaks): the signer owns what it holds.
        if (auto signer = signerOf(certificate, file, privateKeys)) {
            keys.addTerminal(std::move(certificate), std::move(signer));
        }
    }
    if (keys.terminals_.empty()) {
        throw BadConfiguration("The folder of terminal keys " + directory.string() +
                               " holds no terminal's certificate (*.cvcert) together with its private key.");
    }
    return keys;
}

TerminalKeys TerminalKeys::fetchedBy(Fetch fetch) {
    TerminalKeys keys;
    keys.fetch_ = std::move(fetch);
    return keys;
}

void TerminalKeys::addCertificate(CvCertificate certificate) {
    certificates_.push_back(std::move(certificate));
}

void TerminalKeys::addTerminal(CvCertificate certificate, TerminalSigner sign) {
    if (!isTerminal(certificate)) {
        throw BadConfiguration("The CV certificate of " + certificate.body().holderReference +
                               " is no terminal's.");
    }
    terminals_.push_back({std::move(certificate), std::move(sign)});
}

std::optional<TerminalCertificateChain> TerminalKeys::chainFrom(std::span<const std::string> trustPoints,
                                                                Date day) const {
    if (fetch_) {
        return fetch_(trustPoints).chainFrom(trustPoints, day);
    }
    std::vector<const Terminal*> candidates;
    for (const Terminal& terminal : terminals_) {
        candidates.push_back(&terminal);
    }
    const auto merit = [day](const Terminal* terminal) {
        return std::tuple(terminal->certificate.isValidOn(day), terminal->certificate.body().effectiveDate);
    };
    std::stable_sort(candidates.begin(), candidates.end(),
                     [&](const auto* left, const auto* right) { return merit(left) > merit(right); });
    for (const std::string& trustPoint : trustPoints) {
        for (const Terminal* const candidate : candidates) {
            std::vector<const CvCertificate*> chain{&candidate->certificate};
            if (extend(chain, trustPoint)) {
                TerminalCertificateChain found{{}, candidate->sign};
                for (auto link = chain.rbegin(); link != chain.rend(); ++link) {
                    found.certificates.push_back(**link);
                }
                return found;
            }
        }
    }
    return std::nullopt;
}

// Upwards from the last of `chain`; leaves it as it was when no way leads to the trust point.
bool TerminalKeys::extend(std::vector<const CvCertificate*>& chain, const std::string& trustPoint) const {
    const std::string& wanted = chain.back()->body().authorityReference;
    if (wanted == trustPoint) {
        return signaturesAgree(chain);
    }
    if (chain.size() == longestChain) {
        return false;
    }
    for (const CvCertificate& candidate : certificates_) {
        if (candidate.body().holderReference != wanted || candidate.isSelfSigned()) {
            continue;
        }
        chain.push_back(&candidate);
        if (extend(chain, trustPoint)) {
            return true;
        }
        chain.pop_back();
    }
    return false;
}

// From the terminal's certificate at the front up to the one under the trust point. The domain parameters are
// those of the CVCA.
bool TerminalKeys::signaturesAgree(std::span<const CvCertificate* const> chain) const {
    const CvCertificate* authority = selfSigned(chain.back()->body().authorityReference);
    std::optional<EllipticCurve> curve;
    for (auto link = chain.rbegin(); link != chain.rend(); ++link) {
        if (authority != nullptr) {
            const auto own = authority->body().publicKey.curve();
            curve = own ? own : curve;
            const bool isKnown =
                curve || authority->body().publicKey.scheme().kind != SignatureScheme::Kind::EcdsaPlain;
            if (isKnown && !(*link)->isSignedBy(authority->body().publicKey, curve)) {
                return false;
            }
        }
        authority = *link;
    }
    return true;
}

const CvCertificate* TerminalKeys::selfSigned(const std::string& reference) const {
    const auto found = std::find_if(certificates_.begin(), certificates_.end(), [&](const auto& candidate) {
        return candidate.isSelfSigned() && candidate.body().holderReference == reference;
    });
    return found != certificates_.end() ? &*found : nullptr;
}

} // namespace cancuoc::trust
