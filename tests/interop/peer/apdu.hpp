// SPDX-License-Identifier: Apache-2.0
// Commands, responses and data objects as the peers see them. The peers share nothing with the project:
// what they understand, they read in the standard for themselves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace peer {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

/// What ends a peer's run: one sentence for the person who reads the test's output.
class Failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Throws Failure with `what` unless `condition` holds.
void require(bool condition, const std::string& what);

std::string toHex(View bytes);
Bytes fromHex(std::string_view text);
Bytes concat(std::initializer_list<View> parts);

/// ISO/IEC 7816-4 command, case 1 to 4.
struct Command {
    std::uint8_t cla = 0;
    std::uint8_t ins = 0;
    std::uint8_t p1 = 0;
    std::uint8_t p2 = 0;
    Bytes data = {};
    std::optional<std::size_t> expectedLength = {}; ///< Ne, 1 to 65,536

    /// The command's bytes: short fields where they suffice, extended fields elsewhere.
    Bytes encode() const;
    static Command decode(View bytes);
};

struct Response {
    Bytes data = {};
    std::uint16_t statusWord = 0x9000;

    Bytes encode() const;
    static Response decode(View bytes);
};

struct DataObject {
    std::uint32_t tag = 0;
    View value;
    View whole;
};

/// The BER-TLV data objects that follow one another in `bytes`.
std::vector<DataObject> dataObjects(View bytes);
/// The first object with this tag, if there is one.
std::optional<DataObject> find(View bytes, std::uint32_t tag);
Bytes dataObject(std::uint32_t tag, View value);
/// Bytes of the file whose first bytes are `head`: the length of its outermost data object.
std::size_t fileLength(View head);

} // namespace peer
