// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "host/base/random.hpp"
#include "host/trust/trust_store.hpp"
#include "personalization/line/personalization_line.hpp"
#include "personalization/line/signer_watch.hpp"
#include "personalization/loading/load_profile.hpp"
#include "personalization/pki/document_signer_rotation.hpp"
#include "tools/key_options.hpp"
#include "tools/line_audit.hpp"
#include "tools/line_worker.hpp"
#include "tools/stations/reader_station.hpp"

namespace CLI {
class App;
} // namespace CLI

namespace cancuoc::tools {

/// What a run of the line works with, as its operator names it.
struct LineMeans {
    std::string store;
    std::string storeKey; ///< empty: STORE.key
    std::string pki;
    std::shared_ptr<KeyOptions> keys = std::make_shared<KeyOptions>(); ///< of the PKI
    std::optional<std::uint64_t> signatures; ///< of one document signer; none: as the PKI's policy says
    personalization::IssuingPolicy issuing;
    std::string loadProfile = "cancuoc";
    std::string transportKeys; ///< a file; empty: the published test keys
    std::string issuerKeys;
    std::string reader;
    unsigned virtualStations = 0; ///< 0: the reader
    std::string chips;            ///< folder for the memories of virtual chips; empty: in memory
    unsigned wait = 0;            ///< seconds for the next blank on the reader
    std::shared_ptr<LineAuditOptions> audit = std::make_shared<LineAuditOptions>();
    std::shared_ptr<LineWorkerOptions> worker = std::make_shared<LineWorkerOptions>();
};

/// Adds the options of a run to `command`.
[[nodiscard]] std::shared_ptr<LineMeans> addLineMeans(CLI::App& command);

/// Opens the job store at `location`. Throws BadConfiguration when it is a file that is not there, and what
/// openJobStore() throws.
[[nodiscard]] std::unique_ptr<personalization::JobStore> openExistingJobStore(const std::string& location);

/// Everything that a run of the line works with, put together: keys, signer, audit log, stations. It keeps
/// the audit log to itself as long as it lives.
class LineAssembly {
public:
    /// Asks whether the run is allowed (requireAllowedRun()) before anything else. All three outlive the
    /// object; `random` outlives the store, which gets its key. Throws NotAllowed, BadConfiguration, and what
    /// the parts throw.
    LineAssembly(const LineMeans& means, personalization::JobStore& store, RandomSource& random);
    LineAssembly(const LineAssembly&) = delete;
    LineAssembly& operator=(const LineAssembly&) = delete;
    ~LineAssembly();

    /// For a PersonalizationLine; what they name lives as long as the assembly.
    [[nodiscard]] personalization::LineServices services();

    /// The stations, made anew. `prompt` tells the person at a reader what to do, on the station's thread.
    /// `stop` ends the waiting for a blank. Throws BadConfiguration when there is no folder for chips.
    [[nodiscard]] std::vector<std::unique_ptr<personalization::ChipStation>>
    stations(const std::stop_token& stop, const ReaderStation::Prompt& prompt) const;

    /// The run is over: signs the last checkpoint of the audit log. Throws what LineAudit::end() throws.
    void end() { audit_->end(); }

private:
    const LineMeans& means_;
    personalization::JobStore& store_;
    RandomSource& random_;
    std::unique_ptr<personalization::KeyStore> pkiKeys_;
    std::unique_ptr<personalization::DocumentSignerRotation> signer_;
    trust::TrustStore trustStore_;
    personalization::LoadProfile profile_;
    std::unique_ptr<personalization::KeySource> transportKeys_;
    std::unique_ptr<personalization::KeySource> issuerKeys_; ///< null: the profile leaves the transport keys
    std::unique_ptr<LineAudit> audit_;
    std::unique_ptr<personalization::SignerWatch> watchedSigner_;
};

} // namespace cancuoc::tools
