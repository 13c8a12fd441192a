// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/account.hpp"

#include <array>

#include <pwd.h>
#include <unistd.h>

namespace cancuoc::personalization {

std::string accountName() {
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 4096> buffer{};
    getpwuid_r(geteuid(), &entry, buffer.data(), buffer.size(), &found);
    return found == nullptr ? "user " + std::to_string(geteuid()) : found->pw_name;
}

} // namespace cancuoc::personalization
