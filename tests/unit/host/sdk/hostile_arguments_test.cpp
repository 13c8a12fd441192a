// SPDX-License-Identifier: Apache-2.0
// What a program should not do, and does: each is an error, and none a crash. Sanitized builds look for the
// rest.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <latch>
#include <thread>

#include "tests/unit/host/sdk/linked_card.hpp"

using namespace cancuoc;
using test::IssuedCard;
using test::issuersStore;
using test::readingOf;

namespace {

// Every function that takes a handle, called with it and with arguments that are all right.
template <class Handle>
struct Call {
    const char* name;
    cancuoc_status (*with)(Handle* handle, cancuoc_error* error);
};

char text[4096];
std::uint8_t bytes[65536];
std::size_t length;

const Call<cancuoc_monitor> monitorCalls[] = {
    {"readers",
     [](auto* handle, auto* error) { return cancuoc_monitor_readers(handle, nullptr, 0, &length, error); }},
    {"next event",
     [](auto* handle, auto* error) {
         cancuoc_reader_event event{};
         cancuoc_reader reader{};
         return cancuoc_monitor_next_event(handle, 0, &event, &reader, error);
     }},
    {"wait for card",
     [](auto* handle, auto* error) {
         cancuoc_reader reader{};
         return cancuoc_monitor_wait_for_card(handle, "no such reader", 0, &reader, error);
     }},
};

const Call<cancuoc_trust_store> storeCalls[] = {
    {"import",
     [](auto* handle, auto* error) {
         return cancuoc_trust_store_import(handle, bytes, 1, nullptr, nullptr, 0, error);
     }},
    {"summary",
     [](auto* handle, auto* error) {
         cancuoc_trust_summary summary{};
         return cancuoc_trust_store_summary(handle, &summary, error);
     }},
    {"json", [](auto* handle,
                auto* error) { return cancuoc_trust_store_json(handle, text, sizeof text, &length, error); }},
};

const Call<cancuoc_reading> readingCalls[] = {
    {"key", [](auto* handle,
               auto* error) { return cancuoc_reading_set_key(handle, CANCUOC_KEY_CAN, "123456", error); }},
    {"dates",
     [](auto* handle, auto* error) {
         return cancuoc_reading_set_dates(handle, "2090-01-01", "2099-12-31", error);
     }},
    {"reader",
     [](auto* handle, auto* error) { return cancuoc_reading_set_reader(handle, "no such", error); }},
    {"waits", [](auto* handle, auto* error) { return cancuoc_reading_set_waits(handle, 0, 0, 0, error); }},
    {"trust store",
     [](auto* handle, auto* error) { return cancuoc_reading_set_trust_store(handle, nullptr, error); }},
    {"policy", [](auto* handle, auto* error) { return cancuoc_reading_set_policy(handle, "fast", error); }},
    {"data groups",
     [](auto* handle, auto* error) { return cancuoc_reading_set_data_groups(handle, nullptr, 0, error); }},
    {"challenge",
     [](auto* handle, auto* error) { return cancuoc_reading_set_challenge(handle, bytes, 8, error); }},
    {"terminal",
     [](auto* handle, auto* error) { return cancuoc_reading_set_terminal(handle, nullptr, error); }},
    {"terminal keys",
     [](auto* handle, auto* error) {
         return cancuoc_reading_set_terminal_keys(handle, "/nonexistent", error);
     }},
    {"time", [](auto* handle, auto* error) { return cancuoc_reading_set_time(handle, 0, error); }},
    {"callback",
     [](auto* handle, auto* error) {
         return cancuoc_reading_set_event_callback(handle, nullptr, nullptr, error);
     }},
    {"recording", [](auto* handle, auto* error) { return cancuoc_reading_set_recording(handle, 0, error); }},
    {"cancel", [](auto* handle, auto* error) { return cancuoc_reading_cancel(handle, error); }},
    {"trace", [](auto* handle,
                 auto* error) { return cancuoc_reading_trace(handle, text, sizeof text, &length, error); }},
    {"run",
     [](auto* handle, auto* error) {
         cancuoc_result* result = nullptr;
         return cancuoc_reading_run(handle, &result, error);
     }},
};

const Call<cancuoc_result> resultCalls[] = {
    {"verdict",
     [](auto* handle, auto* error) {
         cancuoc_verdict verdict{};
         return cancuoc_result_verdict(handle, &verdict, error);
     }},
    {"reason",
     [](auto* handle, auto* error) {
         return cancuoc_result_reason(handle, 0, text, sizeof text, &length, error);
     }},
    {"remark",
     [](auto* handle, auto* error) {
         return cancuoc_result_remark(handle, 0, text, sizeof text, &length, error);
     }},
    {"check name",
     [](auto* handle, auto* error) {
         return cancuoc_result_check_name(handle, 0, text, sizeof text, &length, error);
     }},
    {"check",
     [](auto* handle, auto* error) {
         cancuoc_check outcome{};
         return cancuoc_result_check(handle, "access-control", &outcome, text, sizeof text, &length, error);
     }},
    {"field",
     [](auto* handle, auto* error) {
         return cancuoc_result_field(handle, CANCUOC_FIELD_NUMBER, text, sizeof text, &length, error);
     }},
    {"other item",
     [](auto* handle, auto* error) {
         return cancuoc_result_other_item(handle, 17, text, sizeof text, &length, error);
     }},
    {"file name",
     [](auto* handle, auto* error) {
         return cancuoc_result_file_name(handle, 0, text, sizeof text, &length, error);
     }},
    {"file",
     [](auto* handle, auto* error) {
         return cancuoc_result_file(handle, "DG1", bytes, sizeof bytes, &length, error);
     }},
    {"document signer",
     [](auto* handle, auto* error) {
         return cancuoc_result_document_signer(handle, bytes, sizeof bytes, &length, error);
     }},
    {"active authentication",
     [](auto* handle, auto* error) {
         return cancuoc_result_active_authentication(handle, bytes, bytes + 8, sizeof bytes - 8, &length,
                                                     error);
     }},
    {"face",
     [](auto* handle, auto* error) {
         cancuoc_image image{};
         return cancuoc_result_face(handle, &image, error);
     }},
    {"encoded face",
     [](auto* handle, auto* error) {
         return cancuoc_result_face_encoded(handle, bytes, sizeof bytes, &length, error);
     }},
    {"RGB face",
     [](auto* handle, auto* error) {
         std::uint32_t width{};
         std::uint32_t height{};
         return cancuoc_result_face_rgb(handle, &width, &height, bytes, 0, &length, error);
     }},
    {"json", [](auto* handle,
                auto* error) { return cancuoc_result_json(handle, text, sizeof text, &length, error); }},
    {"evidence",
     [](auto* handle, auto* error) {
         return cancuoc_result_evidence(handle, bytes, sizeof bytes, &length, error);
     }},
    {"match",
     [](auto* handle, auto* error) {
         std::int32_t matches{};
         return cancuoc_qr_match("001299000001||X", 15, handle, &matches, nullptr, 0, nullptr, error);
     }},
};

template <class Handle, std::size_t Count>
void requireInvalid(const Call<Handle> (&calls)[Count], void* handle) {
    for (const auto& call : calls) {
        CAPTURE(call.name);
        cancuoc_error error{};
        CHECK(call.with(static_cast<Handle*>(handle), &error) == CANCUOC_INVALID_HANDLE);
        CHECK(error.status == CANCUOC_INVALID_HANDLE);
        CHECK(error.message[0] != '\0');
        CHECK(call.with(static_cast<Handle*>(handle), nullptr) == CANCUOC_INVALID_HANDLE);
    }
}

void requireInvalidEverywhere(void* handle) {
    requireInvalid(monitorCalls, handle);
    requireInvalid(storeCalls, handle);
    requireInvalid(readingCalls, handle);
    requireInvalid(resultCalls, handle);
}

} // namespace

