// SPDX-License-Identifier: Apache-2.0
// Reads the cards on all readers of the machine at once, one thread a reader, and prints one line for each.
// Arguments: the trust store, the seconds after which a reader is given up, then the number of each reader's
// card.
#include "host/base/error.hpp"
#include "host/inspection/inspection.hpp"
#include "host/reader/pcsc.hpp"
#include "host/reader/reader_monitor.hpp"

#include <iostream>
#include <thread>
#include <vector>

namespace {

using namespace cancuoc;

std::string verdictOf(const ReaderMonitor& monitor, const std::string& reader, std::string_view number,
                      const trust::TrustStore& store, std::chrono::seconds patience) try {
    const auto interruption = Interruption().within(patience);
    PcscConnection connection(monitor.waitForCard(reader, interruption).name, {.interruption = interruption});
    inspection::InspectionRequest request;
    request.keys.can = AccessKey::fromNumber(number);
    request.trustStore = &store;
    SystemRandom random;
    inspection::Inspection inspection(connection, random, systemClock());
    inspection.interruptBy(interruption);
    return std::string(inspection::nameOf(inspection.run(request).judgement.verdict));
} catch (const DeadlineExceeded&) {
    return "gave up";
} catch (const Error& error) {
    return error.what();
}

} // namespace

int main(int count, char** arguments) {
    const std::chrono::seconds patience(std::stoi(arguments[2]));
    const std::vector<std::string> numbers(arguments + 3, arguments + count);
    const auto store = trust::TrustStore::open(arguments[1], systemClock());
    const ReaderMonitor monitor;
    const auto readers = monitor.readers();
    std::vector<std::string> verdicts(readers.size());
    {
        std::vector<std::jthread> threads;
        for (std::size_t index = 0; index < readers.size() && index < numbers.size(); ++index) {
            threads.emplace_back([&, index] {
                verdicts[index] = verdictOf(monitor, readers[index].name, numbers[index], store, patience);
            });
        }
    }
    for (std::size_t index = 0; index < readers.size(); ++index) {
        std::cout << readers[index].name << ": " << verdicts[index] << '\n';
    }
    return 0;
}
