// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "host/base/bytes.hpp"
#include "host/lds/data_group.hpp"

namespace cancuoc::inspection {

/// What has been read of one card, kept by the caller while the card is lifted and put back: the next reading
/// takes it and goes on at the first byte that is missing. It holds data groups only, whose hashes are
/// signed, and belongs to the card by its EF.SOD; no key and no proof is kept. Holds personal data.
class ReadingCache {
public:
    /// A data group as far as it was read.
    struct Entry {
        Bytes content;
        bool complete = false;
    };

    /// Says which card is being read. Everything is forgotten if it is another one.
    /// @param securityObject EF.SOD, as just read from the card; empty if it gives none: then no card is the
    /// same
    void recognise(BytesView securityObject);

    /// What is there of a data group. The reference is valid until recognise() forgets it.
    [[nodiscard]] Entry& dataGroup(lds::FileId file) { return dataGroups_[file]; }

private:
    Bytes securityObject_;
    std::map<lds::FileId, Entry> dataGroups_;
};

} // namespace cancuoc::inspection
