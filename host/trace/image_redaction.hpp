// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/trace/pseudonyms.hpp"

namespace cancuoc::trace {

/// A picture of the same length and, for JPEG and JPEG 2000, with the same headers, so that it is recognized
/// as before, and with nothing to be seen: what the pixels were coded in, comments and the data of
/// applications are pseudonyms.
[[nodiscard]] Bytes redactImage(BytesView image, const Pseudonyms& pseudonyms);

} // namespace cancuoc::trace
