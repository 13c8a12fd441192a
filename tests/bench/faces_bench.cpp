// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/faces_bench.hpp"

#include "host/biometric/png_image.hpp"
#include "personalization/cardface/face_renderer.hpp"
#include "personalization/intake/intake.hpp"
#include "personalization/sample/sample.hpp"

#include <atomic>
#include <chrono>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace cancuoc::bench {

namespace {

using namespace cardface;
using Timer = std::chrono::steady_clock;

std::vector<personalization::Submission> orderOf(const std::filesystem::path& folder) {
    constexpr std::size_t people = 20;
    personalization::writeSample(folder, people, 1);
    personalization::Intake intake(folder, {});
    std::vector<personalization::Submission> order;
    while (auto result = intake.next()) {
        if (!result->submission) {
            throw std::runtime_error("a sample's record was refused");
        }
        order.push_back(std::move(*result->submission));
    }
    return order;
}

/// How many cards a second, and how long one keeps a processor, which is the same on a busy machine.
struct Rate {
    double cardsPerSecond;
    double processorMilliseconds;
};

std::ostream& operator<<(std::ostream& out, const Rate& rate) {
    return out << rate.cardsPerSecond << " cards/s, " << rate.processorMilliseconds
               << " ms of a processor each";
}

double processorSeconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// Each thread draws for itself until `cards` are done.
Rate rate(const std::vector<personalization::Submission>& order, const std::string& layout, std::size_t cards,
          std::size_t threads, bool withFiles) {
    std::vector<std::unique_ptr<FaceRenderer>> renderers;
    for (std::size_t thread = 0; thread < threads; ++thread) {
        renderers.push_back(std::make_unique<FaceRenderer>(Layout::find(layout), 300));
    }
    std::atomic<std::size_t> next{0};
    const auto work = [&](FaceRenderer& renderer) {
        for (std::size_t card = next++; card < cards; card = next++) {
            const auto& submission = order[card % order.size()];
            const auto faces = renderer.render(
                contentOf(submission.record, submission.pictures, renderer.layout().qrProfile));
            for (const Channel channel : FaceRasters::channels) {
                if (withFiles) {
                    static_cast<void>(
                        biometric::encodePng(faces.front.of(channel), 300, biometric::PngCompression::Quick));
                    static_cast<void>(
                        biometric::encodePng(faces.back.of(channel), 300, biometric::PngCompression::Quick));
                }
            }
        }
    };
    const auto start = Timer::now();
    const double processorStart = processorSeconds();
    {
        std::vector<std::jthread> running;
        for (const auto& renderer : renderers) {
            running.emplace_back([&work, &renderer] { work(*renderer); });
        }
    }
    const auto all = static_cast<double>(cards);
    return {all / std::chrono::duration<double>(Timer::now() - start).count(),
            (processorSeconds() - processorStart) / all * 1000};
}

} // namespace

void reportFaces(std::ostream& out, const std::filesystem::path& folder, std::size_t cards) {
    const auto order = orderOf(folder / "faces");
    out << "Drawing both faces of " << cards << " cards at 300 dpi, every print channel\n";
    for (const std::string& layout : Layout::names()) {
        out << "  " << layout << '\n'
            << "    1 thread           " << rate(order, layout, cards, 1, false) << '\n'
            << "    2 threads          " << rate(order, layout, cards, 2, false)
            << "; at least 50 cards/s wanted\n"
            << "    2 threads, as PNG  " << rate(order, layout, cards, 2, true) << '\n';
    }
}

} // namespace cancuoc::bench
