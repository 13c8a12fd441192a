// SPDX-License-Identifier: Apache-2.0
#include "personalization/globalplatform/issuer_security_domain.hpp"

#include "host/apdu/tlv.hpp"
#include "personalization/globalplatform/aes_key_derivation.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

constexpr StatusWord moreDataAvailable{0x6310};
constexpr StatusWord referencedDataNotFound{0x6A88};

// INSTALL, P1 (11.5.2.1)
constexpr std::uint8_t forLoad = 0x02;
constexpr std::uint8_t forInstall = 0x04;
constexpr std::uint8_t forMakeSelectable = 0x08;
constexpr std::uint8_t forPersonalization = 0x20;

void requireSuccess(const ResponseApdu& response, const std::string& action) {
    if (!response.sw.isSuccess()) {
        throw CardError(action + ": the chip answered " + describe(response.sw) + ".", response.sw.value());
    }
}

/// Appends a field with its length in one byte.
void appendField(Bytes& data, BytesView field) {
    constexpr std::size_t longest = 0x7F;
    if (field.size() > longest) {
        throw BadConfiguration("A field of INSTALL has " + std::to_string(field.size()) +
                               " bytes; 127 are the most.");
    }
    data.push_back(static_cast<std::uint8_t>(field.size()));
    append(data, field);
}

Bytes fields(std::initializer_list<BytesView> values) {
    Bytes data;
    for (const BytesView value : values) {
        appendField(data, value);
    }
    return data;
}

// 11.8.2.3: type, length, component block, check value. The component block of an AES key begins with the
// key's length, and a key that is no whole number of blocks is filled up with zeros.
Bytes keyData(const SecureChannel& channel, const SecretBytes& key) {
    const KeyType type = channel.keyType();
    Bytes component;
    SecretBytes filled = key.copy();
    if (type == KeyType::Aes) {
        static_cast<void>(aesOfKeySize(key.size()));
        component.push_back(static_cast<std::uint8_t>(key.size()));
        filled = SecretBytes((key.size() + 15) / 16 * 16);
        std::copy(key.view().begin(), key.view().end(), filled.span().begin());
    }
    append(component, channel.encryptKey(filled.view()));
    return concat(Bytes{static_cast<std::uint8_t>(type)},
                  fields({component, keyCheckValue(type, key.view())}));
}

} // namespace

ResponseApdu IssuerSecurityDomain::transmit(const CommandApdu& command, const std::string& action) {
    ResponseApdu response = channel_.transmit(command);
    requireSuccess(response, action);
    return response;
}

// 11.4.2.2: P2 bit 2 asks for data objects, bit 1 for those that follow.
std::vector<RegistryEntry> IssuerSecurityDomain::registry(RegistryScope scope, BytesView filter) {
    std::vector<RegistryEntry> entries;
    for (std::uint8_t occurrence = 0x02;; occurrence = 0x03) {
        const ResponseApdu response =
            channel_.transmit({0x80, 0xF2, static_cast<std::uint8_t>(scope), occurrence,
                               encodeTlv(0x4F, filter), CommandApdu::maximumShortLe});
        if (response.sw == referencedDataNotFound) {
            return entries;
        }
        if (response.sw != moreDataAvailable) {
            requireSuccess(response, "Asking the chip for its state");
        }
        std::vector<RegistryEntry> part = decodeRegistry(response.data);
        std::move(part.begin(), part.end(), std::back_inserter(entries));
        // A card that has more and tells nothing would be asked for ever.
        if (response.sw.isSuccess() || part.empty()) {
            return entries;
        }
    }
}

void IssuerSecurityDomain::setStatus(StatusOf object, std::uint8_t state, BytesView application) {
    transmit({0x80, 0xF0, static_cast<std::uint8_t>(object), state, toBytes(application)},
             object == StatusOf::Card ? "Changing the state of the chip"
                                      : "Changing the state of the application");
}

void IssuerSecurityDomain::putKeys(const SecurityDomainKeys& keys, std::uint8_t replaced) {
    constexpr std::uint8_t severalKeysFromIdentifier1 = 0x81;
    const KeyType type = channel_.keyType();
    Bytes expected{keys.keyVersion};
    Bytes data{keys.keyVersion};
    for (const SecretBytes* key : {&keys.encryption, &keys.mac, &keys.dataEncryption}) {
        append(data, keyData(channel_, *key));
        append(expected, keyCheckValue(type, key->view()));
    }
    const ResponseApdu response =
        transmit({0x80, 0xD8, replaced, severalKeysFromIdentifier1, data, CommandApdu::maximumShortLe},
                 "Putting the issuer's keys into the chip");
    if (response.data != expected) {
        throw CardError("Putting the issuer's keys into the chip: it answered 9000 and the check values of "
                        "other keys.",
                        response.sw.value());
    }
}

void IssuerSecurityDomain::deleteObject(BytesView identifier, bool related) {
    constexpr std::uint8_t relatedObjects = 0x80;
    transmit({0x80, 0xE4, 0x00, related ? relatedObjects : std::uint8_t{0x00}, encodeTlv(0x4F, identifier),
              CommandApdu::maximumShortLe},
             "Deleting " + toHex(identifier));
}

void IssuerSecurityDomain::installFor(std::uint8_t purpose, Bytes data, const std::string& action) {
    transmit({0x80, 0xE6, purpose, 0x00, std::move(data), CommandApdu::maximumShortLe}, action);
}

// 11.6.2.3: the first block begins with DO'C4' and the length of all the data.
void IssuerSecurityDomain::load(const LoadFile& file, std::size_t blockSize) {
    constexpr std::size_t mostBlocks = 256;
    constexpr std::uint8_t lastBlock = 0x80;
    const Bytes stream = encodeTlv(0xC4, file.data);
    if (blockSize == 0 || (stream.size() + blockSize - 1) / blockSize > mostBlocks) {
        throw BadConfiguration("The load file " + toHex(file.identifier) + " has " +
                               std::to_string(file.data.size()) + " bytes, more than 256 blocks of " +
                               std::to_string(blockSize) + " hold.");
    }
    installFor(forLoad, fields({file.identifier, {}, file.hash, file.parameters, {}}),
               "Announcing the load file " + toHex(file.identifier));
    BytesView rest = stream;
    for (std::uint8_t block = 0; !rest.empty(); ++block) {
        const BytesView part = rest.first(std::min(rest.size(), blockSize));
        rest = rest.subspan(part.size());
        transmit({0x80, 0xE8, rest.empty() ? lastBlock : std::uint8_t{0x00}, block, toBytes(part),
                  CommandApdu::maximumShortLe},
                 "Loading block " + std::to_string(block) + " of " + toHex(file.identifier));
    }
}

void IssuerSecurityDomain::install(const Installation& installation, bool selectable) {
    installFor(static_cast<std::uint8_t>(forInstall | (selectable ? forMakeSelectable : 0)),
               fields({installation.loadFile,
                       installation.module,
                       installation.application,
                       installation.privileges,
                       installation.parameters,
                       {}}),
               "Installing the application " + toHex(installation.application));
}

void IssuerSecurityDomain::makeSelectable(BytesView application, BytesView privileges) {
    installFor(forMakeSelectable, fields({{}, {}, application, privileges, {}, {}}),
               "Making the application " + toHex(application) + " selectable");
}

void IssuerSecurityDomain::openForPersonalization(BytesView application) {
    installFor(forPersonalization, fields({{}, {}, application, {}, {}, {}}),
               "Opening the application for personalization");
}

} // namespace cancuoc::personalization
