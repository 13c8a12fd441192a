// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/reader/pace_channel.hpp"

namespace cancuoc {

/// A reader that runs PACE with the card itself and then protects what it carries: commands reach it in
/// plain, and go on in secure messaging (BSI TR-03119, D; PC/SC part 10, FEATURE_EXECUTE_PACE).
class PaceReader {
public:
    PaceReader() = default;
    PaceReader(const PaceReader&) = delete;
    PaceReader& operator=(const PaceReader&) = delete;
    virtual ~PaceReader() = default;

    [[nodiscard]] virtual PaceCapabilities paceCapabilities() const = 0;
    /// Runs PACE; takes as long as the holder takes to type. Throws like Connection::transmit, MalformedData
    /// when the answer cannot be read, BadConfiguration when the input outgrows what can be asked.
    [[nodiscard]] virtual EstablishPaceChannelOutput
    establishPaceChannel(const EstablishPaceChannelInput& input) = 0;
    /// Ends the channel, where the reader can. Throws like Connection::transmit.
    virtual void destroyPaceChannel() = 0;
};

} // namespace cancuoc
