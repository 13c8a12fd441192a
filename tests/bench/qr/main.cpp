// SPDX-License-Identifier: Apache-2.0
// cancuoc_qr_bench: how many pictures are read, by whom and how fast; and how fast payloads are parsed and
// encoded, in processor time of one core.
//
//   cancuoc_qr_bench [--pictures N] [--save DIR]
//
// N pictures for each of ten classes (200), of rising severity and with fixed seeds. The first half of each
// class is the easy one. Beside our decoder, which looks for all symbols of a picture, stand one call of
// ZXing-cpp with try-harder on, which looks for one, and ZBar. Exit status 1 if our decoder returns a payload
// that the picture does not have.
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <string>

#include "tests/bench/qr/decoding_bench.hpp"
#include "tests/bench/qr/payload_bench.hpp"

int main(int count, char** arguments) try {
    std::size_t pictures = 200;
    std::filesystem::path folder;
    for (int index = 1; index < count; index += 2) {
        const std::string name = arguments[index];
        if (index + 1 == count || (name != "--pictures" && name != "--save")) {
            throw std::runtime_error("usage: cancuoc_qr_bench [--pictures N] [--save DIR]");
        }
        if (name == "--save") {
            folder = arguments[index + 1];
        } else {
            pictures = std::stoul(arguments[index + 1]);
        }
    }
    cancuoc::bench::measurePayloads(std::cout);
    return cancuoc::bench::measureDecoding(std::cout, pictures, folder) ? EXIT_SUCCESS : EXIT_FAILURE;
} catch (const std::exception& error) {
    std::cerr << "cancuoc_qr_bench: " << error.what() << '\n';
    return EXIT_FAILURE;
}