TEST_CASE("handles that are NULL, made up, or addresses are errors in every function") {
    requireInvalidEverywhere(nullptr);
    requireInvalidEverywhere(reinterpret_cast<void*>(std::uintptr_t{0x4141414141414141}));
    int somewhere = 0;
    requireInvalidEverywhere(&somewhere);
}

TEST_CASE("a handle that was closed is an error in every function, and so is closing it twice") {
    cancuoc_reading* reading = nullptr;
    REQUIRE(cancuoc_reading_open(&reading, nullptr) == CANCUOC_OK);
    CHECK(cancuoc_reading_close(reading, nullptr) == CANCUOC_OK);
    CHECK(cancuoc_reading_close(reading, nullptr) == CANCUOC_INVALID_HANDLE);
    requireInvalidEverywhere(reading);
    CHECK(cancuoc_reading_close(nullptr, nullptr) == CANCUOC_OK);
    CHECK(cancuoc_result_close(nullptr, nullptr) == CANCUOC_OK);
    CHECK(cancuoc_trust_store_close(nullptr, nullptr) == CANCUOC_OK);
    CHECK(cancuoc_monitor_close(nullptr, nullptr) == CANCUOC_OK);
}

TEST_CASE("a handle of one kind is an error where another is wanted") {
    cancuoc_trust_store* store = nullptr;
    REQUIRE(cancuoc_trust_store_create(nullptr, &store, nullptr) == CANCUOC_OK);
    requireInvalid(readingCalls, store);
    requireInvalid(resultCalls, store);
    requireInvalid(monitorCalls, store);
    CHECK(cancuoc_result_close(reinterpret_cast<cancuoc_result*>(store), nullptr) == CANCUOC_INVALID_HANDLE);
    CHECK(cancuoc_trust_store_close(store, nullptr) == CANCUOC_OK);
}

