// SPDX-License-Identifier: Apache-2.0
#include "personalization/audit/log_scan.hpp"

#include "personalization/audit/line_reader.hpp"

namespace cancuoc::personalization::audit {

namespace {

class Scanner {
public:
    Scanner(std::istream& input, const std::map<std::uint64_t, Hash>& checkpoints, const EntryVisitor& visit)
        : lines_(input, EntryLine::maximumLength), checkpoints_(checkpoints), visit_(visit) {}

    LogScan scan() {
        while (!scan_.firstWrong) {
            const auto line = lines_.next();
            if (!line) {
                break;
            }
            if (!line->ended) {
                scan_.tornBytes = line->text.size();
                break;
            }
            take(line->text);
        }
        if (!scan_.firstWrong) {
            findTruncation();
        }
        return std::move(scan_);
    }

private:
    /// Whether the entry's hash is that of its content.
    [[nodiscard]] bool isItself(const EntryLine& entry) {
        return hasher_.leaf(viewOf(entry.content)) == entry.hash;
    }

    void take(std::string_view line) {
        const auto entry = EntryLine::parse(line);
        if (!entry) {
            wrong(Tampering::Edited, scan_.entries, "its line is not one of an audit log");
        } else if (!isItself(*entry)) {
            wrong(Tampering::Edited, scan_.entries, "its hash is not that of its content");
        } else if (entry->index == scan_.entries && entry->previous == scan_.last) {
            accept(*entry, line.size() + 1);
        } else {
            diagnose(*entry);
        }
    }

    void accept(const EntryLine& entry, std::size_t size) {
        if (scan_.entries == 0) {
            scan_.first = entry.hash;
        }
        beforeLast_ = scan_.last;
        scan_.last = entry.hash;
        scan_.size += size;
        ++scan_.entries;
        scan_.tree.append(entry.hash);
        if (visit_) {
            visit_(entry);
        }
        checkRoot();
    }

    void checkRoot() {
        const auto checkpoint = checkpoints_.find(scan_.entries);
        if (checkpoint == checkpoints_.end()) {
            return;
        }
        if (scan_.tree.root() == checkpoint->second) {
            scan_.vouchedFor = scan_.entries;
            return;
        }
        scan_.firstWrong = {Tampering::Rewritten, scan_.vouchedFor, scan_.entries - 1,
                            "the entries hold together but are not those that the checkpoint of " +
                                std::to_string(scan_.entries) + " entries vouches for"};
    }

    // `entry` has the hash of its content, and does not follow those before it.
    void diagnose(const EntryLine& entry) {
        const std::uint64_t expected = scan_.entries;
        const std::uint64_t index = entry.index;
        if (index > expected) {
            const bool moved = comesLater(expected);
            wrong(moved ? Tampering::Reordered : Tampering::Deleted, expected,
                  "entry " + std::to_string(index) + " stands in its place, and it " +
                      (moved ? "comes later" : "is missing"));
        } else if (index < expected) {
            // The entry may be the right one for a place that an intruder before it has taken.
            const bool fitsBefore = index + 1 == expected && entry.previous == beforeLast_ &&
                                    entry.hash != scan_.last && mayBlameFormer() &&
                                    isVouchedForByNext(entry.hash);
            wrong(Tampering::Inserted, fitsBefore ? expected - 1 : expected,
                  "an entry stands in its place that was not written there");
        } else {
            const bool formerIsWrong = expected > 0 && mayBlameFormer() && isVouchedForByNext(entry.hash);
            wrong(Tampering::Edited, formerIsWrong ? expected - 1 : expected,
                  "its hash is not the one that entry " + std::to_string(expected) + " follows");
        }
    }

    /// Whether no checkpoint vouches for the last entry that was taken.
    [[nodiscard]] bool mayBlameFormer() const { return scan_.vouchedFor < scan_.entries; }

    [[nodiscard]] bool isVouchedForByNext(Hash hash) {
        const auto line = lines_.next();
        const auto next = line && line->ended ? EntryLine::parse(line->text) : std::nullopt;
        return next && isItself(*next) && next->previous == hash;
    }

    [[nodiscard]] bool comesLater(std::uint64_t index) {
        for (auto line = lines_.next(); line && line->ended; line = lines_.next()) {
            const auto entry = EntryLine::parse(line->text);
            if (entry && entry->index == index) {
                return true;
            }
        }
        return false;
    }

    void wrong(Tampering what, std::uint64_t entry, const std::string& explanation) {
        scan_.firstWrong = {what, entry, entry, explanation};
    }

    void findTruncation() {
        if (!checkpoints_.empty() && checkpoints_.rbegin()->first > scan_.entries) {
            const std::uint64_t size = checkpoints_.rbegin()->first;
            scan_.firstWrong = {Tampering::Truncated, scan_.entries, scan_.entries,
                                "the log ends before it, and a checkpoint vouches for " +
                                    std::to_string(size) + " entries"};
        }
    }

    LineReader lines_;
    const std::map<std::uint64_t, Hash>& checkpoints_;
    const EntryVisitor& visit_;
    TreeHasher hasher_;
    Hash beforeLast_{};
    LogScan scan_;
};

} // namespace

std::string_view nameOf(Tampering tampering) {
    switch (tampering) {
    case Tampering::Edited:
        return "edited";
    case Tampering::Deleted:
        return "deleted";
    case Tampering::Inserted:
        return "inserted";
    case Tampering::Reordered:
        return "reordered";
    case Tampering::Truncated:
        return "truncated";
    case Tampering::Rewritten:
        return "rewritten";
    }
    throw BadConfiguration("No such tampering.");
}

LogScan scanLog(std::istream& input, const std::map<std::uint64_t, Hash>& checkpoints,
                const EntryVisitor& visit) {
    return Scanner(input, checkpoints, visit).scan();
}

} // namespace cancuoc::personalization::audit
