// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/inspection/inspection_event.hpp"
#include "host/trace/trace.hpp"

namespace cancuoc::trace {

/// What a trace tells of an event: names, lengths and results, and nothing that the card says of a person.
[[nodiscard]] Event inWords(const inspection::InspectionEvent& event);

} // namespace cancuoc::trace
