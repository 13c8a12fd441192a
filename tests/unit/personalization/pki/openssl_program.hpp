// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <string>

namespace cancuoc::test {

/// Runs the command line tool of OpenSSL, whose certificate and CMS checks are not ours. Whether it ended
/// well.
inline bool openssl(const std::string& arguments) {
    return std::system((std::string(CANCUOC_OPENSSL) + " " + arguments + " > /dev/null 2>&1").c_str()) == 0;
}

} // namespace cancuoc::test
