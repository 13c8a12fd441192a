// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

/// Every static size of the chip. A port with less memory changes the numbers here and nowhere else.
namespace cancuoc::card::configuration {

/// Longest command data field (Nc) the chip takes, secure messaging included, in bytes.
inline constexpr std::size_t maximumCommandData = 4096;
/// Longest command APDU: header, extended Lc, data, extended Le.
inline constexpr std::size_t maximumCommand = 4 + 3 + maximumCommandData + 2;
/// Longest response data field an application returns before secure messaging, in bytes.
inline constexpr std::size_t maximumResponseData = 4096;
/// What secure messaging adds at most: DO'87' header with padding indicator (5), padding (16), DO'99' (4),
/// DO'8E' (10).
inline constexpr std::size_t secureMessagingOverhead = 5 + 16 + 4 + 10;
/// Longest response APDU, status word included.
inline constexpr std::size_t maximumResponse = maximumResponseData + secureMessagingOverhead + 2;

/// Longest application identifier (ISO/IEC 7816-4, 12.2.3).
inline constexpr std::size_t maximumApplicationIdentifier = 16;
/// Applications that one dispatcher can hold.
inline constexpr std::size_t maximumApplications = 8;

/// Bytes that one flash erase clears.
inline constexpr std::size_t flashPageSize = 2048;
/// Bytes that one flash program operation writes; a word is programmed once between two erases.
inline constexpr std::size_t flashWordSize = 8;
/// Pages of each of the two alternating areas of the object log.
inline constexpr std::size_t logAreaPages = 4;
/// Pages that hold the contents of files.
inline constexpr std::size_t heapPages = 128;
/// Pages beyond those that the log and the heap fill. Erased pages go round on them, so they share the wear
/// of whatever is rewritten.
inline constexpr std::size_t sparePages = 4;
/// Erasures by which every free page may be ahead of one whose data rest, before those data move.
inline constexpr std::uint32_t restingPageLag = 16;
/// Bytes at the beginning of a page that say how worn it is and what it holds.
inline constexpr std::size_t pageHeaderSize = 3 * flashWordSize;
/// Bytes of a page, and pages, that the log and the heap use.
inline constexpr std::size_t storePageSize = flashPageSize - pageHeaderSize;
inline constexpr std::size_t storePages = 2 * logAreaPages + heapPages;
inline constexpr std::size_t storeSize = storePages * storePageSize;
/// Pages of the whole non-volatile memory.
inline constexpr std::size_t flashPages = storePages + sparePages;
/// Bytes of the whole non-volatile memory.
inline constexpr std::size_t flashSize = flashPages * flashPageSize;

/// Objects (files, keys, states) that the store can hold.
inline constexpr std::size_t maximumObjects = 56;
/// Longest value kept in the log itself; longer contents are files in the heap.
inline constexpr std::size_t maximumValueLength = 96;
/// Longest key or CVCA certificate that a personalization command brings, in bytes: one with RSA of 3072
/// bits.
inline constexpr std::size_t maximumSecretLength = 1024;
/// Bytes of log records that one transaction can hold.
inline constexpr std::size_t transactionCapacity = 1024;
/// Longest EF of the LDS application in bytes: one whose length the file control parameters tell in two
/// bytes.
inline constexpr std::size_t maximumFileLength = 65535;

/// Longest group element of PACE and Chip Authentication in bytes: 256 with DH of 2048 bits, 133 with
/// elliptic curves alone.
inline constexpr std::size_t maximumGroupElement = 256;
/// PACEInfos or ChipAuthenticationInfos that the chip serves.
inline constexpr std::size_t maximumProtocolConfigurations = 8;

/// Milliseconds before the attempt at a password that follows the first failed one; each further failure
/// doubles them up to the maximum.
inline constexpr std::uint32_t firstAttemptDelay = 100;
inline constexpr std::uint32_t maximumAttemptDelay = 10'000;

static_assert(maximumCommandData >= 256 && maximumCommandData <= 65535);
static_assert(maximumResponseData >= 256 && maximumResponse <= 65536 + 2);
static_assert(flashPageSize % flashWordSize == 0);
static_assert(sparePages >= 1 && restingPageLag >= 1);
static_assert(heapPages * storePageSize >= 122880, "DG2 and DG3 of 60 kB each fit");
static_assert(maximumFileLength <= heapPages * storePageSize);

} // namespace cancuoc::card::configuration
