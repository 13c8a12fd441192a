// SPDX-License-Identifier: Apache-2.0
#include "personalization/issuance/card_image.hpp"

#include <algorithm>

namespace cancuoc::personalization {

BytesView CardImage::file(std::uint16_t fileIdentifier) const {
    const auto found =
        std::find_if(files.begin(), files.end(), [fileIdentifier](const ElementaryFile& candidate) {
            return candidate.fileIdentifier == fileIdentifier;
        });
    return found == files.end() ? BytesView() : BytesView(found->content);
}

} // namespace cancuoc::personalization
