// SPDX-License-Identifier: Apache-2.0
#include "host/trust/pkcs11_signer.hpp"

#include "host/base/error.hpp"

#include <p11-kit/p11-kit.h>
#include <p11-kit/uri.h>

#include <memory>
#include <mutex>
#include <utility>

namespace cancuoc::trust {

namespace {

struct FreeUri {
    void operator()(P11KitUri* uri) const noexcept { p11_kit_uri_free(uri); }
};
using Uri = std::unique_ptr<P11KitUri, FreeUri>;

[[noreturn]] void refuse(const std::string& what, CK_RV code) {
    throw ReaderUnavailable("The token of the terminal's key " + what + " (" + p11_kit_strerror(code) + ").");
}

void require(CK_RV code, const std::string& what) {
    if (code != CKR_OK) {
        refuse(what, code);
    }
}

Uri parse(std::string_view text) {
    Uri uri(p11_kit_uri_new());
    if (p11_kit_uri_parse(std::string(text).c_str(), P11_KIT_URI_FOR_ANY, uri.get()) != P11_KIT_URI_OK) {
        throw BadConfiguration("The place of the terminal's key is no PKCS#11 URI.");
    }
    if (p11_kit_uri_get_module_path(uri.get()) == nullptr) {
        throw BadConfiguration("The PKCS#11 URI of the terminal's key names no module-path.");
    }
    return uri;
}

/// The module, loaded and initialized as long as the object lives.
class Module {
public:
    explicit Module(const char* path) : functions_(p11_kit_module_load(path, 0)) {
        if (functions_ == nullptr) {
            throw ReaderUnavailable("The PKCS#11 module " + std::string(path) + " cannot be loaded.");
        }
        const CK_RV code = p11_kit_module_initialize(functions_);
        if (code != CKR_OK) {
            p11_kit_module_release(functions_);
            refuse("cannot be reached", code);
        }
    }
    Module(const Module&) = delete;
    Module& operator=(const Module&) = delete;
    ~Module() {
        p11_kit_module_finalize(functions_);
        p11_kit_module_release(functions_);
    }

    CK_FUNCTION_LIST* operator->() const { return functions_; }

private:
    CK_FUNCTION_LIST* functions_;
};

struct Mechanism {
    CK_MECHANISM_TYPE hash;
    CK_RSA_PKCS_MGF_TYPE mask;
    CK_MECHANISM_TYPE rsaPkcs1;
    CK_MECHANISM_TYPE rsaPss;
};

Mechanism mechanismOf(HashAlgorithm hash) {
    switch (hash) {
    case HashAlgorithm::Sha1:
        return {CKM_SHA_1, CKG_MGF1_SHA1, CKM_SHA1_RSA_PKCS, CKM_SHA1_RSA_PKCS_PSS};
    case HashAlgorithm::Sha224:
        return {CKM_SHA224, CKG_MGF1_SHA224, CKM_SHA224_RSA_PKCS, CKM_SHA224_RSA_PKCS_PSS};
    case HashAlgorithm::Sha256:
        return {CKM_SHA256, CKG_MGF1_SHA256, CKM_SHA256_RSA_PKCS, CKM_SHA256_RSA_PKCS_PSS};
    case HashAlgorithm::Sha384:
        return {CKM_SHA384, CKG_MGF1_SHA384, CKM_SHA384_RSA_PKCS, CKM_SHA384_RSA_PKCS_PSS};
    case HashAlgorithm::Sha512:
        break;
    }
    return {CKM_SHA512, CKG_MGF1_SHA512, CKM_SHA512_RSA_PKCS, CKM_SHA512_RSA_PKCS_PSS};
}

/// A session with the token, logged in, and the key in it.
class TokenKey {
public:
    explicit TokenKey(const Uri& uri)
        : module_(p11_kit_uri_get_module_path(uri.get())), session_(open(*uri)) {
        try {
            logIn(*uri);
            key_ = find(*uri);
        } catch (...) {
            module_->C_CloseSession(session_);
            throw;
        }
    }
    TokenKey(const TokenKey&) = delete;
    TokenKey& operator=(const TokenKey&) = delete;
    ~TokenKey() { module_->C_CloseSession(session_); }

