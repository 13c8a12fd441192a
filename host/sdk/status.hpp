// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>

#include "host/base/error.hpp"
#include "host/sdk/include/cancuoc.h"

/// How the exceptions of the host library leave it: as status codes with a message.
namespace cancuoc::sdk {

/// A call that ends with a status of the C interface that no exception of the host library stands for.
class Refusal : public Error {
public:
    Refusal(cancuoc_status status, const std::string& message) : Error(message), status_(status) {}

    [[nodiscard]] cancuoc_status status() const { return status_; }

private:
    cancuoc_status status_;
};

/// Throws Refusal with CANCUOC_INVALID_ARGUMENT, naming the argument, unless `holds`.
inline void requireArgument(bool holds, const char* message) {
    if (!holds) {
        throw Refusal(CANCUOC_INVALID_ARGUMENT, message);
    }
}

/// The status of the exception that is being handled, with its message in `error`, which may be null.
[[nodiscard]] cancuoc_status reportCurrentException(cancuoc_error* error) noexcept;

/// Throws the exception that `status`, of one of the program's functions, stands for; nothing for CANCUOC_OK.
void throwStatusOfCallback(cancuoc_status status);

/// Runs the body of a function of the C interface: no exception leaves it.
template <class Body>
[[nodiscard]] cancuoc_status guarded(cancuoc_error* error, Body&& body) noexcept {
    try {
        std::forward<Body>(body)();
        return CANCUOC_OK;
    } catch (...) {
        return reportCurrentException(error);
    }
}

} // namespace cancuoc::sdk
