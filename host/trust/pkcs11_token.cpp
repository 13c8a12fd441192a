// SPDX-License-Identifier: Apache-2.0
#include "host/trust/pkcs11_token.hpp"

#include "host/crypto/digest.hpp"

#include <openssl/objects.h>
#include <p11-kit/p11-kit.h>
#include <p11-kit/uri.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace cancuoc::trust {

namespace {

struct FreeUri {
    void operator()(P11KitUri* uri) const noexcept { p11_kit_uri_free(uri); }
};
using Uri = std::unique_ptr<P11KitUri, FreeUri>;

/// A refusal of the token, with PKCS#11's code for it. Leaves this file as what it is a subclass of.
class Refusal : public TokenUnavailable {
public:
    Refusal(const std::string& what, CK_RV code)
        : TokenUnavailable("The token " + what + " (" + p11_kit_strerror(code) + ")."), code_(code) {}

    /// Whether the sessions are gone, and with them the login: the token was pulled, or reset by somebody.
    [[nodiscard]] bool isLost() const {
        constexpr std::array<CK_RV, 9> lost{
            CKR_DEVICE_ERROR,         CKR_DEVICE_REMOVED,        CKR_TOKEN_NOT_PRESENT,
            CKR_TOKEN_NOT_RECOGNIZED, CKR_SESSION_CLOSED,        CKR_SESSION_HANDLE_INVALID,
            CKR_KEY_HANDLE_INVALID,   CKR_OBJECT_HANDLE_INVALID, CKR_USER_NOT_LOGGED_IN};
        return std::find(lost.begin(), lost.end(), code_) != lost.end();
    }

private:
    CK_RV code_;
};

void require(CK_RV code, const std::string& what) {
    if (code != CKR_OK) {
        throw Refusal(what, code);
    }
}

Uri parse(std::string_view text) {
    Uri uri(p11_kit_uri_new());
    if (p11_kit_uri_parse(std::string(text).c_str(), P11_KIT_URI_FOR_ANY, uri.get()) != P11_KIT_URI_OK) {
        throw BadConfiguration("The place of the key is no PKCS#11 URI.");
    }
    if (p11_kit_uri_get_module_path(uri.get()) == nullptr) {
        throw BadConfiguration("The PKCS#11 URI of the key names no module-path.");
    }
    return uri;
}

constexpr auto tokenAndModule = static_cast<P11KitUriType>(P11_KIT_URI_FOR_TOKEN | P11_KIT_URI_FOR_MODULE);

std::string formatUri(P11KitUri& uri, P11KitUriType type) {
    char* text = nullptr;
    if (p11_kit_uri_format(&uri, type, &text) != P11_KIT_URI_OK) {
        throw BadConfiguration("The place of the key cannot be written as a PKCS#11 URI.");
    }
    const std::unique_ptr<char, decltype(&std::free)> owned(text, &std::free);
    return owned.get();
}

/// The module, loaded and initialized as long as the object lives.
class Module {
public:
    explicit Module(const char* path) : functions_(p11_kit_module_load(path, 0)) {
        if (functions_ == nullptr) {
            throw TokenUnavailable("The PKCS#11 module " + std::string(path) + " cannot be loaded.");
        }
        const CK_RV code = p11_kit_module_initialize(functions_);
        if (code != CKR_OK) {
            p11_kit_module_release(functions_);
            throw Refusal("cannot be reached", code);
        }
    }
    Module(const Module&) = delete;
    Module& operator=(const Module&) = delete;
    ~Module() {
        p11_kit_module_finalize(functions_);
        p11_kit_module_release(functions_);
    }

