// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/card_loader.hpp"

#include "host/apdu/tlv.hpp"
#include "personalization/loading/store_data.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

// SET STATUS and GET STATUS (GlobalPlatform Card Specification 2.3.1, 11.10 and 11.4)
constexpr std::uint8_t issuerDomainStatus = 0x80;
constexpr std::uint8_t applicationStatus = 0x40;
constexpr std::uint8_t personalized = 0x0F; // application, Table 11-4
constexpr std::uint8_t secured = 0x0F;      // card, Table 11-6

void requireSuccess(const ResponseApdu& response, const char* action) {
    if (!response.sw.isSuccess()) {
        throw CardError(std::string(action) + ": the chip answered " + describe(response.sw) + ".",
                        response.sw.value());
    }
}

// 11.9
void selectIssuerDomain(Connection& connection, const LoadProfile& profile) {
    const CommandApdu select{0x00, 0xA4, 0x04, 0x00, profile.issuerDomain, CommandApdu::maximumShortLe};
    requireSuccess(ResponseApdu::decode(connection.transmit(select.encode())), "Selecting the issuer domain");
}

Scp03Channel openChannel(Connection& connection, const Scp03Keys& keys, RandomSource& random,
                         const LoadProfile& profile) {
    selectIssuerDomain(connection, profile);
    return Scp03Channel::open(connection, keys, Scp03SecurityLevel::CommandMacAndEncryptionResponseMac,
                              random);
}

bool isLocked(const CardError& error) {
    return StatusWord(error.statusWord()) == status_word::conditionsOfUseNotSatisfied;
}

} // namespace

CardLoader::CardLoader(Connection& connection, const Scp03Keys& keys, RandomSource& random,
                       LoadProfile profile)
    : profile_(std::move(profile)), dataEncryptionKey_(keys.dataEncryption.copy()),
      channel_(openChannel(connection, keys, random, profile_)) {}

std::string CardLoader::serial() const {
    return toHex(channel_.keyDiversificationData());
}

// 11.4: GET STATUS of the application answers E3 { 4F identifier, 9F70 life cycle state }.
ChipLifeCycle CardLoader::lifeCycle() {
    const ResponseApdu response =
        transmit({0x80, 0xF2, applicationStatus, 0x00, encodeTlv(0x4F, profile_.application),
                  CommandApdu::maximumShortLe},
                 "Asking the chip for its state");
    const BytesView state =
        readTlv(response.data, 0xE3, "the chip's state").children().require(0x9F70, "life cycle state").value;
    return state.size() == 1 && state[0] == personalized ? ChipLifeCycle::Personalized : ChipLifeCycle::Blank;
}

void CardLoader::load(const CardImage& image) {
    // 11.5.2.3.7: INSTALL [for personalization]
    const auto length = static_cast<std::uint8_t>(profile_.application.size());
    transmit({0x80, 0xE6, 0x20, 0x00,
              concat(Bytes{0x00, 0x00, length}, profile_.application, Bytes{0x00, 0x00, 0x00}),
              CommandApdu::maximumShortLe},
             "Opening the application for personalization");
    const std::size_t room =
        std::min(channel_.maximumCommandData(), profile_.maximumCommandData - Scp03Session::maximumOverhead);
    for (const CommandApdu& command : storeDataCommands(image, dataEncryptionKey_, room)) {
        transmit(command, "Writing to the chip");
    }
}

void CardLoader::activate() {
    transmit({0x80, 0xF0, applicationStatus, personalized, profile_.application},
             "Activating the application");
}

void CardLoader::lock() {
    transmit({0x80, 0xF0, issuerDomainStatus, secured}, "Locking the chip");
}

ResponseApdu CardLoader::transmit(const CommandApdu& command, const char* action) {
    ResponseApdu response = channel_.transmit(command);
    requireSuccess(response, action);
    return response;
}

std::optional<std::string> readChipSerial(Connection& connection, std::uint8_t keyVersion,
                                          RandomSource& random, const LoadProfile& profile) {
    selectIssuerDomain(connection, profile);
    try {
        const Bytes challenge = random.bytes(Scp03Session::challengeSize);
        return toHex(initializeUpdate(connection, keyVersion, challenge).keyDiversificationData);
    } catch (const CardError& error) {
        if (!isLocked(error)) {
            throw;
        }
        return std::nullopt;
    }
}

ChipLifeCycle examineChip(Connection& connection, const Scp03Keys& keys, RandomSource& random,
                          const LoadProfile& profile) {
    if (!readChipSerial(connection, keys.keyVersion, random, profile)) {
        return ChipLifeCycle::Locked;
    }
    return CardLoader(connection, keys, random, profile).lifeCycle();
}

} // namespace cancuoc::personalization
