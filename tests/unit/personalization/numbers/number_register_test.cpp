// SPDX-License-Identifier: Apache-2.0
#include "personalization/numbers/number_register.hpp"

#include "host/base/file.hpp"
#include "personalization/intake/identification_number.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <set>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using namespace cancuoc;
using namespace cancuoc::personalization;

namespace {

constexpr std::chrono::sys_seconds noon{std::chrono::hours(12)};

/// A register in a folder that goes with the test.
class RegisterFile {
public:
    [[nodiscard]] std::filesystem::path path() const { return folder_.path() / "numbers.sqlite"; }
    [[nodiscard]] std::filesystem::path keyPath() const { return folder_.path() / "numbers.sqlite.key"; }
    [[nodiscard]] std::unique_ptr<NumberRegister> open() const {
        SystemRandom random;
        return std::make_unique<NumberRegister>(
            path(), [] { return noon; }, random);
    }

private:
    test::TemporaryDirectory folder_;
};

NumberPrefix hanoi2099() {
    return {1, Sex::Male, std::chrono::year(2099)};
}

std::string what(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("a prefix tells place, century, sex and year") {
    using std::chrono::year;
    CHECK(hanoi2099().text() == "001299");
    CHECK(NumberPrefix(96, Sex::Female, year(1999)).text() == "096199");
    CHECK(NumberPrefix(97, Sex::Female, year(2300)).text() == "097900");
    CHECK(hanoi2099().number(7) == "001299000007");
    const IdentificationNumber read(NumberPrefix(79, Sex::Female, year(2299)).number(999'999));
    CHECK(read.birthYear() == year(2299));
    CHECK(read.sex() == Sex::Female);
    CHECK_THROWS_AS(NumberPrefix(3, Sex::Male, year(2099)), BadConfiguration);
    CHECK_THROWS_AS(NumberPrefix(0, Sex::Male, year(2099)), BadConfiguration);
    CHECK_THROWS_AS(NumberPrefix(1000, Sex::Male, year(2099)), BadConfiguration);
    CHECK_THROWS_AS(NumberPrefix(1, Sex::Male, year(1899)), BadConfiguration);
    CHECK_THROWS_AS(NumberPrefix(1, Sex::Male, year(2400)), BadConfiguration);
}

TEST_CASE("numbers do not repeat over runs, and no run begins where another did") {
    const RegisterFile file;
    std::set<std::string> numbers;
    for (int run = 0; run < 20; ++run) {
        const auto allocation = file.open()->allocate(hanoi2099(), 3, "clerk");
        for (const std::string& number : allocation.numbers) {
            CHECK(number.starts_with("001299"));
            CHECK(numbers.insert(number).second);
        }
    }
    CHECK(file.open()->allocate(hanoi2099(), 1, "clerk").left == NumberPrefix::capacity - 61);
    const RegisterFile other;
    CHECK(numbers.count(other.open()->allocate(hanoi2099(), 1, "clerk").numbers[0]) == 0);
}

TEST_CASE("a prefix is emptied to its last number, and then says so") {
    const RegisterFile file;
    const auto numbers = file.open();
    std::set<std::string> all{numbers->allocate(hanoi2099(), 1, "clerk").numbers.front()};
    // All others but three are gone: a counter may go on, and never back.
    sqlite::Database(file.path(), 1000).execute("UPDATE prefixes SET next = 999997");
    CHECK_THROWS_AS(static_cast<void>(numbers->allocate(hanoi2099(), 4, "clerk")), NumbersExhausted);
    for (std::uint64_t left = 3; left-- > 0;) {
        const auto allocation = numbers->allocate(hanoi2099(), 1, "clerk");
        CHECK(allocation.left == left);
        CHECK(all.insert(allocation.numbers.front()).second);
    }
    const std::string message = what([&] { static_cast<void>(numbers->allocate(hanoi2099(), 1, "clerk")); });
    CHECK(message.find("001299 has 0 of its 1000000 numbers left") != std::string::npos);
    CHECK(numbers->allocate({1, Sex::Female, std::chrono::year(2099)}, 1, "clerk").numbers.size() == 1);
}

TEST_CASE("a number is found with its trail, and by one walk down one tree") {
    const RegisterFile file;
    const auto numbers = file.open();
    const std::string number = numbers->allocate(hanoi2099(), 1, "Tư pháp phường Mẫu").numbers.front();
    const auto found = numbers->find(number);
    REQUIRE(found);
    CHECK(found->number == number);
    CHECK(!found->isCancelled);
    REQUIRE(found->trail.size() == 1);
    CHECK(found->trail[0].what == "allocated");
    CHECK(found->trail[0].who == "Tư pháp phường Mẫu");
    CHECK(found->trail[0].at == noon);
    CHECK(numbers->isIssued(number));
    CHECK(!numbers->isIssued("001299" + std::string(number.substr(6) == "000000" ? "000001" : "000000")));
    CHECK(!numbers->find("001399000000"));
    CHECK_THROWS_AS(static_cast<void>(numbers->find("00129900000")), BadConfiguration);
    CHECK(numbers->lookUpPlan() == "SEARCH numbers USING INTEGER PRIMARY KEY (rowid=?)\n");
}

TEST_CASE("a number is cancelled once, with why and who, and stays so") {
    const RegisterFile file;
    const auto numbers = file.open();
    const std::string number = numbers->allocate(hanoi2099(), 1, "clerk").numbers.front();
    CHECK_THROWS_AS(numbers->cancel(number, "", "chief"), BadConfiguration);
    CHECK_THROWS_AS(numbers->cancel(number, "entered twice", ""), BadConfiguration);
    CHECK(!numbers->find(number)->isCancelled); // nothing of a refused cancellation stays
    numbers->cancel(number, "entered twice", "chief");
    const auto found = file.open()->find(number);
    CHECK(found->isCancelled);
    REQUIRE(found->trail.size() == 2);
    CHECK(found->trail[1].what == "cancelled");
    CHECK(found->trail[1].who == "chief");
    CHECK(found->trail[1].reason == "entered twice");
    CHECK_THROWS_AS(numbers->cancel(number, "again", "chief"), BadConfiguration);
    CHECK_THROWS_AS(numbers->cancel("001399000000", "unknown", "chief"), BadConfiguration);
}

TEST_CASE("a number set again leads to the new one, and back") {
    const RegisterFile file;
    const auto numbers = file.open();
    const std::string former = numbers->allocate(hanoi2099(), 1, "clerk").numbers.front();
    const NumberPrefix right(1, Sex::Female, std::chrono::year(2099));
    const std::string number = numbers->setAgain(former, right, "sex corrected", "chief").numbers.front();
    CHECK(number.starts_with("001399"));
    CHECK(numbers->find(former)->isCancelled);
    CHECK(numbers->find(former)->trail[1].other == number);
    CHECK(!numbers->find(number)->isCancelled);
    CHECK(numbers->find(number)->trail[1].other == former);
    CHECK(numbers->find(number)->trail[1].reason == "sex corrected");
    // Both or neither: a number that is not in use costs none of the other prefix.
    CHECK_THROWS_AS(static_cast<void>(numbers->setAgain(former, right, "again", "chief")), BadConfiguration);
    CHECK(numbers->allocate(right, 1, "clerk").left == NumberPrefix::capacity - 2);
    // And a prefix that is exhausted leaves the number in use.
    sqlite::Database(file.path(), 1000).execute("UPDATE prefixes SET next = 1000000");
    CHECK_THROWS_AS(static_cast<void>(numbers->setAgain(number, right, "again", "chief")), NumbersExhausted);
    CHECK(!numbers->find(number)->isCancelled);
}

TEST_CASE("a register is not opened without its own key, and a file that is none is refused") {
    const RegisterFile file;
    static_cast<void>(file.open()->allocate(hanoi2099(), 1, "clerk"));
    const Bytes key = readFile(file.keyPath(), 100);
    CHECK((std::filesystem::status(file.keyPath()).permissions() & std::filesystem::perms::all) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    for (const std::string& wrong : {toHex(Bytes(32, 0x01)), toHex(Bytes(31, 0x01)), std::string("no key")}) {
        writeFile(file.keyPath(), viewOf(wrong));
        CHECK(what([&] { static_cast<void>(file.open()); }).find("does not hold the key") !=
              std::string::npos);
    }
    std::filesystem::remove(file.keyPath());
    CHECK(what([&] { static_cast<void>(file.open()); }).find("is missing") != std::string::npos);
    writeFile(file.keyPath(), key);
    CHECK(file.open()->allocate(hanoi2099(), 1, "clerk").left == NumberPrefix::capacity - 2);

    const RegisterFile other;
    sqlite::Database(other.path(), 0).execute("CREATE TABLE requests (id INTEGER)");
    CHECK_THROWS_AS(static_cast<void>(other.open()), BadConfiguration);
}

TEST_CASE("the file itself holds on to what was issued") {
    const RegisterFile file;
    const std::string number = file.open()->allocate(hanoi2099(), 1, "clerk").numbers.front();
    file.open()->cancel(number, "a test", "chief");
    sqlite::Database database(file.path(), 1000);
    for (const char* sql : {"DELETE FROM numbers", "UPDATE numbers SET number = 1",
                            "UPDATE numbers SET cancelled = 0", "UPDATE prefixes SET next = 0",
                            "DELETE FROM prefixes", "DELETE FROM trail", "UPDATE trail SET reason = ''"}) {
        CAPTURE(sql);
        CHECK_THROWS_AS(database.execute(sql), sqlite::SqliteError);
    }
}

TEST_CASE("many numbers at once are all in the register") {
    const RegisterFile file;
    const auto numbers = file.open();
    const auto allocated = numbers->allocate(hanoi2099(), 20'001, "clerk").numbers;
    CHECK(std::set<std::string>(allocated.begin(), allocated.end()).size() == 20'001);
    for (std::size_t index = 0; index < allocated.size(); index += 100) {
        CHECK(numbers->isIssued(allocated[index]));
    }
    CHECK_THROWS_AS(static_cast<void>(numbers->allocate(hanoi2099(), 0, "clerk")), BadConfiguration);
}

TEST_CASE("threads, and registers opened by several, share out the numbers") {
    const RegisterFile file;
    constexpr int threads = 4;
    constexpr int each = 25;
    const auto shared = file.open();
    std::vector<std::vector<std::string>> got(threads);
    std::vector<std::thread> workers;
    for (int index = 0; index < threads; ++index) {
        workers.emplace_back([&, index] {
            const auto own = index % 2 == 0 ? nullptr : file.open();
            for (int round = 0; round < each; ++round) {
                got[static_cast<std::size_t>(index)].push_back(
                    (own ? *own : *shared).allocate(hanoi2099(), 1, "clerk").numbers.front());
            }
        });
    }
    for (std::thread& worker : workers) {
        worker.join();
    }
    std::set<std::string> all;
    for (const auto& numbers : got) {
        all.insert(numbers.begin(), numbers.end());
    }
    CHECK(all.size() == threads * each);
}

// Each child tells the numbers it has got through a pipe and is killed while it works; whatever the moment,
// what was told is in the register, and no number is told twice.
TEST_CASE("a kill between allocation and use repeats no number") {
    const RegisterFile file;
    static_cast<void>(file.open());
    std::set<std::string> told;
    int killed = 0;
    for (int round = 0; killed < 10; ++round) {
        REQUIRE(round < 100);
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(ends[0]);
            const auto numbers = file.open();
            for (;;) {
                const std::string number = numbers->allocate(hanoi2099(), 1, "clerk").numbers.front();
                if (::write(ends[1], number.data(), number.size()) < 0) {
                    ::_exit(1);
                }
            }
        }
        REQUIRE(child > 0);
        ::close(ends[1]);
        // The moment follows the child's work, not a clock: after so many numbers, some way into the next.
        char number[12];
        std::size_t before = told.size();
        while (told.size() < before + static_cast<std::size_t>(1 + round % 7) &&
               ::read(ends[0], number, sizeof number) == sizeof number) {
            REQUIRE(told.insert(std::string(number, sizeof number)).second);
        }
        std::this_thread::sleep_for(std::chrono::microseconds(37 * round));
        ::kill(child, SIGKILL);
        while (::read(ends[0], number, sizeof number) == sizeof number) {
            REQUIRE(told.insert(std::string(number, sizeof number)).second);
        }
        ::close(ends[0]);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        killed += WIFSIGNALED(status) && told.size() > before ? 1 : 0;
    }
    const auto numbers = file.open();
    for (const std::string& number : told) {
        CHECK(numbers->isIssued(number));
    }
    const auto next = numbers->allocate(hanoi2099(), 1000, "clerk").numbers;
    for (const std::string& number : next) {
        CHECK(told.count(number) == 0);
    }
}
