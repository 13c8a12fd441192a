// SPDX-License-Identifier: Apache-2.0
#include "card/ports/host/latency_model.hpp"

#include "card/core/instruction.hpp"

#include <algorithm>
#include <array>

namespace cancuoc::card::host {
namespace {

using Milliseconds = LatencyModel::Milliseconds;

// The JCAlgTest results of crocs-muni (github.com/crocs-muni/jcalgtest_results, 2026-06), in the order of
// ChipSpeed: NXP JCOP4 J3R180, NXP JCOP3 J3H145, NXP J3A081 (JCOP 2.4.1), Infineon CJTOP 80K, G+D
// SmartCafe 7.0.
constexpr std::array<ChipSpeed, 5> chips{{
    {"jcop4-p71", Milliseconds(26.8), Milliseconds(20), Milliseconds(53.2), Milliseconds(1.86),
     Milliseconds(2.8)},
    {"jcop3-p60", Milliseconds(156), Milliseconds(55), Milliseconds(192), Milliseconds(9), Milliseconds(1.5)},
    {"jcop2-p5", Milliseconds(104), Milliseconds(106), Milliseconds(428), Milliseconds(66),
     Milliseconds(1.75)},
    {"cjtop", Milliseconds(214), Milliseconds(126), Milliseconds(227), Milliseconds(26), Milliseconds(2.3)},
    {"smartcafe7", Milliseconds(207), Milliseconds(64), Milliseconds(107), Milliseconds(6.7),
     Milliseconds(0.5)},
}};

constexpr std::array<std::pair<std::string_view, unsigned>, 4> rates{
    {{"106", 106}, {"212", 212}, {"424", 424}, {"848", 848}}};
// Doc 9303-10 recommends no less.
constexpr unsigned recommendedRate = 424;

// ISO/IEC 14443-3 type A: eight bits and a parity bit; ISO/IEC 14443-4: PCB and CRC around blocks of at most
// 256 bytes.
constexpr double bitsPerByte = 9;
constexpr std::size_t blockOverhead = 3;
constexpr std::size_t blockPayload = 256 - blockOverhead;
// From the program through the reader to the antenna and back.
constexpr Milliseconds reader(4);

constexpr std::size_t portion = 256; // of the table's ciphers and flash
// Signatures of RSA are longer than those of every curve, protection included.
constexpr std::size_t longestEcdsaResponse = 200;

constexpr std::uint8_t interindustrySecureMessaging = 0x0C;
constexpr std::uint8_t globalPlatformSecureMessaging = 0x84;

bool isProtected(std::uint8_t cla) {
    return (cla & interindustrySecureMessaging) == interindustrySecureMessaging ||
           (cla & globalPlatformSecureMessaging) == globalPlatformSecureMessaging;
}

bool isLastOfChain(std::uint8_t cla) {
    return (cla & 0x10) == 0;
}

/// The tag of the first data object inside the dynamic authentication data of a plain command; 0 when there
/// is none.
std::uint8_t dynamicTag(std::span<const std::uint8_t> command) {
    // Lc of one byte or of three, then DO'7C' with a length of one byte, or of 81 or 82 and one or two more.
    const std::size_t header = command.size() > 5 && command[4] == 0 ? 7 : 5;
    if (command.size() < header + 3 || command[header] != 0x7C) {
        return 0;
    }
    const std::uint8_t length = command[header + 1];
    const std::size_t inside = header + 2 + (length > 0x80 ? length - 0x80U : 0U);
    return length != 0 && inside < command.size() ? command[inside] : std::uint8_t{0};
}

} // namespace

std::optional<LatencyModel> LatencyModel::named(std::string_view name) {
    const std::size_t at = name.find('@');
    const auto chip = std::ranges::find(chips, name.substr(0, at), &ChipSpeed::name);
    if (chip == chips.end()) {
        return std::nullopt;
    }
    if (at == std::string_view::npos) {
        return LatencyModel(*chip, recommendedRate);
    }
    for (const auto& [text, rate] : rates) {
        if (text == name.substr(at + 1)) {
            return LatencyModel(*chip, rate);
        }
    }
    return std::nullopt;
}

std::string LatencyModel::chipNames() {
    std::string names;
    for (const ChipSpeed& chip : chips) {
        names += names.empty() ? "" : ", ";
        names += chip.name;
    }
    return names;
}

Milliseconds LatencyModel::exchange(Bytes command, Bytes response) const {
    Milliseconds time = reader + onTheAir(command.size()) + onTheAir(response.size());
    if (command.size() < 4) {
        return time;
    }
    if (isProtected(command[0])) {
        time += secureMessaging(command.size(), response.size());
    }
    return time + authentication(command, response.size());
}

Milliseconds LatencyModel::programming(std::size_t bytes) const {
    return chip_->flash * (static_cast<double>(bytes) / portion);
}

Milliseconds LatencyModel::onTheAir(std::size_t bytes) const {
    const std::size_t blocks = std::max<std::size_t>(1, (bytes + blockPayload - 1) / blockPayload);
    return Milliseconds(static_cast<double>(bytes + blocks * blockOverhead) * bitsPerByte /
                        kilobitsPerSecond_);
}

// A MAC over both, and the cryptogram of the longer one.
Milliseconds LatencyModel::secureMessaging(std::size_t commandSize, std::size_t responseSize) const {
    const auto bytes = commandSize + responseSize + std::max(commandSize, responseSize);
    return chip_->cipher * (static_cast<double>(bytes) / portion);
}

Milliseconds LatencyModel::authentication(Bytes command, std::size_t responseSize) const {
    const std::uint8_t cla = command[0];
    switch (command[1]) {
    case instruction::generalAuthenticate:
        return isProtected(cla) ? chip_->keyAgreement : paceStep(command);
    case instruction::manageSecurityEnvironment: // MSE:Set KAT agrees at once
        return command[2] == 0x41 && command[3] == 0xA6 ? chip_->keyAgreement : Milliseconds();
    case instruction::internalAuthenticate:
        return responseSize > longestEcdsaResponse ? chip_->rsaSignature : chip_->keyGeneration;
    case instruction::performSecurityOperation: // the check of a signature multiplies two points
        return isLastOfChain(cla) ? chip_->keyAgreement * 2 : Milliseconds();
    case instruction::externalAuthenticate: // of Terminal Authentication; the others are symmetric
        return isProtected(cla) && (cla & 0x80) == 0 && isLastOfChain(cla) ? chip_->keyAgreement * 2
                                                                           : Milliseconds();
    default:
        return Milliseconds();
    }
}

// Doc 9303-11, 4.4.1. Map: a key pair, the agreed point, the generator; agree: a key pair, the shared secret.
Milliseconds LatencyModel::paceStep(Bytes command) const {
    switch (dynamicTag(command)) {
    case 0x81:
        return chip_->keyGeneration + chip_->keyAgreement * 2;
    case 0x83:
        return chip_->keyGeneration + chip_->keyAgreement;
    default:
        return Milliseconds();
    }
}

} // namespace cancuoc::card::host
