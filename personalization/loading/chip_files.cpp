// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/chip_files.hpp"

namespace cancuoc::personalization {

ChipFiles chipFiles(const CardImage& image) {
    ChipFiles files{{lds::FileId::CardAccess, image.cardAccess}};
    for (const auto& file : image.files) {
        files.emplace(static_cast<lds::FileId>(file.fileIdentifier), file.content);
    }
    return files;
}

} // namespace cancuoc::personalization
