// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/storage/object_store.hpp"

#include <cstddef>

/// The eMRTD application's objects in the store that are no files. A file's object identifier is its file
/// identifier. Identifiers of passwords and keys are those of the data groupings that bring them.
namespace cancuoc::card::emrtd {

/// Present, and empty, once the application is personalized.
inline constexpr ObjectIdentifier personalizedObject = 0x8000;
/// The Card Access Number: 6 digits in ASCII.
inline constexpr ObjectIdentifier cardAccessNumberObject = 0x8001;
/// Document number, date of birth and date of expiry with their check digits: 24 characters in ASCII.
inline constexpr ObjectIdentifier mrzInformationObject = 0x8002;
/// The private key of Chip Authentication: id of the standardized domain parameters, then the scalar.
inline constexpr ObjectIdentifier chipAuthenticationKeyObject = 0x8003;
/// The private key of Active Authentication, in the same form.
inline constexpr ObjectIdentifier activeAuthenticationKeyObject = 0x8004;

inline constexpr std::size_t cardAccessNumberLength = 6;
inline constexpr std::size_t mrzInformationLength = 24;

} // namespace cancuoc::card::emrtd
