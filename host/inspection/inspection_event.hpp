// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>
#include <variant>

#include "host/inspection/inspection_result.hpp"

namespace cancuoc::inspection {

/// What happens while a card is read, in the order in which it happens. Pointers are valid during the call
/// only.
namespace event {

/// Access to the files of the card is open.
struct AccessOpened {
    AccessUsed access;
};

/// The first command for a file is about to be sent.
struct FileBegun {
    lds::FileId file{};
};

/// More of a file has come.
struct FileProgress {
    lds::FileId file{};
    std::size_t read = 0;  ///< bytes so far
    std::size_t total = 0; ///< bytes of the whole file
};

/// A file is there as a whole.
struct FileRead {
    lds::FileId file{};
    std::size_t bytes = 0;
};

/// The records of a file of LDS2 are there, or as many files of biometrics.
struct RecordsRead {
    std::string_view file; ///< `EF.EntryRecords`
    std::size_t records = 0;
};

/// The data of the person are there: before any proof, so that a form can be filled in.
struct IdentityRead {
    const lds::DataGroup1* dataGroup1 = nullptr;             ///< null if it cannot be decoded
    const lds::VietnameseDataGroup13* dataGroup13 = nullptr; ///< null if the card has none that is known here
};

/// All checks that do without the face are settled: what the verdict will be if the face, and what else is
/// still to be read, is as it was signed.
struct IdentityJudged {
    Judgement judgement;
};

/// A check has ended, or ended otherwise than before: that of the hashes covers more with every data group.
struct CheckSettled {
    trust::Check check;
};

/// The face is there.
struct FaceRead {
    const biometric::EncodedImage* face = nullptr;
};

/// The card may be taken away; the result follows.
struct Finished {
    Judgement judgement;
};

} // namespace event

using InspectionEvent =
    std::variant<event::AccessOpened, event::FileBegun, event::FileProgress, event::FileRead,
                 event::RecordsRead, event::IdentityRead, event::IdentityJudged, event::CheckSettled,
                 event::FaceRead, event::Finished>;

/// Called on the thread that runs the inspection. What it throws ends the inspection.
using EventObserver = std::function<void(const InspectionEvent&)>;

} // namespace cancuoc::inspection