TEST_CASE("places for results that are NULL are errors") {
    cancuoc_error error{};
    CHECK(cancuoc_monitor_open(nullptr, &error) == CANCUOC_INVALID_ARGUMENT);
    CHECK(cancuoc_trust_store_open("x", nullptr, &error) == CANCUOC_INVALID_ARGUMENT);
    CHECK(cancuoc_trust_store_create(nullptr, nullptr, &error) == CANCUOC_INVALID_ARGUMENT);
    CHECK(cancuoc_reading_open(nullptr, &error) == CANCUOC_INVALID_ARGUMENT);
    cancuoc_trust_store* store = nullptr;
    CHECK(cancuoc_trust_store_open(nullptr, &store, &error) == CANCUOC_INVALID_ARGUMENT);
    CHECK(cancuoc_evidence_verify(bytes, 4, nullptr, nullptr, nullptr, &error) == CANCUOC_INVALID_ARGUMENT);
    CHECK(cancuoc_qr_number("1", 1, nullptr, &error) == CANCUOC_INVALID_ARGUMENT);
    CHECK(cancuoc_qr_number(nullptr, 1, text, &error) == CANCUOC_INVALID_ARGUMENT);
    CHECK(cancuoc_qr_find(nullptr, 9, 0, text, sizeof text, &length, &error) == CANCUOC_INVALID_ARGUMENT);
    Reading reading;
    CHECK(cancuoc_reading_run(reading.handle(), nullptr, &error) == CANCUOC_INVALID_ARGUMENT);
    CHECK(cancuoc_reading_set_key(reading.handle(), CANCUOC_KEY_CAN, nullptr, &error) ==
          CANCUOC_INVALID_ARGUMENT);
    CHECK(cancuoc_reading_set_key(reading.handle(), 99, "123456", &error) == CANCUOC_INVALID_ARGUMENT);
    CHECK(cancuoc_reading_set_key(reading.handle(), CANCUOC_KEY_CAN, "12x456", &error) ==
          CANCUOC_BAD_CONFIGURATION);
    CHECK(std::string(error.message).find("12x456") == std::string::npos);
    CHECK(cancuoc_reading_set_card_link(reading.handle(), nullptr, &error) == CANCUOC_INVALID_ARGUMENT);
    cancuoc_card_link link{};
    CHECK(cancuoc_reading_set_card_link(reading.handle(), &link, &error) == CANCUOC_INVALID_ARGUMENT);
    cancuoc_terminal terminal{};
    CHECK(cancuoc_reading_set_terminal(reading.handle(), &terminal, &error) == CANCUOC_INVALID_ARGUMENT);
    CHECK(cancuoc_reading_set_waits(reading.handle(), -1, 0, 0, &error) == CANCUOC_INVALID_ARGUMENT);
    CHECK(cancuoc_reading_set_time(reading.handle(), -1, &error) == CANCUOC_INVALID_ARGUMENT);
    CHECK(cancuoc_reading_set_challenge(reading.handle(), bytes, 7, &error) == CANCUOC_INVALID_ARGUMENT);
    const std::int32_t number = 17;
    CHECK(cancuoc_reading_set_data_groups(reading.handle(), &number, 1, &error) == CANCUOC_INVALID_ARGUMENT);
    cancuoc_result* result = nullptr;
    CHECK(cancuoc_reading_run(reading.handle(), &result, &error) == CANCUOC_BAD_CONFIGURATION);
}