    /// Ends everything that is open in the module and looks for tokens anew, where nobody else in this
    /// process uses it.
    void restart() {
        p11_kit_module_finalize(functions_);
        require(p11_kit_module_initialize(functions_), "cannot be reached");
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

CK_ATTRIBUTE attribute(CK_ATTRIBUTE_TYPE type, std::span<std::uint8_t> value) {
    return {type, value.data(), value.size()};
}

template <class Value>
CK_ATTRIBUTE attributeOf(CK_ATTRIBUTE_TYPE type, Value& value) {
    return {type, &value, sizeof value};
}

// CKA_EC_PARAMS names the curve by its object identifier (PKCS#11 v2.40, 2.3.3).
Bytes parametersOf(const EllipticCurve& curve) {
    const ASN1_OBJECT* const identifier = OBJ_nid2obj(curve.nid());
    Bytes der(static_cast<std::size_t>(i2d_ASN1_OBJECT(identifier, nullptr)));
    unsigned char* position = der.data();
    i2d_ASN1_OBJECT(identifier, &position);
    return der;
}

EllipticCurve curveOf(BytesView parameters) {
    using ObjectPtr = std::unique_ptr<ASN1_OBJECT, OpensslFree<ASN1_OBJECT_free>>;
    const unsigned char* position = parameters.data();
    const ObjectPtr identifier(d2i_ASN1_OBJECT(nullptr, &position, static_cast<long>(parameters.size())));
    if (!identifier) {
        throw TokenUnavailable("The key in the token does not name its curve.");
    }
    return EllipticCurve::named(OBJ_nid2sn(OBJ_obj2nid(identifier.get())));
}

// CKA_EC_POINT is an OCTET STRING; some modules leave its tag away (PKCS#11 v2.40, 2.3.3).
Bytes pointOf(BytesView value) {
    using OctetStringPtr = std::unique_ptr<ASN1_OCTET_STRING, OpensslFree<ASN1_OCTET_STRING_free>>;
    const unsigned char* position = value.data();
    const OctetStringPtr wrapped(d2i_ASN1_OCTET_STRING(nullptr, &position, static_cast<long>(value.size())));
    if (!wrapped) {
        return toBytes(value);
    }
    const unsigned char* const data = ASN1_STRING_get0_data(wrapped.get());
    return {data, data + ASN1_STRING_length(wrapped.get())};
}

} // namespace

/// The sessions with one token. A session belongs to an epoch: the time between two logins.
class Pkcs11Token::Sessions {
public:
    struct Session {
        CK_SESSION_HANDLE handle;
        std::uint64_t epoch;
        CK_SLOT_ID slot;
    };

    Sessions(Uri uri, SecretBytes pin)
        : uri_(std::move(uri)), pin_(std::move(pin)), module_(p11_kit_uri_get_module_path(uri_.get())) {
        const char* const inUri = p11_kit_uri_get_pin_value(uri_.get());
        if (pin_.empty() && inUri != nullptr) {
            pin_ = SecretBytes(viewOf(inUri));
        }
        p11_kit_uri_set_pin_value(uri_.get(), nullptr);
        const std::lock_guard guard(mutex_);
        logIn();
    }
    Sessions(const Sessions&) = delete;
    Sessions& operator=(const Sessions&) = delete;
    ~Sessions() {
        const std::lock_guard guard(mutex_);
        closeAll();
    }

    /// What `work(module, session)` gives over a session that nobody else uses meanwhile; once more
    /// over a new login when the token was lost.
    template <class Work>
    auto with(Work work) {
        Session session = borrow();
        try {
            return give(session, work);
        } catch (const Refusal& refusal) {
            if (!refusal.isLost()) {
                throw;
            }
        }
        forget(session.epoch);
        session = borrow();
        return give(session, work);
    }

    /// The same with a session that may write to the token, and is closed at once.
    template <class Work>
    auto withWriting(Work work) {
        return with([&](const Module& module, const Session& reading) {
            CK_SESSION_HANDLE session = 0;
            require(module->C_OpenSession(reading.slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr,
                                          &session),
                    "opens no session that may write");
            try {
                auto result = work(module, session);
                module->C_CloseSession(session);
                return result;
            } catch (...) {
                module->C_CloseSession(session);
                throw;
            }
        });
    }

    /// A copy of the URI of the token.
    [[nodiscard]] Uri uri() const { return parse(formatUri(*uri_, tokenAndModule)); }

private:
    template <class Work>
    auto give(const Session& session, Work& work) {
        try {
            auto result = work(module_, session);
            giveBack(session);
            return result;
        } catch (...) {
            giveBack(session);
            throw;
        }
    }

    Session borrow() {
        const std::lock_guard guard(mutex_);
        if (login_ != Login::Done) {
            logIn();
        }
        if (idle_.empty()) {
            idle_.push_back(open());
        }
        const Session session{idle_.back(), epoch_, slot_};
        idle_.pop_back();
        ++borrowed_;
        return session;
    }

