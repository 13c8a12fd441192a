// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QString>

#include "personalization/station/floor_state.hpp"

namespace cancuoc::station {

/// What the screen calls things, in the language of the moment.
class Words {
    Q_DECLARE_TR_FUNCTIONS(Words)

public:
    [[nodiscard]] static QString phase(const FloorState& state);
    /// "Virtual chip 2", "Reader ACS".
    [[nodiscard]] static QString place(const std::string& place);
    [[nodiscard]] static QString activity(const StationTile& tile);
    /// A step of the work, as the line names it.
    [[nodiscard]] static QString step(const std::string& step);
    [[nodiscard]] static QString outcome(personalization::ChipState state);
    [[nodiscard]] static QString kind(HandNeeded::Kind kind);
    /// What the person is to do about it.
    [[nodiscard]] static QString proposal(const HandNeeded& hand);
    /// A sentence for the person at a reader.
    [[nodiscard]] static QString prompt(const std::string& sentence);
};

} // namespace cancuoc::station
