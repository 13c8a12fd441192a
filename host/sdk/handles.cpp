// SPDX-License-Identifier: Apache-2.0
#include "host/sdk/handles.hpp"

#include <atomic>

#include "host/sdk/monitor.hpp"
#include "host/sdk/reading.hpp"
#include "host/sdk/result.hpp"
#include "host/sdk/store.hpp"
#include "host/sdk/terminal.hpp"

namespace cancuoc::sdk {

std::uintptr_t nextHandleNumber() {
    static std::atomic<std::uintptr_t> last{1};
    return last += 2;
}

HandleTable<cancuoc_certificates, Certificates>& certificates() {
    static HandleTable<cancuoc_certificates, Certificates> table;
    return table;
}

HandleTable<cancuoc_monitor, Monitor>& monitors() {
    static HandleTable<cancuoc_monitor, Monitor> table;
    return table;
}

HandleTable<cancuoc_reading, Reading>& readings() {
    static HandleTable<cancuoc_reading, Reading> table;
    return table;
}

HandleTable<cancuoc_result, const Result>& results() {
    static HandleTable<cancuoc_result, const Result> table;
    return table;
}

HandleTable<cancuoc_trust_store, Store>& stores() {
    static HandleTable<cancuoc_trust_store, Store> table;
    return table;
}

} // namespace cancuoc::sdk
