// SPDX-License-Identifier: Apache-2.0
#include "host/base/error.hpp"
#include "host/inspection/inspection.hpp"
#include "host/reader/pcsc.hpp"

#include <iostream>

int main(int, char** arguments) try {
    using namespace cancuoc;
    const auto store = trust::TrustStore::open(arguments[1], systemClock());
    inspection::InspectionRequest request;
    request.keys.can = AccessKey::fromNumber(arguments[2]);
    request.trustStore = &store;

    PcscConnection connection("");
    SystemRandom random;
    const auto result = inspection::Inspection(connection, random, systemClock()).run(request);
    std::cout << inspection::nameOf(result.judgement.verdict) << '\n';
    for (const auto& check : result.checks) {
        std::cout << check.name << ": " << trust::nameOf(check.result) << ' ' << check.reason << '\n';
    }
    return result.judgement.verdict == inspection::Verdict::Genuine ? 0 : 3;
} catch (const cancuoc::Error& error) {
    std::cerr << error.what() << '\n';
    return 2;
}
