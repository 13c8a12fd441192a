// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/perso_numbers_command.hpp"

#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "host/base/moment.hpp"
#include "personalization/numbers/number_register.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

using namespace personalization;

constexpr std::uint64_t mostAtOnce = NumberPrefix::capacity;

struct NumbersOptions {
    std::string file;
    unsigned place = 0;
    std::string sex;
    int birthYear = 0;
    std::uint64_t count = 1;
    std::uint64_t warnBelow = 50'000;
    std::string number;
    std::string reason;
    std::string who;
    bool json = false;
};

std::unique_ptr<NumberRegister> openRegister(const std::string& file, bool mustExist) {
    if (mustExist && !std::filesystem::exists(file)) {
        throw BadConfiguration("There is no register " + file +
                               "; the first allocation makes one: cancuoc perso numbers allocate.");
    }
    SystemRandom random;
    return std::make_unique<NumberRegister>(file, systemClock(), random);
}

NumberPrefix prefixOf(const NumbersOptions& options) {
    return {options.place, options.sex == "F" ? Sex::Female : Sex::Male,
            std::chrono::year(options.birthYear)};
}

void print(const NumbersOptions& options, const Allocation& allocation) {
    const std::string prefix = allocation.numbers.front().substr(0, 6);
    if (options.json) {
        printJson(std::cout,
                  {{"numbers", allocation.numbers}, {"prefix", prefix}, {"left", allocation.left}});
    } else {
        for (const std::string& number : allocation.numbers) {
            printText(std::cout, "{}\n", number);
        }
    }
    if (allocation.left < options.warnBelow) {
        printText(std::cerr,
                  "cancuoc: The prefix {} has {} of its {} numbers left. Have another code assigned to the "
                  "place in time.\n",
                  prefix, allocation.left, NumberPrefix::capacity);
    }
}

void addPrefixOptions(CLI::App& command, NumbersOptions& options) {
    command.add_option("--place", options.place, "code of the place of birth registration: 001 to 999")
        ->required();
    command.add_option("--sex", options.sex, "M or F")->required()->check(CLI::IsMember({"M", "F"}));
    command.add_option("--birth-year", options.birthYear, "1900 to 2399")->required();
    command
        .add_option("--warn-below", options.warnBelow,
                    "warn when the prefix has fewer numbers left than that")
        ->capture_default_str();
}

// A subcommand of `perso numbers` on a register.
CLI::App* addOn(CLI::App& numbers, const char* name, const char* description,
                const std::shared_ptr<NumbersOptions>& options) {
    auto* command = numbers.add_subcommand(name, description);
    command->add_option("--register", options->file, "the register, an SQLite file; its key is FILE.key")
        ->required();
    command->add_flag("--json", options->json, "print one JSON object");
    return command;
}

void addTrailOptions(CLI::App& command, NumbersOptions& options) {
    command.add_option("NUMBER", options.number, "12 digits")->required();
    command.add_option("--reason", options.reason, "why; stays in the register")->required();
    command.add_option("--who", options.who, "who is answerable; stays in the register")->required();
}

void addAllocate(CLI::App& numbers, ExitStatus& status) {
    const auto options = std::make_shared<NumbersOptions>();
    auto* command = addOn(numbers, "allocate", "Give out the next numbers of a prefix", options);
    addPrefixOptions(*command, *options);
    command->add_option("--count", options->count, "how many")
        ->capture_default_str()
        ->check(CLI::Range(std::uint64_t{1}, mostAtOnce));
    command->add_option("--who", options->who, "who is answerable; stays in the register")->required();
    command->footer(
        "Register and key are made when neither is there. A number is in the register, on the disk, before\n"
        "it is printed, and is never given out again, whatever becomes of it.\n"
        "Exit status 2 when the prefix has not so many numbers left; then none is given out.\n\n"
        "Example:\n  cancuoc perso numbers allocate --register numbers.sqlite --place 001 --sex M "
        "--birth-year 2099 --who clerk-7");
    command->callback([options, &status] {
        const auto numberRegister = openRegister(options->file, false);
        print(*options, numberRegister->allocate(prefixOf(*options), options->count, options->who));
        status = ExitStatus::Done;
    });
}

