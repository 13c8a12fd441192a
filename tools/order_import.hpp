// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "personalization/jobs/job_store.hpp"
#include "tools/import_report.hpp"

namespace cancuoc::tools {

/// An order that is to be taken in, and what is demanded of it.
struct OrderImport {
    std::string order;    ///< a file of records, a folder with one, or a ZIP of such a folder
    std::string name;     ///< what reports call it; empty: the name of its file or folder
    std::string store;    ///< a job store, made when it is absent
    std::string storeKey; ///< empty: STORE.key
    std::string signers;  ///< a folder of certificates whose signatures count; empty: no signature is checked
    bool requireSignature = false;
    bool refuseFutureDates = false;
};

/// Opens the job store at a location, and makes it when it is absent.
using OpenStore = std::function<std::unique_ptr<personalization::JobStore>(const std::string& location)>;

/// Is told each line of the records when it has been looked at.
using ImportProgress = std::function<void(std::size_t line)>;

/// Checks an order and takes its good records into the job store. What is wrong, also with the order as a
/// whole, stands in `report`. When `stop` is asked for, it ends before the next commit: what is taken stays,
/// importing the order again goes on, and the report says so. Throws Error when a file cannot be read,
/// BadConfiguration for wrong signers or keys, and what the store throws.
void importOrder(const OrderImport& import, const OpenStore& openStore, ImportReport& report,
                 const std::stop_token& stop = {}, const ImportProgress& progress = {});

} // namespace cancuoc::tools
