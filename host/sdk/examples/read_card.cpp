// SPDX-License-Identifier: Apache-2.0
// read_card NUMBER TRUST: reads the card on the reader and says whether it is genuine.
#include <iostream>

#include <cancuoc.hpp>

int main(int count, char** arguments) try {
    if (count != 3) {
        std::cerr << "usage: read_card NUMBER TRUST\n";
        return 1;
    }
    const auto store = cancuoc::TrustStore::open(arguments[2]);
    cancuoc::Reading reading;
    const auto result = reading.key(CANCUOC_KEY_NUMBER, arguments[1]).trust(store).waits(10000, 10000).run();
    std::cout << result.field(CANCUOC_FIELD_FULL_NAME).value_or("?") << ": "
              << (result.genuine() ? "genuine" : "NOT proven genuine") << '\n';
    return result.genuine() ? 0 : 3;
} catch (const cancuoc::Failure& failure) {
    std::cerr << failure.what() << '\n';
    return 2;
}
