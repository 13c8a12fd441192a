// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/access_condition.hpp"
#include "card/applets/emrtd/elementary_file.hpp"
#include "tests/support/quick_guard.hpp"

#include <doctest/doctest.h>

using namespace cancuoc::card;
using namespace cancuoc::card::emrtd;

TEST_CASE("every condition under every right") {
    AccessControl control{cancuoc::card::test::quickGuard()};
    for (unsigned bits = 0; bits < 8; ++bits) {
        CAPTURE(bits);
        const AccessRights rights{.documentAccess = SecureBool((bits & 1) != 0),
                                  .fingerprints = SecureBool((bits & 2) != 0),
                                  .iris = SecureBool((bits & 4) != 0)};
        CHECK_FALSE(control.grants(rights, AccessCondition::Never));
        CHECK(control.grants(rights, AccessCondition::Always));
        CHECK(control.grants(rights, AccessCondition::DocumentAccess) == ((bits & 1) != 0));
        CHECK(control.grants(rights, AccessCondition::FingerprintAccess) == ((bits & 3) == 3));
        CHECK(control.grants(rights, AccessCondition::IrisAccess) == ((bits & 5) == 5));
    }
}

// Doc 9303-10, 3.6 and 4.7: what is free, what needs a password, what needs Terminal Authentication.
TEST_CASE("every file has the condition of Doc 9303") {
    for (const ElementaryFile& file : elementaryFiles) {
        CAPTURE(file.identifier);
        AccessCondition expected = AccessCondition::DocumentAccess;
        if (file.directory == Directory::MasterFile && file.identifier != 0x011D) {
            expected = AccessCondition::Always;
        } else if (file.identifier == 0x0103) {
            expected = AccessCondition::FingerprintAccess;
        } else if (file.identifier == 0x0104) {
            expected = AccessCondition::IrisAccess;
        }
        CHECK(file.readCondition == expected);
    }
}
