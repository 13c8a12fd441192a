// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/pem_file.hpp"

#include "host/base/file.hpp"

#include <openssl/pem.h>

namespace cancuoc::personalization {

namespace {

constexpr std::size_t maximumCertificateFileSize = std::size_t{64} * 1024;
constexpr std::size_t maximumCrlFileSize = std::size_t{16} << 20;

BioPtr emptyBio() {
    return ownOpenssl<BioPtr>(BIO_new(BIO_s_mem()), "No memory for a PEM file");
}

BytesView contentOf(BIO& bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(&bio, &data);
    return {reinterpret_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size)};
}

template <class Object, class Encode>
Bytes derOf(Object& object, Encode encode) {
    unsigned char* buffer = nullptr;
    const int size = encode(&object, &buffer);
    if (size <= 0) {
        throw opensslError("A certificate, CRL or signature cannot be encoded");
    }
    Bytes der(buffer, buffer + size);
    OPENSSL_free(buffer);
    return der;
}

Bytes readOrRefuse(const std::filesystem::path& file, std::size_t maximumSize) {
    try {
        return readFile(file, maximumSize);
    } catch (const Error& error) {
        throw BadConfiguration(std::string(error.what()) +
                               " A PKI directory is made with \"cancuoc pki init DIR\".");
    }
}

[[noreturn]] void refuse(const std::filesystem::path& file, const char* expected) {
    throw BadConfiguration(opensslError("\"" + file.string() + "\" holds no " + expected).what());
}

} // namespace

Bytes encodePem(const X509& certificate) {
    const BioPtr bio = emptyBio();
    requireOpenssl(PEM_write_bio_X509(bio.get(), &certificate), "A certificate cannot be encoded");
    return toBytes(contentOf(*bio));
}

Bytes encodeDer(const X509& certificate) {
    return derOf(certificate, i2d_X509);
}

Bytes encodeDer(const X509_CRL& crl) {
    return derOf(crl, i2d_X509_CRL);
}

Bytes encodeDer(const CMS_ContentInfo& contentInfo) {
    return derOf(contentInfo, i2d_CMS_ContentInfo);
}

X509Ptr readCertificate(const std::filesystem::path& file) {
    const Bytes content = readOrRefuse(file, maximumCertificateFileSize);
    const auto bio = ownOpenssl<BioPtr>(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())),
                                        "No memory for a certificate");
    X509Ptr certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (!certificate) {
        refuse(file, "certificate in PEM");
    }
    return certificate;
}

X509CrlPtr readCrl(const std::filesystem::path& file) {
    const Bytes content = readOrRefuse(file, maximumCrlFileSize);
    const unsigned char* start = content.data();
    X509CrlPtr crl(d2i_X509_CRL(nullptr, &start, static_cast<long>(content.size())));
    if (!crl) {
        refuse(file, "CRL in DER");
    }
    return crl;
}

} // namespace cancuoc::personalization
