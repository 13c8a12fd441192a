// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/reader/in_process_connection.hpp"
#include "personalization/globalplatform/issuer_security_domain.hpp"

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

namespace cancuoc::test {

/// A card that opens a channel with C-MAC by a published dialogue (osmocom/pysim, SCP03_Test_AES128_11),
/// notes each command in it without its MAC, and answers what it is told to, or 9000.
class NotingCard {
public:
    [[nodiscard]] personalization::IssuerSecurityDomain open() {
        return personalization::IssuerSecurityDomain(personalization::SecureChannel::open(
            connection_, keys(), personalization::SecurityLevel::CommandMac, random_));
    }

    /// What the channel is opened with.
    [[nodiscard]] static personalization::SecurityDomainKeys keys() {
        return {0x30, SecretBytes(fromHex("000102030405060708090a0b0c0d0e0f")),
                SecretBytes(fromHex("101112131415161718191a1b1c1d1e1f")),
                SecretBytes(fromHex("202122232425262728292a2b2c2d2e2f"))};
    }
    [[nodiscard]] Connection& connection() { return connection_; }
    [[nodiscard]] RandomSource& random() { return random_; }

    /// Header, data and whether an answer is expected, of each command.
    std::vector<std::string> commands;
    std::deque<const char*> answers;

private:
    class PublishedRandom final : public RandomSource {
        void fill(std::span<std::uint8_t> output) override {
            const Bytes challenge = fromHex("b13e5f938fc108c4");
            std::copy(challenge.begin(), challenge.end(), output.begin());
        }
    };

    Bytes answer(BytesView encoded) {
        constexpr std::size_t macSize = 8;
        CommandApdu command = CommandApdu::decode(encoded);
        if (command.ins == 0x50) {
            return fromHex("000000000000000000003003703eb51047495b249f66c484c1d2ef19480000029000");
        }
        if (command.ins == 0x82 || command.ins == 0xA4) {
            return fromHex("9000");
        }
        command.data.resize(command.data.size() - macSize);
        commands.push_back(toHex(Bytes{command.cla, command.ins, command.p1, command.p2}) + " " +
                           toHex(command.data) + (command.le ? " Le" : ""));
        if (answers.empty()) {
            return fromHex("009000");
        }
        const Bytes next = fromHex(answers.front());
        answers.pop_front();
        return next;
    }

    PublishedRandom random_;
    InProcessConnection connection_{"noting card", fromHex("3B00"),
                                    [this](BytesView command) { return answer(command); }};
};

} // namespace cancuoc::test
