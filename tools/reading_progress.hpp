// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/inspection/inspection_event.hpp"

namespace cancuoc::tools {

/// Tells a person who waits at a terminal, on standard error, whose card it is, what its verdict will be if
/// the rest is as it was signed, and how far the longest file has come.
/// @param descriptor where standard error goes
/// @return nothing, if that is no terminal: what a person should see does not belong into a file
[[nodiscard]] inspection::EventObserver progressFor(int descriptor);

} // namespace cancuoc::tools
