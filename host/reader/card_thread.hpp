// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/interruption.hpp"
#include "host/reader/pcsc_card.hpp"

#include <functional>
#include <future>
#include <memory>
#include <thread>

namespace cancuoc {

/// The thread that makes every PC/SC call for one card, so that a call that does not come back holds up
/// nobody: who waits for it can give up. The thread then waits alone, and gives the card back when the call
/// returns at last. Between calls it keeps the transaction alive.
class CardThread {
public:
    /// Where the thread keeps its card; empty until a call puts one in.
    using Slot = std::unique_ptr<PcscCard>;

    /// @param keepAliveEvery how long nothing happens before PcscCard::keepAlive is called
    explicit CardThread(std::chrono::milliseconds keepAliveEvery);
    CardThread(const CardThread&) = delete;
    CardThread& operator=(const CardThread&) = delete;
    /// Gives the card back, and waits for that, but not long.
    ~CardThread();

    /// Runs `call` on the thread and returns or throws what it does; one caller at a time. `call` must own
    /// all that it uses. Throws Cancelled or DeadlineExceeded when the caller stops waiting: then the thread
    /// takes no more calls, and every further perform() throws ReaderUnavailable.
    template <class Call>
    auto perform(Call call, const Interruption& interruption) {
        auto task =
            std::make_shared<std::packaged_task<std::invoke_result_t<Call, Slot&>(Slot&)>>(std::move(call));
        auto result = task->get_future();
        run([task](Slot& slot) { (*task)(slot); }, interruption);
        return result.get();
    }

private:
    struct State;
    using Task = std::function<void(Slot&)>;
    void run(Task task, const Interruption& interruption);
    static void work(const std::shared_ptr<State>& state, std::chrono::milliseconds keepAliveEvery);

    std::shared_ptr<State> state_;
    std::thread thread_;
};

} // namespace cancuoc
