// SPDX-License-Identifier: Apache-2.0
#include "tests/interop/openpace/openpace.hpp"

#include <openssl/dh.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>

#include <utility>

// Exported by libeac, but declared in none of the installed headers.
extern "C" {
BUF_MEM* KA_CTX_generate_key(const KA_CTX* ctx, BN_CTX* bn_ctx);
int KA_CTX_compute_key(KA_CTX* ctx, const BUF_MEM* in, BN_CTX* bn_ctx);
int KA_CTX_derive_keys(KA_CTX* ctx, const BUF_MEM* nonce, EVP_MD_CTX* md_ctx);
BUF_MEM* get_pubkey(EVP_PKEY* key, BN_CTX* bn_ctx);
int EVP_PKEY_set_std_dp(EVP_PKEY* key, int stnd_dp);
}

namespace peer {

namespace {

constexpr std::uint8_t secureMessagingClass = 0x0C;
constexpr std::uint8_t paddingIndicator = 0x01;
constexpr std::size_t macLength = 8;

Password newPassword(std::uint8_t reference, const std::string& text, enum s_type type) {
    Secret secret(PACE_SEC_new(text.data(), text.size(), type));
    require(secret != nullptr, "OpenPACE does not take this password");
    return {reference, std::move(secret)};
}

bool isEllipticCurve(const EVP_PKEY& key) {
    return EVP_PKEY_get_base_id(&key) == EVP_PKEY_EC;
}

/// Of two keys of one kind.
bool sameDomainParameters(const EVP_PKEY& left, const EVP_PKEY& right) {
    if (isEllipticCurve(left)) {
        return EC_GROUP_cmp(EC_KEY_get0_group(EVP_PKEY_get0_EC_KEY(&left)),
                            EC_KEY_get0_group(EVP_PKEY_get0_EC_KEY(&right)), nullptr) == 0;
    }
    const DH* const group = EVP_PKEY_get0_DH(&left);
    const DH* const other = EVP_PKEY_get0_DH(&right);
    return BN_cmp(DH_get0_p(group), DH_get0_p(other)) == 0 && BN_cmp(DH_get0_g(group), DH_get0_g(other)) == 0;
}

/// libeac drops the zeros that a secret of DH begins with; PKCS#3, 8.3 keeps them (Doc 9303-11, 9.6).
void keepLeadingZeros(KA_CTX& agreement) {
    const BUF_MEM& secret = *agreement.shared_secret;
    const auto size = static_cast<std::size_t>(EVP_PKEY_get_size(agreement.key));
    if (isEllipticCurve(*agreement.key) || secret.length >= size) {
        return;
    }
    Bytes padded(size);
    std::copy(secret.data, secret.data + secret.length,
              padded.end() - static_cast<std::ptrdiff_t>(secret.length));
    BUF_MEM_clear_free(std::exchange(agreement.shared_secret, toBuffer(padded).release()));
}

} // namespace

Context newContext() {
    Context context(EAC_CTX_new());
    require(context != nullptr, "OpenPACE gave no context");
    return context;
}

Buffer toBuffer(View bytes) {
    Buffer buffer(BUF_MEM_new());
    require(buffer != nullptr && BUF_MEM_grow(buffer.get(), bytes.size()) == bytes.size(), "out of memory");
    std::copy(bytes.begin(), bytes.end(), buffer->data);
    return buffer;
}

Bytes taken(BUF_MEM* buffer, const std::string& what) {
    const Buffer owned(buffer);
    require(owned != nullptr, what);
    return {owned->data, owned->data + owned->length};
}

Password Password::fromCan(const std::string& can) {
    return newPassword(2, can, PACE_CAN);
}

Password Password::fromPin(const std::string& pin) {
    return newPassword(3, pin, PACE_PIN);
}

Password Password::fromPuk(const std::string& puk) {
    return newPassword(4, puk, PACE_PUK);
}

Password Password::fromMrz(const std::string& mrz) {
    require(mrz.size() == 90, "a TD1 MRZ has 90 characters");
    return newPassword(1, mrz, PACE_MRZ);
}

int protocolNumber(View objectIdentifier) {
    const Bytes encoded = dataObject(0x06, objectIdentifier);
    const unsigned char* position = encoded.data();
    const std::unique_ptr<ASN1_OBJECT, decltype(&ASN1_OBJECT_free)> object(
        d2i_ASN1_OBJECT(nullptr, &position, static_cast<long>(encoded.size())), &ASN1_OBJECT_free);
    const int number = object ? OBJ_obj2nid(object.get()) : NID_undef;
    require(number != NID_undef, "OpenPACE does not know this protocol");
    return number;
}

std::vector<PaceInfo> paceInfosOf(View cardAccess) {
    require(EAC_CTX_init_ef_cardaccess(cardAccess.data(), cardAccess.size(), newContext().get()) == 1,
            "EF.CardAccess: OpenPACE does not read it");
    const Bytes idPace = fromHex("04007F0007020204");
    std::vector<PaceInfo> infos;
    for (const DataObject& info : dataObjects(find(cardAccess, 0x31)->value)) {
        const auto fields = dataObjects(info.value);
        const View protocol = fields[0].value;
        if (fields.size() == 3 && protocol.size() > idPace.size() &&
            std::equal(idPace.begin(), idPace.end(), protocol.begin())) {
            infos.push_back({Bytes(protocol.begin(), protocol.end()), fields[2].value[0]});
        }
    }
    require(!infos.empty(), "EF.CardAccess has no PACEInfo");
    return infos;
}

// libeac's own shortens an x-coordinate that begins with zeros.
Bytes compressed(View publicKey, int domainParameters) {
    const bool ellipticCurve = domainParameters > 2;
    if (ellipticCurve) {
        const View coordinate = publicKey.subspan(1, publicKey.size() / 2);
        return {coordinate.begin(), coordinate.end()};
    }
    Bytes hash(20);
    require(EVP_Digest(publicKey.data(), publicKey.size(), hash.data(), nullptr, EVP_sha1(), nullptr) == 1,
            "OpenSSL does not hash");
    return hash;
}

StaticPublicKey StaticPublicKey::decode(View subjectPublicKeyInfo) {
    using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
    const unsigned char* position = subjectPublicKeyInfo.data();
    const Key key(d2i_PUBKEY(nullptr, &position, static_cast<long>(subjectPublicKeyInfo.size())),
                  &EVP_PKEY_free);
    require(key != nullptr, "Chip Authentication: OpenSSL does not read the public key");
    const std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> numbers(BN_CTX_new(), &BN_CTX_free);
    const int first = isEllipticCurve(*key) ? 8 : 0;
    const int last = isEllipticCurve(*key) ? 18 : 2;
    for (int candidate = first; candidate <= last; ++candidate) {
        const Key known(EVP_PKEY_new(), &EVP_PKEY_free);
        if (EVP_PKEY_set_std_dp(known.get(), candidate) == 1 && sameDomainParameters(*key, *known)) {
            return {candidate, taken(get_pubkey(key.get(), numbers.get()), "the key has no public key")};
        }
    }
    throw Failure("Chip Authentication: the key has domain parameters that are not standardized");
}

void derivePaceKeys(EAC_CTX& context, View otherPublicKey) {
    require(PACE_STEP3B_compute_shared_secret(&context, toBuffer(otherPublicKey).get()) == 1,
            "PACE: OpenPACE refused the other side's public key");
    keepLeadingZeros(*context.pace_ctx->ka_ctx);
    require(PACE_STEP3C_derive_keys(&context) == 1, "PACE: OpenPACE derived no keys");
}

void deriveChipAuthenticationKeys(EAC_CTX& context, View otherPublicKey) {
    KA_CTX* const agreement = context.ca_ctx->ka_ctx;
    require(KA_CTX_compute_key(agreement, toBuffer(otherPublicKey).get(), context.bn_ctx) == 1,
            "Chip Authentication: OpenPACE refused the other side's public key");
    keepLeadingZeros(*agreement);
    require(KA_CTX_derive_keys(agreement, nullptr, context.md_ctx) == 1,
            "Chip Authentication: OpenPACE derived no keys");
}

Bytes generateChipAuthenticationKey(EAC_CTX& context) {
    return taken(KA_CTX_generate_key(context.ca_ctx->ka_ctx, context.bn_ctx),
                 "Chip Authentication: OpenPACE generated no key");
}

Bytes SecureMessaging::encrypt(View plain) {
    const Buffer padded(EAC_add_iso_pad(&context_, toBuffer(plain).get()));
    require(padded != nullptr, "secure messaging: padding failed");
    return taken(EAC_encrypt(&context_, padded.get()), "secure messaging: encryption failed");
}

Bytes SecureMessaging::decrypt(View cryptogram) {
    const Buffer padded(EAC_decrypt(&context_, toBuffer(cryptogram).get()));
    require(padded != nullptr, "secure messaging: decryption failed");
    return taken(EAC_remove_iso_pad(padded.get()), "secure messaging: the padding is wrong");
}

// The MAC's input is padded twice: the header alone, then header and data objects together.
Bytes SecureMessaging::mac(View header, View dataObjects) {
    Bytes input(header.begin(), header.end());
    if (!header.empty()) {
        input = taken(EAC_add_iso_pad(&context_, toBuffer(header).get()), "secure messaging: padding failed");
    }
    if (!dataObjects.empty()) {
        const Bytes whole = concat({input, dataObjects});
        input = taken(EAC_add_iso_pad(&context_, toBuffer(whole).get()), "secure messaging: padding failed");
    }
    Bytes code = taken(EAC_authenticate(&context_, toBuffer(input).get()),
                       "secure messaging: the MAC was not computed");
    require(code.size() == macLength, "secure messaging: the MAC has a wrong length");
    return code;
}

void SecureMessaging::checkMac(View header, View body) {
    const auto code = find(body, 0x8E);
    require(code.has_value(), "secure messaging: the MAC is missing");
    require(code->whole.data() + code->whole.size() == body.data() + body.size(),
            "secure messaging: something follows the MAC");
    const Bytes expected = mac(header, body.first(body.size() - code->whole.size()));
    require(toHex(expected) == toHex(code->value), "secure messaging: the MAC is wrong");
}

Command SecureMessaging::protect(const Command& command) {
    EAC_increment_ssc(&context_);
    const auto cla = static_cast<std::uint8_t>(command.cla | secureMessagingClass);
    Bytes objects;
    if (!command.data.empty()) {
        const Bytes indicator{paddingIndicator};
        objects = dataObject(0x87, concat({indicator, encrypt(command.data)}));
    }
    if (command.expectedLength) {
        const auto low = static_cast<std::uint8_t>(*command.expectedLength & 0xFF);
        const auto high = static_cast<std::uint8_t>(*command.expectedLength >> 8 & 0xFF);
        const Bytes length = *command.expectedLength > 256 ? Bytes{high, low} : Bytes{low};
        objects = concat({objects, dataObject(0x97, length)});
    }
    const Bytes header{cla, command.ins, command.p1, command.p2};
    const Bytes data = concat({objects, dataObject(0x8E, mac(header, objects))});
    const bool extended = data.size() > 0xFF || command.expectedLength.value_or(0) > 0x100;
    return {cla, command.ins, command.p1, command.p2, data, extended ? 65536 : 256};
}

Response SecureMessaging::unprotect(const Response& protectedResponse) {
    require(!protectedResponse.data.empty(),
            "the chip answered without secure messaging: " + toHex(protectedResponse.encode()));
    EAC_increment_ssc(&context_);
    const View body = protectedResponse.data;
    checkMac({}, body);
    Response response;
    response.statusWord = protectedResponse.statusWord;
    if (const auto cryptogram = find(body, 0x87)) {
        require(cryptogram->value.size() > 1 && cryptogram->value[0] == paddingIndicator,
                "secure messaging: the padding indicator is not 1");
        response.data = decrypt(cryptogram->value.subspan(1));
    }
    const auto status = find(body, 0x99);
    require(status && status->value.size() == 2, "secure messaging: the protected status word is missing");
    require(status->value[0] == protectedResponse.statusWord >> 8 &&
                status->value[1] == (protectedResponse.statusWord & 0xFF),
            "secure messaging: the status words differ");
    return response;
}

Command SecureMessaging::unprotect(const Command& protectedCommand) {
    EAC_increment_ssc(&context_);
    const Bytes header{protectedCommand.cla, protectedCommand.ins, protectedCommand.p1, protectedCommand.p2};
    const View body = protectedCommand.data;
    checkMac(header, body);
    Command command = protectedCommand;
    command.cla = static_cast<std::uint8_t>(command.cla & ~secureMessagingClass);
    command.data.clear();
    command.expectedLength.reset();
    if (const auto cryptogram = find(body, 0x87)) {
        require(cryptogram->value.size() > 1 && cryptogram->value[0] == paddingIndicator,
                "secure messaging: the padding indicator is not 1");
        command.data = decrypt(cryptogram->value.subspan(1));
    } else if (const auto odd = find(body, 0x85)) {
        command.data = decrypt(odd->value);
    }
    if (const auto length = find(body, 0x97)) {
        std::size_t number = 0;
        for (const std::uint8_t byte : length->value) {
            number = number << 8 | byte;
        }
        command.expectedLength = number != 0 ? number : length->value.size() == 1 ? 256 : 65536;
    }
    return command;
}

Response SecureMessaging::protect(const Response& response) {
    EAC_increment_ssc(&context_);
    Bytes objects;
    if (!response.data.empty()) {
        const Bytes indicator{paddingIndicator};
        objects = dataObject(0x87, concat({indicator, encrypt(response.data)}));
    }
    const Bytes status{static_cast<std::uint8_t>(response.statusWord >> 8),
                       static_cast<std::uint8_t>(response.statusWord & 0xFF)};
    objects = concat({objects, dataObject(0x99, status)});
    return {concat({objects, dataObject(0x8E, mac({}, objects))}), response.statusWord};
}

} // namespace peer
