// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/pki_policy.hpp"

#include <array>

#include <nlohmann/json.hpp>

#include "host/base/ascii.hpp"
#include "host/base/bytes.hpp"
#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/base/json_text.hpp"

namespace cancuoc::personalization {

namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::years;

constexpr std::size_t maximumPolicySize = 65536;
constexpr std::uint64_t mostSignatures = 1'000'000'000;

// A member of the policy that is a span, and the bounds that the standard sets it.
struct SpanMember {
    const char* name;
    Span PkiPolicy::*member;
    Span least;
    Span most;
    const char* clause; ///< of Doc 9303-12, or why
};

constexpr std::array<SpanMember, 7> spanMembers{{
    {"cscaKeyUsage", &PkiPolicy::cscaKeyUsage, {years(3)}, {years(5)}, "Doc 9303-12, 4.1.4.2 and Table 1"},
    {"documentSignerKeyUsage",
     &PkiPolicy::documentSignerKeyUsage,
     {{}, days(1)},
     {months(3)},
     "Doc 9303-12, 4.1.1.2 and Table 1"},
    {"documentValidity",
     &PkiPolicy::documentValidity,
     {years(1)},
     {years(100)},
     "certificates beyond that serve nobody"},
    {"documentSignerEndsBefore",
     &PkiPolicy::documentSignerEndsBefore,
     {},
     {months(1)},
     "a document signer has to sign before it ends"},
    {"sealSignerKeyUsage",
     &PkiPolicy::sealSignerKeyUsage,
     {years(1)},
     {years(2)},
     "Doc 9303-12, 4.1.3.1 and Table 1"},
    {"sealValidity",
     &PkiPolicy::sealValidity,
     {{}, days(1)},
     {years(100)},
     "certificates beyond that serve nobody"},
    {"crlPeriod", &PkiPolicy::crlPeriod, {{}, days(2)}, {{}, days(90)}, "Doc 9303-12, 4.1.5"},
}};

// Months differ in length; from the first of January three of them are as short as they can be.
std::chrono::sys_seconds measured(const Span& span) {
    return after(sys_days(std::chrono::year(2001) / 1 / 1), span);
}

class PolicyReader {
public:
    PolicyReader(const nlohmann::json& json, const std::string& name) : json_(json), name_(name) {}

    [[nodiscard]] PkiPolicy read() const {
        PkiPolicy policy;
        for (const auto& [name, value] : json_.items()) {
            readMember(policy, name, value);
        }
        if (measured(policy.documentSignerEndsBefore) >= measured(policy.documentSignerKeyUsage)) {
            refuse("documentSignerEndsBefore", "must be shorter than documentSignerKeyUsage");
        }
        return policy;
    }

private:
    void readMember(PkiPolicy& policy, const std::string& name, const nlohmann::json& value) const {
        if (name == "documentSignerSignatures") {
            if (!value.is_number_unsigned() || value == 0 || value > mostSignatures) {
                refuse(name, "must be a number from 1 to 1000000000");
            }
            policy.documentSignerSignatures = value;
            return;
        }
        for (const auto& member : spanMembers) {
            if (name == member.name) {
                policy.*member.member = spanOf(member, value);
                return;
            }
        }
        refuse(name, "is nothing that a policy has");
    }

    [[nodiscard]] Span spanOf(const SpanMember& member, const nlohmann::json& value) const {
        Span span;
        try {
            span = Span::decode(value.is_string() ? value.get_ref<const std::string&>() : "");
        } catch (const MalformedData&) {
            refuse(member.name, "must be a span of years, months and days like \"P3M\" or \"P1Y2M14D\"");
        }
        if (measured(span) < measured(member.least) || measured(span) > measured(member.most)) {
            refuse(member.name,
                   "must be " + member.least.encode() + " to " + member.most.encode() + ": " + member.clause);
        }
        return span;
    }

    [[noreturn]] void refuse(const std::string& member, const std::string& rule) const {
        throw BadConfiguration("\"" + name_ + "\": " + member + " " + rule + ".");
    }

    const nlohmann::json& json_;
    const std::string& name_;
};

} // namespace

Span Span::decode(std::string_view text) {
    Span span;
    const auto refuse = [] { throw MalformedData("A span of time is written like P3M or P1Y2M14D."); };
    if (text.size() < 3 || text.front() != 'P') {
        refuse();
    }
    std::string_view rest = text.substr(1);
    std::string_view units = "YMD";
    while (!rest.empty()) {
        const auto end = rest.find_first_not_of("0123456789");
        const auto unit = end == std::string_view::npos ? end : units.find(rest[end]);
        constexpr std::size_t mostDigits = 5;
        if (end == 0 || end > mostDigits || unit == std::string_view::npos) {
            refuse();
        }
        const int count = std::stoi(std::string(rest.substr(0, end)));
        switch (units[unit]) {
        case 'Y':
            span.months += std::chrono::years(count);
            break;
        case 'M':
            span.months += std::chrono::months(count);
            break;
        default:
            span.days += std::chrono::days(count);
        }
        units.remove_prefix(unit + 1);
        rest.remove_prefix(end + 1);
    }
    return span;
}

std::string Span::encode() const {
    constexpr int monthsOfYear = 12;
    const auto part = [](auto count, char unit) {
        return count == 0 ? std::string() : std::to_string(count) + unit;
    };
    const std::string parts = part(months.count() / monthsOfYear, 'Y') +
                              part(months.count() % monthsOfYear, 'M') + part(days.count(), 'D');
    return parts.empty() ? "P0D" : "P" + parts;
}

std::chrono::sys_seconds after(std::chrono::sys_seconds moment, const Span& span) {
    const auto midnight = std::chrono::floor<days>(moment);
    const std::chrono::year_month_day day = std::chrono::year_month_day(midnight) + span.months;
    const sys_days later = day.ok() ? sys_days(day) : sys_days(day.year() / day.month() / std::chrono::last);
    return later + span.days + (moment - midnight);
}

PkiPolicy PkiPolicy::decode(std::string_view json, const std::string& name) {
    const auto parsed = nlohmann::json::parse(json, nullptr, false);
    if (!parsed.is_object()) {
        throw BadConfiguration("\"" + name + "\" is no policy: it must be one JSON object.");
    }
    return PolicyReader(parsed, name).read();
}

std::string PkiPolicy::encode() const {
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    for (const auto& member : spanMembers) {
        json[member.name] = (this->*member.member).encode();
    }
    json["documentSignerSignatures"] = documentSignerSignatures;
    return jsonText(json) + "\n";
}

PkiPolicy PkiPolicy::read(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file)) {
        return {};
    }
    return decode(toText(readFile(file, maximumPolicySize)), file.string());
}

} // namespace cancuoc::personalization
