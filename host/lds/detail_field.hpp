// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/details.hpp"

#include <span>
#include <variant>

namespace cancuoc::lds {

/// How the text of a detail is written.
enum class DetailForm { Text, Date };

/// A detail of `Group` that stands once: its tag and its place.
template <class Group>
struct DetailField {
    std::uint32_t tag;
    std::variant<std::string Group::*, Bytes Group::*> place;
    DetailForm form = DetailForm::Text;

    /// Puts `value` into its place.
    void read(Group& group, BytesView value) const {
        if (const auto* text = std::get_if<std::string Group::*>(&place)) {
            group.*(*text) = form == DetailForm::Date ? readDetailDate(value) : toText(value);
        } else {
            group.*(std::get<Bytes Group::*>(place)) = toBytes(value);
        }
    }

    /// What stands in its place, as it is written.
    [[nodiscard]] BytesView valueIn(const Group& group) const {
        const auto* text = std::get_if<std::string Group::*>(&place);
        return text != nullptr ? viewOf(group.*(*text)) : BytesView(group.*(std::get<Bytes Group::*>(place)));
    }
};

/// Puts every detail that one of `fields` has the tag of into its place in `group`, the first of several, and
/// all others behind `group.others`.
template <class Group>
void readDetails(Group& group, std::vector<Detail> details, std::span<const DetailField<Group>> fields) {
    for (Detail& detail : details) {
        const DetailField<Group>* match = nullptr;
        for (const DetailField<Group>& field : fields) {
            if (field.tag == detail.tag && field.valueIn(group).empty()) {
                match = &field;
            }
        }
        if (match != nullptr) {
            match->read(group, detail.value);
        } else {
            group.others.push_back(std::move(detail));
        }
    }
}

/// The details of `group` that have a value, in the order of `fields`, and its others behind them.
template <class Group>
std::vector<Detail> writeDetails(const Group& group, std::span<const DetailField<Group>> fields) {
    std::vector<Detail> details;
    for (const DetailField<Group>& field : fields) {
        if (const BytesView value = field.valueIn(group); !value.empty()) {
            details.push_back({field.tag, toBytes(value)});
        }
    }
    details.insert(details.end(), group.others.begin(), group.others.end());
    return details;
}

} // namespace cancuoc::lds
