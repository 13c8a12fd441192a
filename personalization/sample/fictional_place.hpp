// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/sample/lot.hpp"

#include <string>

namespace cancuoc::personalization {

/// A province with the code that begins the numbers of people whose birth was registered there.
struct Province {
    const char* code; ///< three digits
    const char* name;
    bool urban; ///< a city under the central government: wards and streets instead of communes and hamlets
};

/// Any of the 63 provinces by lot.
[[nodiscard]] const Province& drawProvince(Lot& lot);

/// A commune that is not on the map, in `province`: "Xã Tân Lập, Huyện Bình Minh, Lào Cai".
[[nodiscard]] std::string drawCommune(const Province& province, Lot& lot);

/// An address in such a commune: "Thôn 3, Xã Tân Lập, Huyện Bình Minh, Lào Cai".
[[nodiscard]] std::string drawAddress(const Province& province, Lot& lot);

} // namespace cancuoc::personalization
