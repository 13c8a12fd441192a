// SPDX-License-Identifier: Apache-2.0
#include "host/reader/reader_monitor.hpp"

#include "host/base/error.hpp"
#include "host/reader/pcsc_error.hpp"
#include "host/reader/watch_thread.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <utility>

namespace cancuoc {

namespace {

constexpr std::size_t mostEvents = 1024;

// Cards that came and went between two looks are told too.
std::vector<ReaderEvent::Kind> cardEvents(const ReaderInfo& before, const ReaderInfo& after) {
    using enum ReaderEvent::Kind;
    if (before.cardPresent != after.cardPresent) {
        return {after.cardPresent ? CardInserted : CardRemoved};
    }
    if (!before.answers || before.cardChanges == after.cardChanges) {
        return {};
    }
    return after.cardPresent ? std::vector{CardRemoved, CardInserted}
                             : std::vector{CardInserted, CardRemoved};
}

} // namespace

std::string_view nameOf(ReaderEvent::Kind kind) {
    switch (kind) {
    case ReaderEvent::Kind::ReaderArrived:
        return "reader-arrived";
    case ReaderEvent::Kind::ReaderDeparted:
        return "reader-departed";
    case ReaderEvent::Kind::CardInserted:
        return "card-inserted";
    case ReaderEvent::Kind::CardRemoved:
        break;
    }
    return "card-removed";
}

/// What the threads have seen. They keep it when the monitor has given them up.
class ReaderMonitor::Board {
public:
    explicit Board(std::chrono::milliseconds every) : lookEvery(every) {}

    const std::chrono::milliseconds lookEvery;

    void arrive(const std::string& name) {
        const std::lock_guard lock(mutex_);
        ReaderInfo& reader = readers_[name];
        reader = {};
        reader.name = name;
        reader.answers = false;
        tell(ReaderEvent::Kind::ReaderArrived, reader);
    }

    void depart(const std::string& name) {
        const std::lock_guard lock(mutex_);
        const auto found = readers_.find(name);
        const ReaderInfo gone{name};
        for (const auto kind : cardEvents(found->second, gone)) {
            tell(kind, gone);
        }
        readers_.erase(found);
        tell(ReaderEvent::Kind::ReaderDeparted, gone);
    }

    /// What a watch that has not been told to stop sees.
    void see(const ReaderInfo& reader, const WatchThread::Control& watch) {
        const std::lock_guard lock(mutex_);
        const auto found = readers_.find(reader.name);
        if (found == readers_.end() || watch.stopped()) {
            return;
        }
        const ReaderInfo before = std::exchange(found->second, reader);
        for (const auto kind : cardEvents(before, reader)) {
            tell(kind, reader);
        }
        changed_.notify_all();
    }

    void list(std::vector<std::string> names) {
        const std::lock_guard lock(mutex_);
        order_ = std::move(names);
        listed_ = true;
        trouble_.clear();
        changed_.notify_all();
    }

    void loseService(std::string trouble) {
        const std::lock_guard lock(mutex_);
        order_.clear();
        listed_ = true;
        trouble_ = std::move(trouble);
        changed_.notify_all();
    }

    /// Waits until every reader has been looked at, or has had its time.
    std::vector<ReaderInfo> readers(const Interruption& interruption) {
        std::unique_lock lock(mutex_);
        await(lock, interruption.within(lookEvery), [this] { return complete(); });
        if (!listed_) {
            await(lock, interruption, [this] { return listed_; });
            requireUninterrupted(interruption);
        }
        if (!trouble_.empty()) {
            throw ReaderUnavailable(trouble_);
        }
        return inOrder();
    }

    ReaderEvent next(const Interruption& interruption) {
        std::unique_lock lock(mutex_);
        if (!await(lock, interruption, [this] { return !events_.empty(); })) {
            requireUninterrupted(interruption);
        }
        ReaderEvent event = std::move(events_.front());
        events_.pop_front();
        return event;
    }

    ReaderInfo waitForCard(std::string_view readerText, const Interruption& interruption,
                           std::optional<unsigned> otherThan) {
        std::unique_lock lock(mutex_);
        std::optional<ReaderInfo> found;
        std::exception_ptr why;
        const auto look = [&] {
            try {
                found = readerWithCard(readerText, otherThan);
            } catch (const NoCard&) {
                why = std::current_exception();
            } catch (const ReaderUnavailable&) {
                why = std::current_exception();
            }
            return found.has_value();
        };
        if (!await(lock, interruption, look)) {
            if (interruption.stop.stop_requested()) {
                requireUninterrupted(interruption);
            }
            std::rethrow_exception(why);
        }
        return *found;
    }

private:
    void tell(ReaderEvent::Kind kind, const ReaderInfo& reader) {
        events_.push_back({kind, reader});
        if (events_.size() > mostEvents) {
            events_.pop_front();
        }
        changed_.notify_all();
    }

