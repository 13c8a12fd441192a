// SPDX-License-Identifier: Apache-2.0
#include "host/lds/signed_data.hpp"

#include <openssl/err.h>

namespace cancuoc::lds {

namespace {

struct X509Stack {
    void operator()(STACK_OF(X509) * stack) const noexcept { sk_X509_pop_free(stack, X509_free); }
};

CmsPtr parse(BytesView contentInfo) {
    const unsigned char* position = contentInfo.data();
    CmsPtr cms(d2i_CMS_ContentInfo(nullptr, &position, static_cast<long>(contentInfo.size())));
    ERR_clear_error();
    if (!cms || position != contentInfo.data() + contentInfo.size() ||
        OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed) {
        throw MalformedData("The content is no CMS SignedData.");
    }
    return cms;
}

Bytes signedContent(CMS_ContentInfo& cms) {
    ASN1_OCTET_STRING** content = CMS_get0_content(&cms);
    if (content == nullptr || *content == nullptr) {
        return {};
    }
    return toBytes({ASN1_STRING_get0_data(*content), static_cast<std::size_t>(ASN1_STRING_length(*content))});
}

} // namespace

SignedData::SignedData(Bytes contentInfo, ObjectIdentifier contentType, Bytes content)
    : contentInfo_(std::move(contentInfo)), contentType_(std::move(contentType)),
      content_(std::move(content)) {}

SignedData SignedData::decode(BytesView contentInfo) {
    const CmsPtr cms = parse(contentInfo);
    const ASN1_OBJECT* type = CMS_get0_eContentType(cms.get());
    return SignedData(toBytes(contentInfo),
                      ObjectIdentifier::fromContent({OBJ_get0_data(type), OBJ_length(type)}),
                      signedContent(*cms));
}

std::vector<Bytes> SignedData::certificates() const {
    const CmsPtr cms = parseCms();
    const std::unique_ptr<STACK_OF(X509), X509Stack> stack(CMS_get1_certs(cms.get()));
    std::vector<Bytes> certificates;
    for (int index = 0; stack && index < sk_X509_num(stack.get()); ++index) {
        unsigned char* der = nullptr;
        const int length = i2d_X509(sk_X509_value(stack.get(), index), &der);
        if (length < 0) {
            throw opensslError("A certificate in a SignedData cannot be written as DER");
        }
        certificates.emplace_back(der, der + length);
        OPENSSL_free(der);
    }
    return certificates;
}

CmsPtr SignedData::parseCms() const {
    return parse(contentInfo_);
}

} // namespace cancuoc::lds
