// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/chip.hpp"
#include "card/storage/flash.hpp"
#include "host/reader/in_process_connection.hpp"
#include "personalization/loading/scp03_channel.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

/// A whole chip on a given memory, and the host's own SCP03 to personalize it: what the chip and the host do
/// not share is what these tests compare.
namespace cancuoc::card::test {

/// The files and secrets of an invented document.
struct Document {
    std::map<std::uint16_t, Bytes> files;
    /// By data grouping, 8001 to 8004.
    std::map<std::uint16_t, Bytes> secrets;

    /// Every file the Vietnamese card has, of the length that each case needs: a few bytes, more than one
    /// response, more than 32767 bytes.
    [[nodiscard]] static Document full();
    /// The least that can be activated: EF.COM lists DG1 and DG2, every file has a few bytes.
    [[nodiscard]] static Document minimal();
};

/// One STORE DATA: P1 without the last-block bit, and its data.
struct StoreData {
    std::uint8_t p1;
    Bytes data;
};

/// The data groupings of `document`: files joined and cut into commands of `commandData` bytes at most, each
/// secret encrypted in a command of its own.
[[nodiscard]] std::vector<StoreData> groupingsOf(const Document& document, std::size_t commandData = 2000);

/// A data grouping with its value in plain.
[[nodiscard]] Bytes grouping(std::uint16_t identifier, const Bytes& value);

/// A data grouping with its value padded and encrypted under the transport DEK.
[[nodiscard]] Bytes encryptedGrouping(std::uint16_t identifier, const Bytes& value);

/// Every command as a terminal sends it.
class ChipFixture {
public:
    /// Powers the chip on `flash` on. `flash` outlives the fixture.
    explicit ChipFixture(Flash& flash, std::uint64_t seed = 1);

    void reset();
    Bytes transmit(const Bytes& apdu);
    Bytes transmit(std::string_view digits) { return transmit(hex(digits)); }
    /// The status word alone.
    std::uint16_t status(std::string_view digits);
    std::uint16_t status(const Bytes& apdu);

    [[nodiscard]] Connection& connection() { return *connection_; }

    /// Selects the issuer domain and opens a channel with the transport keys.
    personalization::Scp03Channel
    openChannel(personalization::Scp03SecurityLevel level =
                    personalization::Scp03SecurityLevel::CommandMacAndEncryptionResponseMac);

    /// The whole way from blank to personalized; false at the first status that is not 9000.
    bool personalize(const Document& document);

    /// SET STATUS of the application and of the card.
    static std::uint16_t activate(personalization::Scp03Channel& channel);
    static std::uint16_t lock(personalization::Scp03Channel& channel);
    static std::uint16_t install(personalization::Scp03Channel& channel);
    static std::uint16_t send(personalization::Scp03Channel& channel, std::uint8_t ins, std::uint8_t p1,
                              std::uint8_t p2, const Bytes& data);

private:
    ScriptedRandom random_;
    Chip chip_;
    std::unique_ptr<InProcessConnection> connection_;
};

} // namespace cancuoc::card::test
