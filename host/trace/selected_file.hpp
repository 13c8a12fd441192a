// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/command.hpp"
#include "host/apdu/response.hpp"

#include <string>

namespace cancuoc::trace {

/// What a READ BINARY brought: which file, from where on, and the content without data object 53.
struct ReadPart {
    std::string file; ///< "DG1", "EF.CVCA"; directory and identifier of files without a name
    std::size_t offset = 0;
    BytesView content;
    bool inDataObject = false;
};

/// Follows SELECT and READ BINARY, to know which file is being read.
class SelectedFile {
public:
    /// The card was powered on.
    void reset();
    /// Nothing when the command read no file.
    [[nodiscard]] std::optional<ReadPart> follow(const CommandApdu& command, const ResponseApdu& response);

private:
    void select(const CommandApdu& command);
    [[nodiscard]] std::string name() const;

    bool inApplication_ = false;
    std::optional<std::uint16_t> identifier_;
};

} // namespace cancuoc::trace
