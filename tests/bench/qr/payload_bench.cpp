// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/qr/payload_bench.hpp"

#include <ctime>
#include <iomanip>
#include <ostream>
#include <string>

#include "qr/drawing.hpp"
#include "qr/payload.hpp"
#include "qr/symbol.hpp"

namespace cancuoc::bench {

namespace {

// A payload of 102 bytes, and one of 195: about the shortest and the longest of real cards.
const std::string shortPayload =
    "001299000001||Nguyễn Văn Mẫu|01012099|Nam|Số 1 Phố Mẫu, Phường Mẫu, Hà Nội|02012113";
const std::string longPayload = shortPayload + "||||" + std::string(89, 'x');

template <class Work>
double perSecond(Work&& work) {
    const auto begin = std::clock();
    std::size_t rounds = 0;
    auto passed = 0.0;
    do {
        for (int round = 0; round < 200; ++round) {
            work();
        }
        rounds += 200;
        passed = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    } while (passed < 1);
    return static_cast<double>(rounds) / passed;
}

} // namespace

void measurePayloads(std::ostream& out) {
    std::size_t sink = 0;
    out << std::fixed << std::setprecision(0);
    for (const auto* payload : {&shortPayload, &longPayload}) {
        out << "payload of " << payload->size()
            << " bytes: " << perSecond([&] { sink += qr::parsePayload(*payload).payload.fullName.size(); })
            << " parsed/s, " << perSecond([&] { sink += qr::Symbol::encode(*payload).size(); })
            << " encoded/s, " << perSecond([&] {
                   sink += qr::toPng(qr::Symbol::encode(*payload), {4, 600}).size();
               })
            << " drawn as PNG/s\n";
    }
    if (sink == 0) {
        out << "nothing was done\n";
    }
}

} // namespace cancuoc::bench