TEST_CASE("places for results that are NULL are errors of open handles too") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    const auto held = reading.run();
    auto* const result = held.handle();
    const Monitor monitor;
    cancuoc_error error{};
    cancuoc_reader reader{};
    cancuoc_reader_event event{};
    cancuoc_check outcome{};
    std::uint32_t pixels = 0;
    std::int32_t matches = 0;
    const cancuoc_status statuses[] = {
        cancuoc_monitor_readers(monitor.handle(), &reader, 1, nullptr, &error),
        cancuoc_monitor_readers(monitor.handle(), nullptr, 1, &length, &error),
        cancuoc_monitor_next_event(monitor.handle(), 0, nullptr, &reader, &error),
        cancuoc_monitor_next_event(monitor.handle(), 0, &event, nullptr, &error),
        cancuoc_monitor_wait_for_card(monitor.handle(), nullptr, 0, nullptr, &error),
        cancuoc_trust_store_import(store.handle(), nullptr, 1, nullptr, nullptr, 0, &error),
        cancuoc_trust_store_import(store.handle(), bytes, 0, nullptr, nullptr, 0, &error),
        cancuoc_trust_store_import(store.handle(), bytes, 1, nullptr, nullptr, 5, &error),
        cancuoc_trust_store_summary(store.handle(), nullptr, &error),
        cancuoc_trust_store_json(store.handle(), nullptr, 5, &length, &error),
        cancuoc_reading_set_dates(reading.handle(), nullptr, "2099-12-31", &error),
        cancuoc_reading_set_dates(reading.handle(), "2090-01-01", nullptr, &error),
        cancuoc_reading_set_policy(reading.handle(), nullptr, &error),
        cancuoc_reading_set_data_groups(reading.handle(), nullptr, 1, &error),
        cancuoc_reading_set_challenge(reading.handle(), nullptr, 8, &error),
        cancuoc_reading_set_terminal_keys(reading.handle(), nullptr, &error),
        cancuoc_reading_set_recording(reading.handle(), 2, &error),
        cancuoc_result_verdict(result, nullptr, &error),
        cancuoc_result_remark(result, 0, nullptr, 5, &length, &error),
        cancuoc_result_check_name(result, 0, nullptr, 5, &length, &error),
        cancuoc_result_check(result, nullptr, &outcome, text, sizeof text, &length, &error),
        cancuoc_result_check(result, "access-control", nullptr, text, sizeof text, &length, &error),
        cancuoc_result_check(result, "access-control", &outcome, nullptr, 5, &length, &error),
        cancuoc_result_field(result, CANCUOC_FIELD_NUMBER, nullptr, 5, &length, &error),
        cancuoc_result_file_name(result, 0, nullptr, 5, &length, &error),
        cancuoc_result_file(result, nullptr, bytes, sizeof bytes, &length, &error),
        cancuoc_result_file(result, "DG1", nullptr, 5, &length, &error),
        cancuoc_result_document_signer(result, nullptr, 5, &length, &error),
        cancuoc_result_active_authentication(result, nullptr, bytes, sizeof bytes, &length, &error),
        cancuoc_result_active_authentication(result, bytes, nullptr, 5, &length, &error),
        cancuoc_result_face(result, nullptr, &error),
        cancuoc_result_face_encoded(result, nullptr, 5, &length, &error),
        cancuoc_result_face_rgb(result, nullptr, &pixels, bytes, sizeof bytes, &length, &error),
        cancuoc_result_face_rgb(result, &pixels, nullptr, bytes, sizeof bytes, &length, &error),
        cancuoc_result_face_rgb(result, &pixels, &pixels, nullptr, 5, &length, &error),
        cancuoc_result_json(result, nullptr, 5, &length, &error),
        cancuoc_result_evidence(result, nullptr, 5, &length, &error),
        cancuoc_qr_json(nullptr, 5, text, sizeof text, &length, &error),
        cancuoc_qr_json("x", 1, nullptr, 5, &length, &error),
        cancuoc_qr_match(nullptr, 5, result, &matches, nullptr, 0, nullptr, &error),
        cancuoc_qr_match("001299000001||X", 15, result, nullptr, nullptr, 0, nullptr, &error),
        cancuoc_qr_match("001299000001||X", 15, result, &matches, nullptr, 5, nullptr, &error)};
    for (std::size_t at = 0; at < std::size(statuses); ++at) {
        CAPTURE(at);
        CHECK(statuses[at] == CANCUOC_INVALID_ARGUMENT);
    }
}

