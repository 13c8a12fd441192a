// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace peer {

/// The options of a test program, one after the other: `--name value` and `--flag`.
class Arguments {
public:
    Arguments(int count, char** arguments) : count_(count), arguments_(arguments) {}

    /// Goes to the next option; false at the end.
    bool next();
    const std::string& name() const { return name_; }
    /// What stands behind the option's name. Failure when nothing does.
    std::string value();
    /// Ends the program's run over an option it does not know.
    [[noreturn]] void refuse() const;

private:
    int count_;
    char** arguments_;
    int position_ = 0;
    std::string name_;
};

} // namespace peer
