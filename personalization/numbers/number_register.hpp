// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/clock.hpp"
#include "host/base/random.hpp"
#include "host/base/secret_bytes.hpp"
#include "personalization/jobs/sqlite.hpp"
#include "personalization/numbers/number_prefix.hpp"

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cancuoc::personalization {

/// All numbers of a prefix are given out.
class NumbersExhausted : public Error {
public:
    using Error::Error;
};

/// Numbers that were allocated.
struct Allocation {
    std::vector<std::string> numbers;
    std::uint64_t left = 0; ///< numbers of the prefix that can still be allocated
};

/// One line of a number's trail.
struct NumberEvent {
    std::chrono::sys_seconds at;
    std::string what; ///< "allocated", "cancelled", "set-again"
    std::string who;
    std::string reason; ///< empty for "allocated"
    std::string other;  ///< "set-again": the number in place of this one, or the one that this is in place of
};

/// What the register has about a number.
struct RegisteredNumber {
    std::string number;
    bool isCancelled = false;
    std::vector<NumberEvent> trail; ///< in the order of time
};

/// The register of personal identification numbers that were issued, in an SQLite file, and the allocator of
/// the next ones. Each prefix has a counter; the number is the prefix and what DecimalPermutation makes of
/// the counter under the register's secret key, with the prefix for a tweak: no number twice, and none to be
/// foretold. Counter and number are on the disk before a number is told to anybody; a number that was
/// cancelled is never issued again. Any number of threads and processes may use one register.
///
/// The key stands in FILE.key, 64 hexadecimal digits readable by the owner only; the register knows its check
/// value and refuses any other. Whoever has the key can foretell numbers: keep it apart from copies of the
/// register.
class NumberRegister {
public:
    /// Opens `file`, and makes register and key when neither is there. Throws BadConfiguration when the file
    /// is no register, or its key is missing or another; SqliteError when it cannot be read or written.
    NumberRegister(const std::filesystem::path& file, Clock clock, RandomSource& random);

    /// Allocates `count` numbers, one at least, all or none. Throws NumbersExhausted when the prefix has not
    /// so many left, with nothing allocated.
    /// @param who is answerable, 1 to 200 bytes; goes into the trail
    [[nodiscard]] Allocation allocate(const NumberPrefix& prefix, std::uint64_t count, std::string_view who);

    /// Ends an issued number. Throws BadConfiguration when it was not issued or is cancelled, or `reason` or
    /// `who` is empty.
    void cancel(std::string_view number, std::string_view reason, std::string_view who);

    /// Sets a citizen's number again, as after a change of sex or a wrong birth year: allocates one of
    /// `prefix` and cancels `number`, both or neither. Throws as allocate() and cancel() do.
    [[nodiscard]] Allocation setAgain(std::string_view number, const NumberPrefix& prefix,
                                      std::string_view reason, std::string_view who);

    /// Looks a number up; nothing when it was not issued here. Throws BadConfiguration unless it is 12
    /// digits.
    [[nodiscard]] std::optional<RegisteredNumber> find(std::string_view number);

    /// Whether a number was issued here, cancelled or not: the quick half of find().
    [[nodiscard]] bool isIssued(std::string_view number);

    /// How SQLite looks a number up, as EXPLAIN QUERY PLAN tells it: one step a line.
    [[nodiscard]] std::string lookUpPlan();

private:
    void prepare(RandomSource& random);
    void makeSchema(RandomSource& random);
    void loadKey();
    [[nodiscard]] bool hasTable(std::string_view name);
    [[nodiscard]] Allocation allocateWithin(const NumberPrefix& prefix, std::uint64_t count,
                                            std::string_view who);
    void cancelWithin(std::string_view number);
    void note(std::string_view number, std::string_view what, std::string_view who, std::string_view reason,
              std::string_view other);
    [[nodiscard]] std::int64_t clerk(std::string_view who);
    [[nodiscard]] std::int64_t now() const;

    std::filesystem::path file_;
    Clock clock_;
    std::mutex mutex_; ///< of the database
    sqlite::Database database_;
    SecretBytes key_;
};

} // namespace cancuoc::personalization
