// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "host/access/active_authentication.hpp"
#include "host/access/chip_authentication_mapping.hpp"
#include "host/access/step_clock.hpp"
#include "host/base/bytes.hpp"
#include "host/base/date.hpp"
#include "host/biometric/biometric_images.hpp"
#include "host/inspection/document_image.hpp"
#include "host/inspection/lds2_content.hpp"
#include "host/inspection/verdict.hpp"
#include "host/lds/data_group.hpp"
#include "host/lds/data_group_1.hpp"
#include "host/lds/data_group_11.hpp"
#include "host/lds/data_group_12.hpp"
#include "host/lds/data_group_16.hpp"
#include "host/lds/vietnamese_data_group_13.hpp"
#include "host/trust/check.hpp"

namespace cancuoc::inspection {

/// How access to the card was opened.
struct AccessUsed {
    std::string protocol; ///< `PACE`, `BAC`, or `none` where nothing protects the files
    std::string mapping;  ///< `GM`, `IM` or `CAM`; empty without PACE
    std::string oid;      ///< of the PACE protocol, dotted; empty without PACE
    std::string curve;    ///< or DH group of the domain parameters; empty without PACE
    std::string password; ///< `CAN`, `MRZ`, `PIN` or `PUK`; empty without access control
    /// the reader ran PACE, and protects what is exchanged; which of several variants it took, it does not
    /// tell
    bool byReader = false;
};

/// A file that was asked for and not read.
struct FileNotRead {
    lds::FileId file{};
    std::string reason; ///< why, in a few words
};

/// All that an inspection found out about one card. Holds personal data: it is shown and stored only where
/// the caller decides, and never logged.
struct InspectionResult {
    std::string reader;
    std::string policy;
    Judgement judgement;
    std::optional<AccessUsed> access;
    std::vector<trust::Check> checks; ///< every check of `check_name::all`, in that order
    /// sentences for a person that change no verdict: of the issuer's deviation list, remarksOnDefects() and
    /// remarksOn()
    std::vector<std::string> remarks;

    std::map<lds::FileId, Bytes> files; ///< as read, EF.CardAccess among them
    std::vector<FileNotRead> notRead;

    std::optional<lds::DataGroup1> dataGroup1;             ///< empty if it was not read or cannot be decoded
    std::optional<lds::DataGroup11> dataGroup11;           ///< likewise
    std::optional<lds::DataGroup12> dataGroup12;           ///< likewise
    std::optional<lds::VietnameseDataGroup13> dataGroup13; ///< likewise, or of another country
    std::optional<lds::DataGroup16> dataGroup16;           ///< empty if it was not read or cannot be decoded
    std::optional<biometric::EncodedImage> face;           ///< the first of DG2, likewise
    ShownImage shownFace;                                  ///< its pixels, if they were asked for
    std::vector<DocumentImage> images; ///< of DG3, DG4, DG5 and DG7, as far as they were read
    std::optional<Lds2Content> lds2;   ///< empty if it was not asked for
    /// What the chip signed and how; empty unless Active Authentication was performed
    std::optional<ActiveAuthenticationEvidence> activeAuthentication;
    /// What PACE with the chip authentication mapping left to check; empty after other ways of access
    std::optional<ChipAuthenticationData> chipAuthenticationMapping;
    Bytes documentSigner;            ///< certificate in EF.SOD, DER; empty if there is none
    std::optional<Date> birthDate;   ///< from DG13, or else DG11
    std::optional<Date> issueDate;   ///< from DG13, or else DG12
    std::chrono::sys_seconds time{}; ///< when the card was read

    std::vector<StepStatistics> steps;
    StepStatistics total;

    /// The check of that name.
    [[nodiscard]] const trust::Check& check(std::string_view name) const;
};

} // namespace cancuoc::inspection
