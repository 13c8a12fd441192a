// SPDX-License-Identifier: Apache-2.0
#include "tools/reading_progress.hpp"

#include <iostream>
#include <string>
#include <variant>

#include <unistd.h>

#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

namespace event = inspection::event;

struct Progress {
    void operator()(const event::AccessOpened& opened) const {
        const auto& access = opened.access;
        if (access.protocol == "none") {
            std::cerr << "The card needs no key.\n";
        } else {
            printText(std::cerr, "Access is open: {} with the {}.\n", access.protocol, access.password);
        }
    }
    void operator()(const event::IdentityRead& identity) const {
        if (identity.dataGroup13 != nullptr) {
            const auto& citizen = identity.dataGroup13->citizen;
            printText(std::cerr, "{}, {}\n", citizen.fullName, citizen.number);
        } else if (identity.dataGroup1 != nullptr) {
            const auto& zone = identity.dataGroup1->machineReadableZone;
            printText(std::cerr, "{}, {}\n", zone.name(), zone.documentNumber);
        }
    }
    void operator()(const event::IdentityJudged& judged) const {
        printText(std::cerr, "So far: {}\n", nameOf(judged.judgement.verdict));
    }
    void operator()(const event::FileProgress& progress) const {
        constexpr std::size_t percent = 100;
        if (progress.file == lds::FileId::DataGroup2 && progress.total > 0) {
            std::cerr << "\rThe face: " << percent * progress.read / progress.total << " %"
                      << (progress.read == progress.total ? "\n" : "");
            std::cerr.flush();
        }
    }
    template <typename Other>
    void operator()(const Other& /*event*/) const {}
};

} // namespace

inspection::EventObserver progressFor(int descriptor) {
    if (isatty(descriptor) == 0) {
        return {};
    }
    return [](const inspection::InspectionEvent& event) { std::visit(Progress(), event); };
}

} // namespace cancuoc::tools
