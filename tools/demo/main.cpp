// SPDX-License-Identifier: Apache-2.0
// cancuoc_demo_page DIR: writes DIR/index.html from what demo.sh left in DIR (cards/NUMBER/…, stages.tsv),
// and a summary to standard output. Exit status 0 when every card is genuine and its QR code matches, 3 when
// one is not, 2 when a file is missing.
#include "tools/demo/page.hpp"

#include <algorithm>
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>

namespace {

using namespace cancuoc::demo;

std::vector<CardReport> loadCards(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    std::vector<CardReport> cards;
    std::transform(paths.begin(), paths.end(), std::back_inserter(cards), CardReport::load);
    return cards;
}

// One stage a line: name, tab, seconds.
std::vector<StageTime> loadStages(const std::filesystem::path& path) {
    std::vector<StageTime> stages;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const std::size_t tab = line.find('\t');
        if (tab != std::string::npos) {
            stages.push_back({line.substr(0, tab), std::stod(line.substr(tab + 1))});
        }
    }
    return stages;
}

bool isGood(const CardReport& card) {
    return card.verdict == "genuine" && card.qrMatches;
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::cerr << "usage: cancuoc_demo_page DIR\n";
        return 1;
    }
    try {
        const std::filesystem::path folder = arguments[1];
        const std::vector<CardReport> cards = loadCards(folder / "cards");
        std::ofstream file(folder / "index.html", std::ios::binary);
        file << page(cards, loadStages(folder / "stages.tsv"));
        if (!file.flush()) {
            throw std::runtime_error((folder / "index.html").string() + " cannot be written");
        }
        std::cout << summary(cards);
        return !cards.empty() && std::all_of(cards.begin(), cards.end(), isGood) ? 0 : 3;
    } catch (const std::exception& error) {
        std::cerr << "cancuoc_demo_page: " << error.what() << '\n';
        return 2;
    }
}
