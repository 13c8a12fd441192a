// SPDX-License-Identifier: Apache-2.0
#include "host/trust/x509.hpp"

#include "host/base/error.hpp"
#include "host/crypto/subject_public_key_info.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <ctime>

namespace cancuoc::trust {

namespace {

constexpr std::string_view pemStart = "-----BEGIN ";

/// The strings and bytes that PEM_read_bio allocates.
struct PemBlock {
    PemBlock() = default;
    PemBlock(const PemBlock&) = delete;
    PemBlock& operator=(const PemBlock&) = delete;
    ~PemBlock() {
        OPENSSL_free(label);
        OPENSSL_free(header);
        OPENSSL_free(data);
    }

    char* label = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long length = 0;
};

BioPtr memoryBio(BytesView bytes) {
    return ownOpenssl<BioPtr>(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())),
                              "Memory cannot be read");
}

} // namespace

Bytes derOf(BytesView file, std::initializer_list<std::string_view> labels) {
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    if (text.find(pemStart) == std::string_view::npos) {
        return toBytes(file);
    }
    const BioPtr bio = memoryBio(file);
    while (true) {
        PemBlock block;
        if (PEM_read_bio(bio.get(), &block.label, &block.header, &block.data, &block.length) != 1) {
            ERR_clear_error();
            throw MalformedData("The PEM text holds no " + std::string(*labels.begin()) + ".");
        }
        if (std::find(labels.begin(), labels.end(), std::string_view(block.label)) != labels.end()) {
            return Bytes(block.data, block.data + block.length);
        }
    }
}

std::string textOf(const X509_NAME& name) {
    const BioPtr bio = ownOpenssl<BioPtr>(BIO_new(BIO_s_mem()), "Memory cannot be written");
    constexpr unsigned long utf8 = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    X509_NAME_print_ex(bio.get(), &name, 0, utf8);
    const char* data = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &data);
    return length > 0 ? std::string(data, static_cast<std::size_t>(length)) : std::string();
}

std::string countryOf(const X509_NAME& name) {
    const int index = X509_NAME_get_index_by_NID(&name, NID_countryName, -1);
    if (index < 0) {
        return {};
    }
    const ASN1_STRING* value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(&name, index));
    return toText(bytesOf(*value));
}

BytesView bytesOf(const ASN1_STRING& string) {
    return {ASN1_STRING_get0_data(&string), static_cast<std::size_t>(ASN1_STRING_length(&string))};
}

std::string toUpper(std::string_view text) {
    std::string upper(text);
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return upper;
}

std::chrono::sys_seconds timeOf(const ASN1_TIME& time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(&time, &parts) != 1) {
        ERR_clear_error();
        throw MalformedData("A time in a certificate or CRL is malformed.");
    }
    using namespace std::chrono;
    const sys_days day = year(parts.tm_year + 1900) / (parts.tm_mon + 1) / parts.tm_mday;
    return day + hours(parts.tm_hour) + minutes(parts.tm_min) + seconds(parts.tm_sec);
}

Bytes subjectPublicKeyInfoOf(const X509& certificate) {
    unsigned char* der = nullptr;
    const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(&certificate), &der);
    if (length <= 0) {
        throw opensslError("A certificate's public key cannot be read");
    }
    Bytes subjectPublicKeyInfo(der, der + length);
    OPENSSL_free(der);
    return subjectPublicKeyInfo;
}

EvpKey publicKeyOf(const X509& certificate) {
    return decodeSubjectPublicKeyInfo(subjectPublicKeyInfoOf(certificate));
}

} // namespace cancuoc::trust