TEST_CASE("buffers that are too short stay as they are, and the length is told") {
    IssuedCard issued;
    const auto store = issuersStore();
    auto reading = readingOf(issued.linked, store);
    const auto result = reading.run();
    const auto json = result.json();
    for (std::size_t capacity : {std::size_t{0}, std::size_t{1}, json.size() - 1, json.size()}) {
        std::string buffer(capacity, 'x');
        length = 0;
        CHECK(cancuoc_result_json(result.handle(), capacity != 0 ? buffer.data() : nullptr, capacity, &length,
                                  nullptr) == CANCUOC_BUFFER_TOO_SMALL);
        CHECK(length == json.size());
        CHECK(buffer == std::string(capacity, 'x'));
    }
    CHECK(cancuoc_result_json(result.handle(), nullptr, 5, &length, nullptr) == CANCUOC_INVALID_ARGUMENT);
    Bytes file(result.file("DG1").value().size());
    CHECK(cancuoc_result_file(result.handle(), "DG1", file.data(), file.size() - 1, nullptr, nullptr) ==
          CANCUOC_BUFFER_TOO_SMALL);
    CHECK(file == Bytes(file.size()));
    CHECK(cancuoc_result_file(result.handle(), "DG1", file.data(), file.size(), nullptr, nullptr) ==
          CANCUOC_OK);
    CHECK(cancuoc_result_field(result.handle(), 4711, text, sizeof text, nullptr, nullptr) ==
          CANCUOC_INVALID_ARGUMENT);
}