    template <class Condition>
    bool await(std::unique_lock<std::mutex>& lock, const Interruption& interruption,
               const Condition& condition) {
        return interruption.deadline
                   ? changed_.wait_until(lock, interruption.stop, *interruption.deadline, condition)
                   : changed_.wait(lock, interruption.stop, condition);
    }

    [[nodiscard]] bool complete() const {
        return listed_ && std::all_of(order_.begin(), order_.end(), [this](const std::string& name) {
                   const auto found = readers_.find(name);
                   return found != readers_.end() && found->second.answers;
               });
    }

    [[nodiscard]] std::vector<ReaderInfo> inOrder() const {
        std::vector<ReaderInfo> list;
        for (const auto& name : order_) {
            if (const auto found = readers_.find(name); found != readers_.end()) {
                list.push_back(found->second);
            }
        }
        return list;
    }

    [[nodiscard]] ReaderInfo readerWithCard(std::string_view readerText,
                                            std::optional<unsigned> otherThan) const {
        if (!trouble_.empty()) {
            throw ReaderUnavailable(trouble_);
        }
        const auto list = inOrder();
        const ReaderInfo& reader = chooseReader(list, readerText);
        if (reader.cardMute) {
            throwPcsc(SCARD_W_UNRESPONSIVE_CARD, PcscPhase::Connect, reader.name);
        }
        if (!reader.cardPresent || otherThan == reader.cardChanges) {
            throwPcsc(SCARD_E_NO_SMARTCARD, PcscPhase::Connect, reader.name);
        }
        return reader;
    }

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::map<std::string, ReaderInfo> readers_;
    std::vector<std::string> order_;
    bool listed_ = false;
    std::string trouble_; ///< why there are no readers; empty while the service runs
    std::deque<ReaderEvent> events_;
};

/// The thread that lists the readers, and with it those that watch them.
class ReaderMonitor::Watching {
public:
    explicit Watching(std::shared_ptr<Board> board)
        : thread_(
              [board = std::move(board)](WatchThread::Control& control) { listReaders(board, control); }) {}

private:
    using Watches = std::map<std::string, std::unique_ptr<WatchThread>>;

    static void listReaders(const std::shared_ptr<Board>& board, WatchThread::Control& control) {
        Watches watches;
        while (!control.stopped()) {
            try {
                const auto context = control.openContext();
                while (!control.stopped()) {
                    const auto names = context->readerNames();
                    board->list(names);
                    follow(names, watches, board);
                    context->waitForReaders(board->lookEvery);
                }
            } catch (const Cancelled&) { // the loops see why
            } catch (const ReaderUnavailable& trouble) {
                board->loseService(trouble.what());
                follow({}, watches, board);
                control.pause(board->lookEvery);
            }
        }
        for (const auto& watch : watches) {
            watch.second->requestStop();
        }
    }

    // A watch that has ended has seen its reader go, though one of that name may be back.
    static void follow(const std::vector<std::string>& names, Watches& watches,
                       const std::shared_ptr<Board>& board) {
        for (auto watch = watches.begin(); watch != watches.end();) {
            const bool isListed = std::find(names.begin(), names.end(), watch->first) != names.end();
            if (isListed && !watch->second->ended()) {
                ++watch;
                continue;
            }
            const std::string name = watch->first;
            watch = watches.erase(watch);
            board->depart(name);
        }
        for (const auto& name : names) {
            if (watches.count(name) == 0) {
                board->arrive(name);
                watches[name] = std::make_unique<WatchThread>(
                    [board, name](WatchThread::Control& control) { watchReader(name, *board, control); });
            }
        }
    }

    static void watchReader(const std::string& name, Board& board, WatchThread::Control& control) {
        const auto context = control.openContext();
        DWORD known = SCARD_STATE_UNAWARE;
        while (!control.stopped()) {
            const ReaderState state = context->waitForChange(name, known, board.lookEvery);
            if (!state.info.answers) {
                return;
            }
            if (state.flags != known) {
                board.see(state.info, control);
            }
            known = state.flags;
        }
    }

    WatchThread thread_;
};

ReaderMonitor::ReaderMonitor(std::chrono::milliseconds lookEvery)
    : board_(std::make_shared<Board>(lookEvery)), watching_(std::make_unique<Watching>(board_)) {}

ReaderMonitor::~ReaderMonitor() = default;

std::vector<ReaderInfo> ReaderMonitor::readers(const Interruption& interruption) const {
    return board_->readers(interruption);
}

ReaderEvent ReaderMonitor::next(const Interruption& interruption) const {
    return board_->next(interruption);
}

ReaderInfo ReaderMonitor::waitForCard(std::string_view readerText, const Interruption& interruption,
                                      std::optional<unsigned> otherThan) const {
    return board_->waitForCard(readerText, interruption, otherThan);
}

} // namespace cancuoc
