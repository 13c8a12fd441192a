// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>

#include "host/biometric/pixels.hpp"
#include "tools/teller/outcome.hpp"

namespace cancuoc::teller {

/// Why a reading came to no end, divided by what the teller says or does next.
enum class Failure {
    WrongKey,         ///< the card does not open with what was given
    ReaderMissing,    ///< no reader, or no smart card service
    ReaderBusy,       ///< another program holds the reader
    ReaderUnclear,    ///< several readers hold a card, and none was chosen
    NoCardCame,       ///< nobody put a card on the reader
    CardNotBack,      ///< a lifted card did not come back
    CardMute,         ///< a card lies on the reader and does not answer, and no other came
    ZoneNeeded,       ///< an old card, which opens with the MRZ only
    OtherCard,        ///< no identity card, or one whose chip does not answer as it should
    ConnectionBroken, ///< what the card says makes no sense, again and again
    SettingsWrong,    ///< the trust store or the policy cannot be read
    Unexpected        ///< anything else
};

/// What happens while a card is read, in the order of a good reading.
namespace reading_event {

/// There is no card on the reader yet.
struct CardWanted {};
/// The card was lifted; reading goes on when it is back.
struct CardLifted {};
/// The card has opened; after CardLifted, it is back.
struct Opened {};
/// The data of the person are there, not proven yet.
struct PersonRead {
    Person person;
};
/// So much of the face is there.
struct FaceProgress {
    std::size_t read = 0;  ///< bytes
    std::size_t total = 0; ///< bytes
};
/// The face is there.
struct FaceRead {
    biometric::Pixels face;
};
/// The card may be taken away.
struct Finished {
    Outcome outcome;
};
/// The reading ended without a verdict.
struct Failed {
    Failure failure{};
    std::string detail{}; ///< a sentence of the host library, English, without personal data
};

} // namespace reading_event

using ReadingEvent = std::variant<reading_event::CardWanted, reading_event::CardLifted, reading_event::Opened,
                                  reading_event::PersonRead, reading_event::FaceProgress,
                                  reading_event::FaceRead, reading_event::Finished, reading_event::Failed>;

} // namespace cancuoc::teller
