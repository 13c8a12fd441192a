// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cancuoc {

/// A reader that the smart card service knows, and what was last seen of it.
struct ReaderInfo {
    std::string name;
    bool cardPresent = false;
    bool cardMute = false;    ///< the card does not answer: it lies askew, or is none
    bool inUse = false;       ///< a program is connected to the card
    bool exclusive = false;   ///< that program lets no other in
    bool answers = true;      ///< false: the service has said nothing about the reader yet
    Bytes atr{};              ///< of the card; empty without one
    unsigned cardChanges = 0; ///< grows with every card that comes or goes

    friend bool operator==(const ReaderInfo&, const ReaderInfo&) = default;
};

/// Picks the reader that a person means by `text`: the one of this name; else, of those whose names contain
/// it in upper or lower case, the only one, or the only one that holds a card. An empty text fits every
/// reader. Throws ReaderUnavailable when no name fits, BadConfiguration when several do and the cards do not
/// decide; both messages list names.
[[nodiscard]] const ReaderInfo& chooseReader(const std::vector<ReaderInfo>& readers, std::string_view text);

} // namespace cancuoc
