// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/load_profile.hpp"

namespace cancuoc::personalization {

LoadProfile LoadProfile::cancuoc() {
    return {fromHex("A000000151000000"), fromHex("A0000002471001"), 4096};
}

} // namespace cancuoc::personalization
