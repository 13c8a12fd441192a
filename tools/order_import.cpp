// SPDX-License-Identifier: Apache-2.0
#include "tools/order_import.hpp"

#include <filesystem>
#include <memory>
#include <utility>

#include "host/base/clock.hpp"
#include "host/base/date.hpp"
#include "host/base/random.hpp"
#include "personalization/intake/intake.hpp"
#include "personalization/intake/order_refused.hpp"
#include "personalization/jobs/import_batch.hpp"
#include "tools/store_key.hpp"

namespace cancuoc::tools {

namespace {

using namespace personalization;

/// What reports call the order: its own name, or that of the folder with its records.
std::string orderNameOf(const OrderImport& import) {
    if (!import.name.empty()) {
        return import.name;
    }
    const auto path = std::filesystem::weakly_canonical(import.order);
    const bool isRecords = path.stem() == "records";
    return (isRecords ? path.parent_path() : path).filename().string();
}

Intake intakeOf(const OrderImport& import) {
    IntakePolicy policy;
    if (import.refuseFutureDates) {
        policy.today = dateOf(systemClock()());
    }
    OrderPolicy orderPolicy;
    orderPolicy.signature.required = import.requireSignature;
    orderPolicy.signature.time = systemClock()();
    if (!import.signers.empty()) {
        orderPolicy.signature.signers = std::make_shared<OrderSigners>(OrderSigners::load(import.signers));
    }
    return {import.order, policy, orderPolicy};
}

void takeRecords(Intake& intake, ImportBatch& batch, ImportReport& report, const std::stop_token& stop,
                 const ImportProgress& progress) {
    while (auto result = intake.next()) {
        if (stop.stop_requested()) {
            report.endEarly();
            return;
        }
        for (const Finding& finding : result->findings) {
            report.add(finding);
        }
        if (result->submission) {
            batch.add(std::move(*result->submission));
        } else {
            report.countRefused();
        }
        if (progress) {
            progress(result->line);
        }
    }
    batch.store();
}

} // namespace

void importOrder(const OrderImport& import, const OpenStore& openStore, ImportReport& report,
                 const std::stop_token& stop, const ImportProgress& progress) {
    try {
        Intake intake = intakeOf(import);
        report.begin(intake.signer(), intake.orderFindings());
        SystemRandom random;
        const auto jobs = openStore(import.store);
        protectStore(*jobs, import.store, import.storeKey, random);
        ImportBatch batch(
            *jobs, orderNameOf(import),
            [&report](const CitizenRecord& record, ImportOutcome outcome) { report.count(record, outcome); });
        takeRecords(intake, batch, report, stop, progress);
    } catch (const OrderRefused& refused) {
        report.refuseOrder(refused.finding());
    }
}

} // namespace cancuoc::tools
