// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "host/base/printable_text.hpp"

namespace cancuoc::tools {

/// JSON whose members keep the order in which they were written.
using Json = nlohmann::ordered_json;

/// What `printText` writes for an argument of type T.
template <class T>
using Printed = std::conditional_t<std::is_convertible_v<const T&, std::string_view>, std::string, T>;

/// An argument of `printText` as it is written: texts through printable(), everything else as it is.
template <class T>
[[nodiscard]] Printed<T> printed(const T& argument) {
    if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        return printable(argument);
    } else {
        return argument;
    }
}

/// Writes for people. Every command writes through it, because the texts among `arguments` may come from a
/// card, a QR or a certificate, and must not reach the terminal as they are; `format` alone decides on lines.
template <class... T>
void printText(std::ostream& out, fmt::format_string<Printed<T>...> format, const T&... arguments) {
    out << fmt::format(format, printed(arguments)...);
}

/// The JSON object as jsonText() writes it, ended by a line feed.
[[nodiscard]] std::string formatJson(const Json& object);

/// Prints one JSON object as formatJson writes it.
void printJson(std::ostream& out, const Json& object);

} // namespace cancuoc::tools