    void giveBack(const Session& session) {
        const std::lock_guard guard(mutex_);
        --borrowed_;
        if (session.epoch == epoch_) {
            idle_.push_back(session.handle);
        } else {
            module_->C_CloseSession(session.handle);
        }
    }

    // By the first who noticed; the others come after it.
    void forget(std::uint64_t lostEpoch) {
        const std::lock_guard guard(mutex_);
        if (epoch_ == lostEpoch) {
            closeAll();
            ++epoch_;
            login_ = Login::Needed;
        }
    }

    void closeAll() {
        for (const CK_SESSION_HANDLE session : idle_) {
            module_->C_CloseSession(session);
        }
        idle_.clear();
        module_->C_CloseSession(anchor_);
    }

    CK_SESSION_HANDLE open() {
        CK_SESSION_HANDLE session = 0;
        require(module_->C_OpenSession(slot_, CKF_SERIAL_SESSION, nullptr, nullptr, &session),
                "opens no session");
        return session;
    }

    // The anchor stays open, so that the login does.
    void logIn() {
        if (login_ == Login::Refused) {
            throw WrongTokenPin("The token did not accept the PIN, and is not asked again: it would lock.");
        }
        auto slot = findSlot();
        if (!slot && borrowed_ == 0) { // modules look for tokens when they start
            module_.restart();
            slot = findSlot();
        }
        if (!slot) {
            throw TokenUnavailable("The token that the key is in is not there.");
        }
        slot_ = *slot;
        anchor_ = open();
        try {
            present(pin_.copy());
        } catch (...) {
            module_->C_CloseSession(anchor_);
            throw;
        }
        login_ = Login::Done;
    }

    void present(SecretBytes pin) {
        if (pin.empty()) {
            return;
        }
        const CK_RV code = module_->C_Login(anchor_, CKU_USER, pin.span().data(), pin.size());
        constexpr std::array<CK_RV, 5> refusals{CKR_PIN_INCORRECT, CKR_PIN_INVALID, CKR_PIN_LEN_RANGE,
                                                CKR_PIN_EXPIRED, CKR_PIN_LOCKED};
        if (std::find(refusals.begin(), refusals.end(), code) != refusals.end()) {
            login_ = Login::Refused;
            throw WrongTokenPin(std::string("The token does not accept the PIN (") + p11_kit_strerror(code) +
                                ").");
        }
        if (code != CKR_USER_ALREADY_LOGGED_IN) {
            require(code, "lets nobody log in");
        }
    }

    std::optional<CK_SLOT_ID> findSlot() {
        CK_ULONG count = 0;
        std::vector<CK_SLOT_ID> slots;
        if (module_->C_GetSlotList(CK_TRUE, nullptr, &count) == CKR_OK) {
            slots.resize(count);
            slots.resize(module_->C_GetSlotList(CK_TRUE, slots.data(), &count) == CKR_OK ? count : 0);
        }
        for (const CK_SLOT_ID slot : slots) {
            CK_TOKEN_INFO info{};
            if (module_->C_GetTokenInfo(slot, &info) == CKR_OK &&
                p11_kit_uri_match_token_info(uri_.get(), &info) == 1) {
                return slot;
            }
        }
        return std::nullopt;
    }

    Uri uri_;
    SecretBytes pin_;
    Module module_;
    enum class Login { Needed, Done, Refused };

    std::mutex mutex_; ///< of what follows
    Login login_ = Login::Needed;
    CK_SLOT_ID slot_ = 0;
    CK_SESSION_HANDLE anchor_ = 0;
    std::vector<CK_SESSION_HANDLE> idle_;
    unsigned borrowed_ = 0; ///< sessions that somebody is using
    std::uint64_t epoch_ = 0;
};

/// Where a key is, and its handle as long as an epoch lasts.
struct Pkcs11Key::Place {
    using Session = Pkcs11Token::Sessions::Session;

    std::shared_ptr<Pkcs11Token::Sessions> sessions;
    std::string uri;
    CK_OBJECT_CLASS kind = CKO_PRIVATE_KEY;
    std::mutex mutex; ///< of what follows
    std::uint64_t epoch = 0;
    std::optional<CK_OBJECT_HANDLE> handle;

