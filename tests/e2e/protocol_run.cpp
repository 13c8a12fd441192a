// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/protocol_run.hpp"

#include "host/access/mapping.hpp"
#include "tests/e2e/scripted_pair.hpp"

#include <array>

namespace cancuoc::e2e {
namespace {

constexpr std::array<unsigned, 11> parametersOfChip{0, 1, 2, 8, 10, 12, 13, 15, 16, 17, 18};

// Arcs of id-PACE (Doc 9303-11, 9.2.3).
constexpr std::array<unsigned, 5> variants{1, 2, 3, 4, 6};
constexpr unsigned ciphers = 4;

std::vector<LeadingZero> leadingZerosOf(MappingType mapping) {
    using enum LeadingZero;
    switch (mapping) {
    case MappingType::Integrated:
        return {None, Nonce, TerminalNonce, TerminalKey, ChipKey, SharedSecret};
    case MappingType::ChipAuthentication:
        return {None,        Nonce,   TerminalMappingKey, ChipMappingKey,        MappingSecret,
                TerminalKey, ChipKey, SharedSecret,       ChipAuthenticationData};
    case MappingType::Generic:
        break;
    }
    return {None,        Nonce,   TerminalMappingKey, ChipMappingKey, MappingSecret,
            TerminalKey, ChipKey, SharedSecret};
}

std::string drawCan(RandomSource& random) {
    std::string can;
    for (const auto byte : random.bytes(6)) {
        can.push_back(static_cast<char>('0' + byte % 10));
    }
    return can;
}

// s has as many bits as the cipher's key, in whole blocks of AES, where it is a key itself (4.4.3.3).
void drawNonces(ProtocolRun& run, RandomSource& random) {
    const bool integrated = run.protocol.mapping == MappingType::Integrated;
    const std::size_t keySize = keySizeOf(run.protocol.cipher);
    run.nonce = random.bytes(integrated && keySize > 16 ? 32 : 16);
    if (run.forced == LeadingZero::Nonce) {
        run.nonce.front() = 0;
    }
    if (integrated) {
        run.mapping.terminalKey = random.bytes(keySize);
        if (run.forced == LeadingZero::TerminalNonce) {
            run.mapping.terminalKey.front() = 0;
        }
        run.mapping.terminalPublicKey = run.mapping.terminalKey;
    }
}

/// What the numbers of a key agreement are called that may begin with a zero byte.
struct ZerosOfExchange {
    LeadingZero terminalKey;
    LeadingZero chipKey;
    LeadingZero secret;
};

KeyExchange drawExchange(const ProtocolRun& run, BytesView generator, const ZerosOfExchange& zeros,
                         RandomSource& random) {
    const auto& group = run.group;
    const auto draw = [&](LeadingZero zero, BytesView element) {
        return run.forced == zero ? group.scalarThatGivesZero(element, run.part, random)
                                  : group.drawScalar(random);
    };
    KeyExchange exchange;
    exchange.terminalKey = draw(zeros.terminalKey, generator);
    exchange.terminalPublicKey = group.multiply(exchange.terminalKey, generator);
    exchange.chipKey = run.forced == zeros.secret ? draw(zeros.secret, exchange.terminalPublicKey)
                                                  : draw(zeros.chipKey, generator);
    exchange.chipPublicKey = group.multiply(exchange.chipKey, generator);
    exchange.secret = group.multiply(exchange.chipKey, exchange.terminalPublicKey);
    return exchange;
}

/// The generator that the nonces and the mapping's keys lead to.
Bytes mappedGenerator(const ProtocolRun& run) {
    TerminalRandom random(0);
    random.script.set(run.mapping.terminalKey);
    return beginMapping(run.protocol, random)->map(run.nonce, run.mapping.chipPublicKey).generator();
}

void drawStaticKeys(ProtocolRun& run, RandomSource& random) {
    // CA_IC = SK_Map,IC / SK_IC (4.4.3.5.1)
    run.staticKey = run.forced == LeadingZero::ChipAuthenticationData
                        ? run.group.divide(run.mapping.chipKey, run.group.drawShortScalar(random))
                        : run.group.drawScalar(random);
    run.activeAuthenticationKey =
        AgreementGroup(EllipticCurve::standardized(brainpoolP256r1)).drawScalar(random);
}

ChipAuthenticationRun makeChipAuthentication(const ProtocolRun& run, bool zeroInSecret,
                                             RandomSource& random) {
    const auto& group = run.group;
    const auto generator = group.generator();
    auto key = group.scalarThatGivesZero(zeroInSecret ? group.multiply(run.staticKey, generator) : generator,
                                         zeroInSecret ? Part::X : run.part, random);
    auto publicKey = group.multiply(key, generator);
    return {zeroInSecret, std::move(key), std::move(publicKey)};
}

} // namespace

std::string_view nameOf(LeadingZero forced) {
    constexpr std::array<std::string_view, 10> names{"nothing",
                                                     "the nonce",
                                                     "the terminal's nonce",
                                                     "the terminal's mapping key",
                                                     "the chip's mapping key",
                                                     "the mapping's agreed element",
                                                     "the terminal's key",
                                                     "the chip's key",
                                                     "the shared secret",
                                                     "the chip authentication data"};
    return names[static_cast<std::size_t>(forced)];
}

std::vector<PaceProtocol> paceProtocolsOfChip() {
    std::vector<PaceProtocol> protocols;
    for (const unsigned variant : variants) {
        for (unsigned cipher = 1; cipher <= ciphers; ++cipher) {
            const auto identifier = ObjectIdentifier::fromText(
                "0.4.0.127.0.7.2.2.4." + std::to_string(variant) + "." + std::to_string(cipher));
            for (const unsigned parameterId : parametersOfChip) {
                if (auto protocol = PaceProtocol::from({identifier, parameterId})) {
                    protocols.push_back(*std::move(protocol));
                }
            }
        }
    }
    return protocols;
}

bool ProtocolRun::hasForcedZero() const {
    switch (forced) {
    case LeadingZero::None:
        return true;
    case LeadingZero::Nonce:
        return nonce.front() == 0;
    case LeadingZero::TerminalNonce:
        return mapping.terminalPublicKey.front() == 0;
    case LeadingZero::TerminalMappingKey:
        return group.beginsWithZero(mapping.terminalPublicKey, part);
    case LeadingZero::ChipMappingKey:
        return group.beginsWithZero(mapping.chipPublicKey, part);
    case LeadingZero::MappingSecret:
        return group.beginsWithZero(mapping.secret, part);
    case LeadingZero::TerminalKey:
        return group.beginsWithZero(agreement.terminalPublicKey, part);
    case LeadingZero::ChipKey:
        return group.beginsWithZero(agreement.chipPublicKey, part);
    case LeadingZero::SharedSecret:
        return group.beginsWithZero(agreement.secret, part);
    case LeadingZero::ChipAuthenticationData:
        return group.divide(mapping.chipKey, staticKey).front() == 0;
    }
    return false;
}

ProtocolRun makeProtocolRun(std::size_t number, const std::vector<PaceProtocol>& protocols) {
    TerminalRandom random(number);
    const auto& protocol = protocols[number % protocols.size()];
    const auto zeros = leadingZerosOf(protocol.mapping);
    const auto choices = random.bytes(2);
    ProtocolRun run{.protocol = protocol,
                    .group = AgreementGroup(protocol.domainParameters),
                    .forced = zeros[number / protocols.size() % zeros.size()],
                    .part = choices[0] % 2 == 0 ? Part::X : Part::Y,
                    .withMrz = choices[1] % 2 == 0,
                    .can = drawCan(random)};
    // Of a shared secret only the x-coordinate counts (TR-03111, 4.3.1).
    if (run.forced == LeadingZero::SharedSecret) {
        run.part = Part::X;
    }
    drawNonces(run, random);
    using enum LeadingZero;
    if (protocol.mapping != MappingType::Integrated) {
        run.mapping = drawExchange(run, run.group.generator(),
                                   {TerminalMappingKey, ChipMappingKey, MappingSecret}, random);
    }
    run.agreement = drawExchange(run, mappedGenerator(run), {TerminalKey, ChipKey, SharedSecret}, random);
    drawStaticKeys(run, random);
    if (number % 5 < 2) {
        run.chipAuthentication = makeChipAuthentication(run, number % 5 == 0, random);
    }
    return run;
}

} // namespace cancuoc::e2e
