// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/worker.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <stdexcept>
#include <vector>

using cancuoc::inspection::Worker;

TEST_CASE("tasks are done one after another, and their results come with the future") {
    std::vector<int> done; // touched by the worker alone until it has ended
    {
        Worker worker;
        std::vector<std::future<int>> results;
        for (int number = 0; number < 1000; ++number) {
            results.push_back(worker.run([number, &done] {
                done.push_back(number);
                return number * 2;
            }));
        }
        for (int number = 0; number < 1000; ++number) {
            CHECK(results[static_cast<std::size_t>(number)].get() == number * 2);
        }
    }
    REQUIRE(done.size() == 1000);
    CHECK(done.front() == 0);
    CHECK(done.back() == 999);
}

TEST_CASE("what a task throws comes with the future, and the worker goes on") {
    Worker worker;
    auto failed = worker.run([]() -> int { throw std::runtime_error("no"); });
    auto passed = worker.run([] { return 1; });
    CHECK_THROWS_AS(static_cast<void>(failed.get()), std::runtime_error);
    CHECK(passed.get() == 1);
}

TEST_CASE("a worker that is given up ends with the task in hand, and drops the rest") {
    for (int run = 0; run < 50; ++run) {
        std::promise<void> begun;
        int after = 0;
        std::future<void> dropped;
        {
            Worker worker;
            static_cast<void>(worker.run([&begun] { begun.set_value(); }));
            begun.get_future().wait();
            for (int task = 0; task < 100; ++task) {
                dropped = worker.run([&after] { ++after; });
            }
        }
        const int atTheEnd = after; // nobody is at work any more
        CHECK(atTheEnd <= 100);
        CHECK(dropped.valid());
    }
}
