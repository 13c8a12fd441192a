// SPDX-License-Identifier: Apache-2.0
#include "host/trace/event_words.hpp"

#include <fmt/format.h>

namespace cancuoc::trace {

namespace {

namespace event = inspection::event;

struct InWords {
    Event operator()(const event::AccessOpened& opened) const {
        return {"access-opened", opened.access.protocol,
                fmt::format("{} {} {}", opened.access.mapping, opened.access.curve, opened.access.password)};
    }
    Event operator()(const event::FileBegun& begun) const {
        return {"file-begun", lds::fileName(begun.file), ""};
    }
    Event operator()(const event::FileProgress& progress) const {
        return {"file-progress", lds::fileName(progress.file),
                fmt::format("{}/{}", progress.read, progress.total)};
    }
    Event operator()(const event::FileRead& read) const {
        return {"file-read", lds::fileName(read.file), std::to_string(read.bytes)};
    }
    Event operator()(const event::RecordsRead& read) const {
        return {"records-read", std::string(read.file), std::to_string(read.records)};
    }
    Event operator()(const event::IdentityRead& identity) const {
        return {"identity-read", "",
                fmt::format("{} {}", identity.dataGroup1 != nullptr ? "DG1" : "-",
                            identity.dataGroup13 != nullptr ? "DG13" : "-")};
    }
    Event operator()(const event::IdentityJudged& judged) const {
        return {"identity-judged", "", std::string(nameOf(judged.judgement.verdict))};
    }
    Event operator()(const event::CheckSettled& settled) const {
        return {"check-settled", settled.check.name, std::string(nameOf(settled.check.result))};
    }
    Event operator()(const event::FaceRead& face) const {
        return {"face-read", "", fmt::format("{} x {}", face.face->width, face.face->height)};
    }
    Event operator()(const event::Finished& finished) const {
        return {"finished", "", std::string(nameOf(finished.judgement.verdict))};
    }
};

} // namespace

Event inWords(const inspection::InspectionEvent& event) {
    return std::visit(InWords{}, event);
}

} // namespace cancuoc::trace
