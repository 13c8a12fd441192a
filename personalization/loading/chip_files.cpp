// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/chip_files.hpp"

#include "personalization/loading/record_comparison.hpp"

namespace cancuoc::personalization {

ChipFiles chipFiles(const CardImage& image) {
    ChipFiles files{{lds::FileId::CardAccess, image.cardAccess}};
    for (const auto& file : image.files) {
        files.emplace(static_cast<lds::FileId>(file.fileIdentifier), file.content);
    }
    return files;
}

void requireLoaded(const ChipFiles& files, const CardImage& image) {
    const ChipFiles loaded = chipFiles(image);
    for (const auto& [file, content] : files) {
        const auto found = loaded.find(file);
        if (found == loaded.end() || found->second != content) {
            throw ReadBackFailed(lds::fileName(file) +
                                 " as it was loaded is not the one that was built for the card.");
        }
    }
    if (loaded.size() != files.size()) {
        throw ReadBackFailed("A file was loaded that was not built for the card.");
    }
}

} // namespace cancuoc::personalization