    Bytes sign(const SignatureScheme& scheme, BytesView toBeSigned) {
        const std::lock_guard lock(oneAtATime_);
        const Mechanism known = mechanismOf(scheme.hash);
        switch (scheme.kind) {
        case SignatureScheme::Kind::EcdsaPlain:
            // Gives r || s already.
            return signWith({CKM_ECDSA, nullptr, 0}, digest(scheme.hash, toBeSigned));
        case SignatureScheme::Kind::RsaPkcs1:
            return signWith({known.rsaPkcs1, nullptr, 0}, toBeSigned);
        case SignatureScheme::Kind::RsaPss:
            break;
        }
        CK_RSA_PKCS_PSS_PARAMS parameters{known.hash, known.mask, sizeOf(scheme.hash)};
        return signWith({known.rsaPss, &parameters, sizeof parameters}, toBeSigned);
    }

private:
    CK_SESSION_HANDLE open(P11KitUri& uri) {
        CK_ULONG count = 0;
        require(module_->C_GetSlotList(CK_TRUE, nullptr, &count), "cannot be looked for");
        std::vector<CK_SLOT_ID> slots(count);
        require(module_->C_GetSlotList(CK_TRUE, slots.data(), &count), "cannot be looked for");
        slots.resize(count);
        for (const CK_SLOT_ID slot : slots) {
            CK_TOKEN_INFO info{};
            if (module_->C_GetTokenInfo(slot, &info) == CKR_OK &&
                p11_kit_uri_match_token_info(&uri, &info) == 1) {
                CK_SESSION_HANDLE session = 0;
                require(module_->C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session),
                        "opens no session");
                return session;
            }
        }
        throw ReaderUnavailable("The token that the terminal's key is in is not there.");
    }

    void logIn(P11KitUri& uri) {
        const char* const pin = p11_kit_uri_get_pin_value(&uri);
        if (pin == nullptr) {
            return;
        }
        std::string value(pin);
        const CK_RV code =
            module_->C_Login(session_, CKU_USER, reinterpret_cast<CK_UTF8CHAR*>(value.data()), value.size());
        wipe({reinterpret_cast<std::uint8_t*>(value.data()), value.size()});
        if (code != CKR_USER_ALREADY_LOGGED_IN) {
            require(code, "does not accept the PIN");
        }
    }

    CK_OBJECT_HANDLE find(P11KitUri& uri) {
        CK_ULONG count = 0;
        CK_ATTRIBUTE* const named = p11_kit_uri_get_attributes(&uri, &count);
        CK_OBJECT_CLASS privateKey = CKO_PRIVATE_KEY;
        std::vector<CK_ATTRIBUTE> wanted{{CKA_CLASS, &privateKey, sizeof privateKey}};
        for (CK_ULONG index = 0; index < count; ++index) {
            if (named[index].type != CKA_CLASS) {
                wanted.push_back(named[index]);
            }
        }
        require(module_->C_FindObjectsInit(session_, wanted.data(), wanted.size()), "cannot be searched");
        CK_OBJECT_HANDLE found = 0;
        CK_ULONG number = 0;
        const CK_RV code = module_->C_FindObjects(session_, &found, 1, &number);
        module_->C_FindObjectsFinal(session_);
        require(code, "cannot be searched");
        if (number == 0) {
            throw ReaderUnavailable("The terminal's key is not in the token.");
        }
        return found;
    }

    Bytes signWith(CK_MECHANISM mechanism, BytesView data) {
        constexpr std::size_t longestSignature = 1024;
        require(module_->C_SignInit(session_, &mechanism, key_), "does not sign with this algorithm");
        Bytes input = toBytes(data);
        Bytes signature(longestSignature);
        CK_ULONG size = signature.size();
        require(module_->C_Sign(session_, input.data(), input.size(), signature.data(), &size),
                "does not sign");
        signature.resize(size);
        return signature;
    }

    Module module_;
    CK_SESSION_HANDLE session_;
    CK_OBJECT_HANDLE key_ = 0;
    std::mutex oneAtATime_;
};

} // namespace

TerminalSigner pkcs11Signer(std::string_view uri, const SignatureScheme& scheme) {
    const auto key = std::make_shared<TokenKey>(parse(uri));
    return [key, scheme](BytesView toBeSigned) { return key->sign(scheme, toBeSigned); };
}

} // namespace cancuoc::trust
