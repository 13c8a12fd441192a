// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/sdk/handle_table.hpp"

/// The handles that are open in this process. A C program has nowhere to keep this but in the library: it is
/// the one state of the project that is not passed in, and holds nothing but what the program has open.
namespace cancuoc::sdk {

class Certificates;
class Monitor;
class Reading;
class Result;
class Store;

[[nodiscard]] HandleTable<cancuoc_certificates, Certificates>& certificates();
[[nodiscard]] HandleTable<cancuoc_monitor, Monitor>& monitors();
[[nodiscard]] HandleTable<cancuoc_reading, Reading>& readings();
[[nodiscard]] HandleTable<cancuoc_result, const Result>& results();
[[nodiscard]] HandleTable<cancuoc_trust_store, Store>& stores();

} // namespace cancuoc::sdk