TEST_CASE("readings run side by side in several threads, and closing under them ends them") {
    const auto store = issuersStore();
    IssuedCard issued[3];
    std::atomic<int> genuine = 0;
    std::vector<std::thread> threads;
    for (auto& each : issued) {
        threads.emplace_back([&] {
            auto reading = readingOf(each.linked, store);
            for (int run = 0; run < 3; ++run) {
                genuine += reading.run().genuine() ? 1 : 0;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(genuine == 9);

    cancuoc_reading* closed = nullptr;
    auto reading = readingOf(issued[0].linked, store);
    closed = reading.handle();
    cancuoc_status second = CANCUOC_OK;
    reading.observer([&](const cancuoc_event& event) {
        if (event.kind == CANCUOC_EVENT_ACCESS_OPENED) {
            std::thread([&] {
                cancuoc_result* result = nullptr;
                second = cancuoc_reading_run(closed, &result, nullptr);
                CHECK(cancuoc_reading_close(closed, nullptr) == CANCUOC_OK);
            }).join();
        }
        return true;
    });
    cancuoc_result* result = nullptr;
    CHECK(cancuoc_reading_run(closed, &result, nullptr) == CANCUOC_CANCELLED);
    CHECK(second == CANCUOC_BUSY);
}

TEST_CASE("one result is asked by many threads, and all of them are told the same") {
    IssuedCard issued;
    const auto store = issuersStore();
    const auto result = readingOf(issued.linked, store).run();
    constexpr std::size_t askers = 8;
    std::array<std::string, askers> told;
    std::latch together(askers);
    std::vector<std::thread> threads;
    for (auto& answer : told) {
        threads.emplace_back([&] {
            together.arrive_and_wait(); // the JSON is made for whoever comes first
            answer = result.json();
            CHECK(result.field(CANCUOC_FIELD_NUMBER) == test::TestCard::record().number);
            CHECK(result.genuine());
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK_FALSE(told[0].empty());
    CHECK(std::count(told.begin(), told.end(), told[0]) == std::ptrdiff_t{askers});
}

TEST_CASE("closing a monitor ends the calls that wait in other threads") {
    const Call<cancuoc_monitor> waits[] = {
        {"next event",
         [](auto* monitor, auto* error) {
             cancuoc_reader_event event{};
             cancuoc_reader reader{};
             cancuoc_status status = CANCUOC_OK;
             while (status == CANCUOC_OK) { // the readers that this machine has
                 status = cancuoc_monitor_next_event(monitor, -1, &event, &reader, error);
             }
             return status;
         }},
        {"wait for card",
         [](auto* monitor, auto* error) {
             cancuoc_reader reader{};
             return cancuoc_monitor_wait_for_card(monitor, "no such reader", -1, &reader, error);
         }},
    };
    for (const auto& wait : waits) {
        CAPTURE(wait.name);
        // Where the thread did not come to its call before the monitor was closed, it gets more time.
        cancuoc_status status = CANCUOC_INVALID_HANDLE;
        for (std::chrono::milliseconds patience(10); status == CANCUOC_INVALID_HANDLE; patience *= 2) {
            cancuoc_monitor* monitor = nullptr;
            REQUIRE(cancuoc_monitor_open(&monitor, nullptr) == CANCUOC_OK);
            std::thread thread([&] { status = wait.with(monitor, nullptr); });
            std::this_thread::sleep_for(patience);
            CHECK(cancuoc_monitor_close(monitor, nullptr) == CANCUOC_OK);
            thread.join();
        }
        CHECK(status == CANCUOC_CANCELLED);
    }
}

TEST_CASE("of many threads that close a handle one does, and the others are told") {
    IssuedCard issued;
    const auto issuers = issuersStore();
    cancuoc_monitor* monitor = nullptr;
    cancuoc_trust_store* store = nullptr;
    cancuoc_reading* reading = nullptr;
    cancuoc_result* result = nullptr;
    REQUIRE(cancuoc_monitor_open(&monitor, nullptr) == CANCUOC_OK);
    REQUIRE(cancuoc_trust_store_create(nullptr, &store, nullptr) == CANCUOC_OK);
    REQUIRE(cancuoc_reading_open(&reading, nullptr) == CANCUOC_OK);
    auto linked = readingOf(issued.linked, issuers);
    REQUIRE(cancuoc_reading_run(linked.handle(), &result, nullptr) == CANCUOC_OK);
    const std::function<cancuoc_status()> closings[] = {
        [&] { return cancuoc_monitor_close(monitor, nullptr); },
        [&] { return cancuoc_trust_store_close(store, nullptr); },
        [&] { return cancuoc_reading_close(reading, nullptr); },
        [&] { return cancuoc_result_close(result, nullptr); },
    };
    for (const auto& close : closings) {
        constexpr int closers = 4;
        std::latch together(closers);
        std::atomic<int> closed = 0;
        std::atomic<int> refused = 0;
        std::vector<std::thread> threads;
        for (int thread = 0; thread < closers; ++thread) {
            threads.emplace_back([&] {
                together.arrive_and_wait();
                const auto status = close();
                closed += status == CANCUOC_OK ? 1 : 0;
                refused += status == CANCUOC_INVALID_HANDLE ? 1 : 0;
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        CHECK(closed == 1);
        CHECK(refused == closers - 1);
        CHECK(close() == CANCUOC_INVALID_HANDLE);
    }
}
