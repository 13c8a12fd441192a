// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/command.hpp"

namespace cancuoc {

/// Whether more commands of the same protocol follow (command chaining, Doc 9303-11, 4.4.4.3).
enum class Chaining { MoreFollow, Last };

/// GENERAL AUTHENTICATE with the dynamic authentication data 7C { `dataObjects` } (Doc 9303-11, 4.4.4.2).
/// Data that need extended lengths, the keys of larger DH groups, are expected to bring as long an answer.
[[nodiscard]] CommandApdu generalAuthenticate(Chaining chaining, BytesView dataObjects);

/// The value of the data object `tag` inside the dynamic authentication data of a response; views
/// `responseData`. Throws MalformedData when it is missing; `what` names it there.
[[nodiscard]] BytesView dynamicAuthenticationData(BytesView responseData, std::uint32_t tag,
                                                  std::string_view what);

} // namespace cancuoc
