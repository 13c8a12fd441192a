// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>

#include "host/inspection/given_access.hpp"
#include "host/inspection/inspection_result.hpp"

namespace CLI {
class App;
}

namespace cancuoc::tools {

/// What the command line says about reading one card; `read` and `qr verify` share it.
struct ReadOptions {
    std::string reader; ///< name of the reader or a part of it; empty: the one with a card
    inspection::GivenAccess given;
    std::string atReader;    ///< `can`, `pin` or `puk`, which the holder types at the reader
    bool withoutKey = false; ///< the card has no access control
    std::string birth;       ///< YYYY-MM-DD
    std::string expiry;      ///< YYYY-MM-DD
    std::string trustStore;
    std::string policy = "standard";
    std::string terminalKeys;
    std::string traceFile;
    bool traceUnredacted = false;
    std::string evidenceFile;  ///< where the evidence of the reading is kept; empty: nowhere
    std::set<int> dataGroups;  ///< empty: all
    bool lds2 = false;         ///< travel records, visas and additional biometrics too
    bool decodePixels = false; ///< of all images, while the card is read
    unsigned wait = 0;         ///< seconds to wait for a card; 0: not at all
    unsigned resumeWithin = 0; ///< seconds to wait for a card that was lifted; 0: not at all
    unsigned within = 0;       ///< seconds after which reading is given up; 0: never

    /// Whether one of the access keys was given, or said not to be needed.
    [[nodiscard]] bool nameKey() const;
};

/// Adds the options that name a card and its key to `command`.
/// @param options filled while the command line is parsed; must live as long as `command`
/// @param keyRequired one of --can, --mrz, --number, --pin, --puk, --at-reader and --without-key must be
/// given
void addCardOptions(CLI::App& command, ReadOptions& options, bool keyRequired);

/// Adds the options that say how a card is judged and recorded.
void addJudgingOptions(CLI::App& command, ReadOptions& options);

/// Reads and judges the card in the reader, and keeps the evidence of it where `options` say. SIGINT and
/// SIGTERM end it.
/// @throws CLI::ValidationError if the options do not fit together
/// @throws what Inspection::run, PcscConnection, TrustStore::open and Policy::load throw
[[nodiscard]] inspection::InspectionResult readCard(const ReadOptions& options);

} // namespace cancuoc::tools
