/* SPDX-License-Identifier: Apache-2.0 */
/* The header is C99, and its structures have the sizes that programs were built with. */
#include <cancuoc.h>

#define REQUIRE_SIZE(type, bytes) typedef char type##_has_its_size[sizeof(type) == (bytes) ? 1 : -1]

REQUIRE_SIZE(cancuoc_error, 520);
REQUIRE_SIZE(cancuoc_reader, 320);
REQUIRE_SIZE(cancuoc_import, 16);
REQUIRE_SIZE(cancuoc_trust_summary, 24);
REQUIRE_SIZE(cancuoc_image, 16);
#if UINTPTR_MAX == UINT64_MAX
REQUIRE_SIZE(cancuoc_event, 64);
REQUIRE_SIZE(cancuoc_card_link, 64);
REQUIRE_SIZE(cancuoc_terminal, 24);
#endif

int cancuoc_header_is_c(void);
int cancuoc_header_is_c(void) {
    return CANCUOC_VERSION_MAJOR;
}
