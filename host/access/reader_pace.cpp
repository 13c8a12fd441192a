// SPDX-License-Identifier: Apache-2.0
#include "host/access/reader_pace.hpp"

#include "host/base/error.hpp"
#include "host/reader/pace_reader.hpp"

namespace cancuoc {

namespace {

// Results, BSI TR-03119, D.1.2.
constexpr std::uint32_t inputErrors = 0xD0000000;
constexpr std::uint32_t unknownPasswordId = 0xE0000003;
constexpr std::uint32_t wrongAuthenticationToken = 0xE0000006;
constexpr std::uint32_t communicationAbort = 0xF0100001;
constexpr std::uint32_t noCard = 0xF0100002;
constexpr std::uint32_t cancelledByHolder = 0xF0200001;
constexpr std::uint32_t entryTimeout = 0xF0200002;
constexpr std::uint32_t noActivePin = 0xF0200003;
// The upper half names the command to which the card answered with the status word in the lower half.
constexpr std::uint32_t selectCardAccess = 0xF000;
constexpr std::uint32_t firstGeneralAuthenticate = 0xF003;
constexpr std::uint32_t lastGeneralAuthenticate = 0xF006;

bool isRefusedPassword(std::uint32_t result) {
    const std::uint32_t step = result >> 16U;
    return result == wrongAuthenticationToken ||
           (step >= firstGeneralAuthenticate && step <= lastGeneralAuthenticate &&
            (result & 0xFF00U) == 0x6300U);
}

[[noreturn]] void throwResult(std::uint32_t result, const std::string& readerName) {
    if (isRefusedPassword(result)) {
        throw WrongAccessKey("Wrong access key: the card does not accept what was given or typed at the "
                             "reader. Check it and which card it is.");
    }
    const std::uint32_t step = result >> 16U;
    if (step >= selectCardAccess && step <= lastGeneralAuthenticate) {
        const StatusWord statusWord{static_cast<std::uint16_t>(result & 0xFFFFU)};
        throw CardError("The card refuses the reader's PACE with " + describe(statusWord) + ".",
                        statusWord.value());
    }
    switch (result) {
    case communicationAbort:
        throw CardReset("The card on the reader \"" + readerName +
                        "\" stopped answering. Leave it there flat and start again.");
    case noCard:
        throw CardRemoved("The card was taken off the reader \"" + readerName +
                          "\". Put it back, leave it there, and start again.");
    case cancelledByHolder:
        throw Cancelled("The entry at the reader was cancelled.");
    case entryTimeout:
        throw Cancelled("Nothing was typed at the reader in time. Start again.");
    case noActivePin:
        throw BadConfiguration("The card has no active PIN. Use its CAN.");
    case unknownPasswordId:
        throw BadConfiguration("The reader \"" + readerName +
                               "\" does not run PACE with this password. Use the CAN.");
    default:
        break;
    }
    if ((result & 0xF0000000U) == inputErrors) {
        throw BadConfiguration("The reader \"" + readerName + "\" does not run PACE as it was asked to.");
    }
    throw MalformedData("PACE by the reader ended with result " + toHex(toBigEndian(result, 4)) + ".");
}

} // namespace

EstablishPaceChannelOutput performReaderPace(CardSession& session, PasswordType password,
                                             const AccessKey* can) {
    const CardSession::Step step(session, "pace");
    PaceReader* const reader = session.connection().paceReader();
    if (reader == nullptr) {
        throw BadConfiguration("The reader \"" + session.connection().readerName() +
                               "\" does not run PACE itself. Give the CAN or the MRZ instead.");
    }
    EstablishPaceChannelInput input{.passwordId = static_cast<std::uint8_t>(password)};
    if (can != nullptr) {
        input.password = SecretBytes(can->encoded());
    }
    auto output = reader->establishPaceChannel(input);
    if (output.result != 0) {
        throwResult(output.result, session.connection().readerName());
    }
    session.startReaderChannel();
    return output;
}

} // namespace cancuoc
