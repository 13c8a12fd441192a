// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/chip.hpp"
#include "card/storage/flash.hpp"
#include "host/reader/in_process_connection.hpp"
#include "personalization/globalplatform/secure_channel.hpp"
#include "tests/support/chip_profiles.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

/// A whole chip on a given memory, and the host's own SCP03 to personalize it: what the chip and the host do
/// not share is what these tests compare.
namespace cancuoc::card::test {

using cancuoc::test::encryptedGrouping;
using cancuoc::test::grouping;
using cancuoc::test::groupingsOf;
using cancuoc::test::StoreData;
using Document = cancuoc::test::ChipDocument;

/// Every file the Vietnamese card has, of the length that each case needs: a few bytes, more than one
/// response, more than 32767 bytes.
[[nodiscard]] Document fullDocument();
/// Little that can be activated: EF.COM lists DG1, DG2, DG14 and DG15, the others have a few bytes.
[[nodiscard]] Document smallDocument();

/// Keeps what the chip would have waited, and lets no time pass.
class RecordedDelay final : public Delay {
public:
    void wait(std::uint32_t milliseconds) override { waits.push_back(milliseconds); }
    void scatter() override {
        if (onScatter) {
            onScatter();
        }
    }

    std::vector<std::uint32_t> waits;
    std::function<void()> onScatter;
};

/// Every command as a terminal sends it.
class ChipFixture {
public:
    /// Powers the chip on `flash` on. `flash` outlives the fixture.
    explicit ChipFixture(Flash& flash, std::uint64_t seed = 1);

    void reset();
    Bytes transmit(const Bytes& apdu);
    /// What the chip answered last.
    [[nodiscard]] const Bytes& lastResponse() const { return lastResponse_; }
    Bytes transmit(std::string_view digits) { return transmit(hex(digits)); }
    /// The status word alone.
    std::uint16_t status(std::string_view digits);
    std::uint16_t status(const Bytes& apdu);

    [[nodiscard]] Connection& connection() { return *connection_; }

    /// Calls `hook` in every pause before the chip evaluates a decision.
    void beforeDecisions(std::function<void()> hook) { delay_.onScatter = std::move(hook); }

    /// The delays so far, in milliseconds.
    [[nodiscard]] const std::vector<std::uint32_t>& waits() const { return delay_.waits; }

    /// Selects the issuer domain and opens a channel with the transport keys.
    personalization::SecureChannel
    openChannel(personalization::SecurityLevel level =
                    personalization::SecurityLevel::CommandMacAndEncryptionResponseMac);

    /// The whole way from blank to personalized; false at the first status that is not 9000.
    bool personalize(const Document& document);

    /// SET STATUS of the application and of the card.
    static std::uint16_t activate(personalization::SecureChannel& channel);
    static std::uint16_t lock(personalization::SecureChannel& channel);
    static std::uint16_t install(personalization::SecureChannel& channel);
    static std::uint16_t send(personalization::SecureChannel& channel, std::uint8_t ins, std::uint8_t p1,
                              std::uint8_t p2, const Bytes& data);

private:
    ScriptedRandom random_;
    RecordedDelay delay_;
    Chip chip_;
    Bytes lastResponse_;
    std::unique_ptr<InProcessConnection> connection_;
};

} // namespace cancuoc::card::test
