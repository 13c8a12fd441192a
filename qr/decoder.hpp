// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/interruption.hpp"
#include "qr/image.hpp"

namespace cancuoc::qr {

/// Finds a QR symbol in a photograph, a scan or a camera's frame and returns its bytes, exactly as encoded
/// and without any guess about their character set. Where a symbol probably is is looked at first, then the
/// whole picture; if nothing is read, the likely parts and the whole again, enlarged, sharpened, smoothed,
/// with even light and with other thresholds, in the order that pays; a large picture at last tile by tile.
/// Parts above four megapixels are left out then, and so large a whole is looked at made smaller.
/// @param interruption its deadline is the time budget: it is looked at between attempts, each of which takes
///        some tens of milliseconds for a picture of a megapixel; the whole picture is one attempt
/// @return the first symbol read; nothing if none could be read, or not before the deadline
/// @throws Cancelled if the caller asked to stop
[[nodiscard]] std::optional<std::string> findSymbol(const GreyImage& image,
                                                    const Interruption& interruption = {});

/// Finds all QR symbols of a picture that can be read as it is; if there are none, all that can be read of it
/// made smaller; if there are none either, what findSymbol finds. A symbol that is harder to read than
/// another one in the picture can be missed.
/// @param interruption as of findSymbol
/// @return the bytes of each; empty if no symbol could be read, or not before the deadline
/// @throws Cancelled if the caller asked to stop
[[nodiscard]] std::vector<std::string> decodeSymbols(const GreyImage& image,
                                                     const Interruption& interruption = {});

/// Finds all Data Matrix symbols of a picture that can be read as it is; if there are none, one where a
/// symbol probably is, as it is or enlarged and filtered, and one anywhere else, tile by tile.
/// @param interruption as of findSymbol
/// @return the bytes of each; empty if no symbol could be read, or not before the deadline
/// @throws Cancelled if the caller asked to stop
[[nodiscard]] std::vector<std::string> decodeDataMatrixSymbols(const GreyImage& image,
                                                               const Interruption& interruption = {});

/// Finds symbols of both kinds, those that are read at once first, until one is wanted.
/// @param isWanted is given the bytes of a symbol
/// @param interruption as of findSymbol; half of what is left is for QR symbols that are hard to read
/// @return the bytes of all symbols found so far
/// @throws Cancelled if the caller asked to stop
[[nodiscard]] std::vector<std::string>
decodeBothKinds(const GreyImage& image, const std::function<bool(std::string_view bytes)>& isWanted,
                const Interruption& interruption = {});

} // namespace cancuoc::qr
