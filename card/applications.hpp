// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/emrtd.hpp"
#include "card/core/application_table.hpp"

namespace cancuoc::card {

/// The applications of the chip besides its issuer domain, one line each. The first one is selected after a
/// reset; a partial identifier finds them in this order, after the issuer domain.
using Applications = ApplicationTable<emrtd::Emrtd // the travel document
                                      >;

} // namespace cancuoc::card