    CK_OBJECT_HANDLE findObject(const Module& module, CK_SESSION_HANDLE session,
                                CK_OBJECT_CLASS wantedKind) const {
        const Uri parsed = parse(uri);
        CK_ULONG count = 0;
        CK_ATTRIBUTE* const named = p11_kit_uri_get_attributes(parsed.get(), &count);
        std::vector<CK_ATTRIBUTE> wanted{attributeOf(CKA_CLASS, wantedKind)};
        for (CK_ULONG index = 0; index < count; ++index) {
            if (named[index].type != CKA_CLASS) {
                wanted.push_back(named[index]);
            }
        }
        require(module->C_FindObjectsInit(session, wanted.data(), wanted.size()), "cannot be searched");
        CK_OBJECT_HANDLE found = 0;
        CK_ULONG number = 0;
        const CK_RV code = module->C_FindObjects(session, &found, 1, &number);
        module->C_FindObjectsFinal(session);
        require(code, "cannot be searched");
        if (number == 0) {
            throw KeyNotInToken("The key is not in the token.");
        }
        return found;
    }

    CK_OBJECT_HANDLE key(const Module& module, const Session& session) {
        const std::lock_guard guard(mutex);
        if (!handle || epoch != session.epoch) {
            handle = findObject(module, session.handle, kind);
            epoch = session.epoch;
        }
        return *handle;
    }

    Bytes sign(CK_MECHANISM mechanism, BytesView data) {
        return sessions->with([&](const Module& module, const Session& session) {
            constexpr std::size_t longestSignature = 1024;
            require(module->C_SignInit(session.handle, &mechanism, key(module, session)),
                    "does not sign with this algorithm");
            Bytes input = toBytes(data);
            Bytes signature(longestSignature);
            CK_ULONG size = signature.size();
            require(module->C_Sign(session.handle, input.data(), input.size(), signature.data(), &size),
                    "does not sign");
            signature.resize(size);
            return signature;
        });
    }

    Bytes encrypt(CK_MECHANISM mechanism, BytesView data) {
        return sessions->with([&](const Module& module, const Session& session) {
            require(module->C_EncryptInit(session.handle, &mechanism, key(module, session)),
                    "does not encrypt with this algorithm");
            Bytes input = toBytes(data);
            Bytes encrypted(data.size());
            CK_ULONG size = encrypted.size();
            require(module->C_Encrypt(session.handle, input.data(), input.size(), encrypted.data(), &size),
                    "does not encrypt");
            encrypted.resize(size);
            return encrypted;
        });
    }