void addSetAgain(CLI::App& numbers, ExitStatus& status) {
    const auto options = std::make_shared<NumbersOptions>();
    auto* command = addOn(numbers, "set-again", "Cancel a number and give out another in its place", options);
    addPrefixOptions(*command, *options);
    addTrailOptions(*command, *options);
    command->footer("Each of the two numbers leads to the other. Both happens, or nothing.\n\n"
                    "Example:\n  cancuoc perso numbers set-again 001299000001 --register numbers.sqlite "
                    "--place 001 --sex F --birth-year 2099 --reason \"sex corrected\" --who clerk-7");
    command->callback([options, &status] {
        const auto numberRegister = openRegister(options->file, true);
        print(*options,
              numberRegister->setAgain(options->number, prefixOf(*options), options->reason, options->who));
        status = ExitStatus::Done;
    });
}

void addCancel(CLI::App& numbers, ExitStatus& status) {
    const auto options = std::make_shared<NumbersOptions>();
    auto* command = addOn(numbers, "cancel", "End a number, for good", options);
    addTrailOptions(*command, *options);
    command->footer("Example:\n  cancuoc perso numbers cancel 001299000001 --register numbers.sqlite "
                    "--reason \"entered twice\" --who clerk-7");
    command->callback([options, &status] {
        openRegister(options->file, true)->cancel(options->number, options->reason, options->who);
        if (options->json) {
            printJson(std::cout, {{"number", options->number}, {"state", "cancelled"}});
        } else {
            printText(std::cout, "Cancelled.\n");
        }
        status = ExitStatus::Done;
    });
}

Json toJson(const RegisteredNumber& number) {
    Json trail = Json::array();
    for (const NumberEvent& event : number.trail) {
        trail.push_back({{"at", toIso(event.at)},
                         {"what", event.what},
                         {"who", event.who},
                         {"reason", event.reason},
                         {"other", event.other}});
    }
    return {
        {"number", number.number}, {"state", number.isCancelled ? "cancelled" : "issued"}, {"trail", trail}};
}

ExitStatus runNumberFind(const NumbersOptions& options) {
    const auto found = openRegister(options.file, true)->find(options.number);
    if (options.json) {
        printJson(std::cout,
                  found ? toJson(*found)
                        : Json{{"number", options.number}, {"state", "unknown"}, {"trail", Json::array()}});
    } else if (!found) {
        printText(std::cout, "unknown\n");
    } else {
        printText(std::cout, "{}\n", found->isCancelled ? "cancelled" : "issued");
        for (const NumberEvent& event : found->trail) {
            printText(std::cout, "  {} {} by {}{}{}{}{}\n", toIso(event.at), event.what, event.who,
                      event.reason.empty() ? "" : ": ", event.reason,
                      event.other.empty() ? "" : "; other number ", event.other);
        }
    }
    return found && !found->isCancelled ? ExitStatus::Done : ExitStatus::CheckNotPassed;
}

void addNumberFind(CLI::App& numbers, ExitStatus& status) {
    const auto options = std::make_shared<NumbersOptions>();
    auto* command = addOn(numbers, "find", "Look a number up, with its trail", options);
    command->add_option("NUMBER", options->number, "12 digits")->required();
    command->footer("Exit status 3 when the number was not issued here, or is cancelled.\n\n"
                    "Example:\n  cancuoc perso numbers find 001299000001 --register numbers.sqlite");
    command->callback([options, &status] { status = runNumberFind(*options); });
}

} // namespace

void addPersoNumbersCommand(CLI::App& perso, ExitStatus& status) {
    auto* numbers = perso.add_subcommand("numbers", "Give out and keep personal identification numbers");
    numbers->require_subcommand(1);
    numbers->footer(
        "Example:\n  cancuoc perso numbers allocate --register numbers.sqlite --place 001 --sex M "
        "--birth-year 2099 --who clerk-7");
    addAllocate(*numbers, status);
    addSetAgain(*numbers, status);
    addCancel(*numbers, status);
    addNumberFind(*numbers, status);
}

} // namespace cancuoc::tools
