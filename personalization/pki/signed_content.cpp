// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/signed_content.hpp"

#include <string>

#include "personalization/pki/key_kind.hpp"
#include "personalization/pki/token_key.hpp"

namespace cancuoc::personalization {

namespace {

using ObjectPtr = std::unique_ptr<ASN1_OBJECT, OpensslFree<ASN1_OBJECT_free>>;
using TimePtr = std::unique_ptr<ASN1_TIME, OpensslFree<ASN1_TIME_free>>;

} // namespace

CmsPtr signContent(BytesView content, std::string_view contentType, X509& signer, EVP_PKEY& key,
                   std::chrono::sys_seconds time) {
    constexpr const char* failure = "The content cannot be signed";
    constexpr unsigned flags = CMS_BINARY | CMS_NOSMIMECAP | CMS_PARTIAL | CMS_USE_KEYID;
    auto cms = ownOpenssl<CmsPtr>(CMS_sign(nullptr, nullptr, nullptr, nullptr, flags), failure);
    const auto type = ownOpenssl<ObjectPtr>(OBJ_txt2obj(std::string(contentType).c_str(), 1), failure);
    requireOpenssl(CMS_set1_eContentType(cms.get(), type.get()), failure);
    // OpenSSL counts its references to key and certificate without changing what they are.
    CMS_SignerInfo* info =
        CMS_add1_signer(cms.get(), &signer, &key, opensslDigest(schemeOf(key).hash), flags | CMS_KEY_PARAM);
    if (info == nullptr) {
        throw opensslError(failure);
    }
    choosePadding(key, *CMS_SignerInfo_get0_pkey_ctx(info));
    const auto moment = ownOpenssl<TimePtr>(ASN1_TIME_set(nullptr, time.time_since_epoch().count()), failure);
    requireOpenssl(CMS_signed_add1_attr_by_NID(info, NID_pkcs9_signingTime, moment->type, moment.get(), -1),
                   failure);
    const auto data =
        ownOpenssl<BioPtr>(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())), failure);
    if (CMS_final(cms.get(), data.get(), nullptr, flags) != 1) {
        throwSigningFailure(failure);
    }
    return cms;
}

} // namespace cancuoc::personalization
