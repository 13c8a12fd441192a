// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <string_view>

#include "host/sdk/include/cancuoc.h"

#define CANCUOC_TEXT_OF(number) #number
#define CANCUOC_VERSION_TEXT(major, minor, patch)                                                            \
    CANCUOC_TEXT_OF(major) "." CANCUOC_TEXT_OF(minor) "." CANCUOC_TEXT_OF(patch)

namespace {

// By the number of the status.
constexpr std::array statusNames{"ok",
                                 "invalid-argument",
                                 "invalid-handle",
                                 "buffer-too-small",
                                 "not-found",
                                 "busy",
                                 "reader-unavailable",
                                 "reader-busy",
                                 "no-card",
                                 "card-removed",
                                 "card-reset",
                                 "card-error",
                                 "wrong-access-key",
                                 "secure-messaging-ended",
                                 "malformed-data",
                                 "bad-configuration",
                                 "cryptography",
                                 "cancelled",
                                 "timeout",
                                 "system-error",
                                 "out-of-memory",
                                 "callback-failed",
                                 "internal-error"};
static_assert(statusNames.size() == CANCUOC_INTERNAL_ERROR + 1);

} // namespace

const char* cancuoc_version(void) {
    return CANCUOC_VERSION_TEXT(CANCUOC_VERSION_MAJOR, CANCUOC_VERSION_MINOR, CANCUOC_VERSION_PATCH);
}

const char* cancuoc_status_name(cancuoc_status status) {
    const bool known = status >= 0 && static_cast<std::size_t>(status) < statusNames.size();
    return known ? statusNames[static_cast<std::size_t>(status)] : "unknown";
}
