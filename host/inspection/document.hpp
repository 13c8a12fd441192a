// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "host/base/error.hpp"
#include "host/inspection/inspection_result.hpp"
#include "host/lds/card_access.hpp"
#include "host/lds/common_data.hpp"
#include "host/lds/data_group_1.hpp"
#include "host/lds/data_group_11.hpp"
#include "host/lds/data_group_12.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/data_group_15.hpp"
#include "host/lds/data_group_16.hpp"
#include "host/lds/directory.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/lds/vietnamese_data_group_13.hpp"

namespace cancuoc::inspection {

/// A document as far as it has been read: its files as they stood, and what could be decoded of them.
struct Document {
    std::map<lds::FileId, Bytes> files; ///< as read
    std::vector<FileNotRead> notRead;
    std::map<lds::FileId, std::string> defects; ///< of files that were read and cannot be decoded

    std::optional<lds::CardAccess> cardAccess;
    std::optional<lds::Directory> directory;
    std::optional<lds::CommonData> commonData;
    std::optional<lds::DocumentSecurityObject> securityObject;
    std::optional<lds::DataGroup1> dataGroup1;
    std::optional<lds::DataGroup11> dataGroup11;
    std::optional<lds::DataGroup12> dataGroup12;
    std::optional<lds::VietnameseDataGroup13> dataGroup13;
    std::optional<lds::DataGroup14> dataGroup14;
    std::optional<lds::DataGroup15> dataGroup15;
    std::optional<lds::DataGroup16> dataGroup16;
    std::optional<biometric::EncodedImage> face;
    ShownImage shownFace;
    std::vector<DocumentImage> images;

    /// Whether the card says that it has data group `number`. The signed list counts; EF.COM only where there
    /// is none.
    [[nodiscard]] bool lists(int number) const;
    /// Whether a file was read, or is noted as not read.
    [[nodiscard]] bool knows(lds::FileId file) const;
    /// Whether data group `number` was read and has the signed hash.
    [[nodiscard]] bool isSignedAsRead(int number) const;
    /// Why a file was not read; null if it was, or was not tried. Valid until the next change.
    [[nodiscard]] const std::string* whyNotRead(lds::FileId file) const;
    /// Why data group `number` was not read; null if it was, or was not tried. Valid until the next change.
    [[nodiscard]] const std::string* whyNotRead(int number) const;
    /// Decodes a file that was read into its member above; a file that cannot be decoded leaves nothing but
    /// its defect. The face, and files without a member, are left alone.
    void decode(lds::FileId file);
};

} // namespace cancuoc::inspection
