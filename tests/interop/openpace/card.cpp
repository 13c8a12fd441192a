// SPDX-License-Identifier: Apache-2.0
// openpace_card DIR: writes CardContent::invented() for openpace_chip.
#include "tests/interop/openpace/card_content.hpp"

#include <iostream>

int main(int count, char** arguments) {
    try {
        peer::require(count == 2, "usage: openpace_card DIR");
        peer::CardContent::invented().save(arguments[1]);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "openpace_card: " << error.what() << '\n';
        return 1;
    }
}