    Bytes read(CK_ATTRIBUTE_TYPE type) const {
        return sessions->with([&](const Module& module, const Session& session) {
            constexpr std::size_t longestAttribute = 1024;
            Bytes value(longestAttribute);
            CK_ATTRIBUTE wanted = attribute(type, value);
            require(module->C_GetAttributeValue(
                        session.handle, findObject(module, session.handle, CKO_PUBLIC_KEY), &wanted, 1),
                    "does not tell the public key");
            value.resize(wanted.ulValueLen);
            return value;
        });
    }
};

Bytes Pkcs11Key::sign(const SignatureScheme& scheme, BytesView message) const {
    const Mechanism known = mechanismOf(scheme.hash);
    switch (scheme.kind) {
    case SignatureScheme::Kind::EcdsaPlain:
        return signHash(digest(scheme.hash, message));
    case SignatureScheme::Kind::RsaPkcs1:
        return place_->sign({known.rsaPkcs1, nullptr, 0}, message);
    case SignatureScheme::Kind::RsaPss:
        break;
    }
    CK_RSA_PKCS_PSS_PARAMS parameters{known.hash, known.mask, sizeOf(scheme.hash)};
    return place_->sign({known.rsaPss, &parameters, sizeof parameters}, message);
}

Bytes Pkcs11Key::signHash(BytesView hash) const {
    return place_->sign({CKM_ECDSA, nullptr, 0}, hash);
}

Pkcs11Key::PublicKey Pkcs11Key::publicKey() const {
    return {curveOf(place_->read(CKA_EC_PARAMS)), pointOf(place_->read(CKA_EC_POINT))};
}

Bytes Pkcs11SecretKey::cmac(BytesView message) const {
    return place_->sign({CKM_AES_CMAC, nullptr, 0}, message);
}

Bytes Pkcs11SecretKey::encryptTripleDes(BytesView blocks) const {
    return place_->encrypt({CKM_DES3_ECB, nullptr, 0}, blocks);
}

const std::string& Pkcs11Key::uri() const {
    return place_->uri;
}

Pkcs11Token::Pkcs11Token(std::string_view uri, SecretBytes pin)
    : sessions_(std::make_shared<Sessions>(parse(uri), std::move(pin))) {}

std::shared_ptr<Pkcs11Key::Place> Pkcs11Token::place(std::string_view uri, unsigned long objectClass) const {
    const Uri parsed = parse(uri);
    p11_kit_uri_set_pin_value(parsed.get(), nullptr);
    auto found = std::make_shared<Pkcs11Key::Place>();
    found->sessions = sessions_;
    found->uri = formatUri(*parsed, P11_KIT_URI_FOR_ANY);
    found->kind = objectClass;
    sessions_->with(
        [&](const Module& module, const Sessions::Session& session) { return found->key(module, session); });
    return found;
}

Pkcs11Key Pkcs11Token::find(std::string_view uri) const {
    return Pkcs11Key(place(uri, CKO_PRIVATE_KEY));
}

Pkcs11SecretKey Pkcs11Token::findSecret(std::string_view uri) const {
    return Pkcs11SecretKey(place(uri, CKO_SECRET_KEY));
}

Pkcs11Key Pkcs11Token::generate(const EllipticCurve& curve, const std::string& label,
                                BytesView identifier) const {
    CK_BBOOL yes = CK_TRUE;
    CK_BBOOL no = CK_FALSE;
    Bytes parameters = parametersOf(curve);
    Bytes name = toBytes(viewOf(label));
    Bytes id = toBytes(identifier);
    std::vector<CK_ATTRIBUTE> publicKey{attributeOf(CKA_TOKEN, yes), attributeOf(CKA_VERIFY, yes),
                                        attribute(CKA_EC_PARAMS, parameters), attribute(CKA_LABEL, name),
                                        attribute(CKA_ID, id)};
    std::vector<CK_ATTRIBUTE> privateKey{attributeOf(CKA_TOKEN, yes),
                                         attributeOf(CKA_PRIVATE, yes),
                                         attributeOf(CKA_SENSITIVE, yes),
                                         attributeOf(CKA_EXTRACTABLE, no),
                                         attributeOf(CKA_SIGN, yes),
                                         attribute(CKA_LABEL, name),
                                         attribute(CKA_ID, id)};
    sessions_->withWriting([&](const Module& module, CK_SESSION_HANDLE session) {
        CK_MECHANISM mechanism{CKM_EC_KEY_PAIR_GEN, nullptr, 0};
        CK_OBJECT_HANDLE madePublic = 0;
        CK_OBJECT_HANDLE madePrivate = 0;
        require(module->C_GenerateKeyPair(session, &mechanism, publicKey.data(), publicKey.size(),
                                          privateKey.data(), privateKey.size(), &madePublic, &madePrivate),
                "makes no key on this curve");
        return madePrivate;
    });
    return find(uriOf(identifier));
}

std::string Pkcs11Token::uriOf(BytesView identifier) const {
    const Uri uri = sessions_->uri();
    Bytes id = toBytes(identifier);
    CK_ATTRIBUTE named = attribute(CKA_ID, id);
    p11_kit_uri_set_attribute(uri.get(), &named);
    return formatUri(*uri, P11_KIT_URI_FOR_ANY);
}

void Pkcs11Token::destroy(std::string_view uri) const {
    Pkcs11Key::Place place;
    place.sessions = sessions_;
    place.uri = uri;
    const bool found = sessions_->withWriting([&](const Module& module, CK_SESSION_HANDLE session) {
        bool any = false;
        for (const CK_OBJECT_CLASS kind : {CKO_PRIVATE_KEY, CKO_PUBLIC_KEY}) {
            try {
                require(module->C_DestroyObject(session, place.findObject(module, session, kind)),
                        "does not destroy the key");
                any = true;
            } catch (const KeyNotInToken&) {
                // The other half may be there still.
            }
        }
        return any;
    });
    if (!found) {
        throw KeyNotInToken("The key is not in the token.");
    }
}

std::string Pkcs11Token::placeOf(std::string_view uri) {
    return formatUri(*parse(uri), tokenAndModule) + " " + p11_kit_uri_get_module_path(parse(uri).get());
}

} // namespace cancuoc::trust
