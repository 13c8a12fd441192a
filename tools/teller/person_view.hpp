// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include "tools/teller/counter_state.hpp"

namespace cancuoc::teller {

/// The holder as the chip describes them, with diacritics: the name large, the other items in two columns.
class PersonView : public QWidget {
    Q_OBJECT

public:
    explicit PersonView(QWidget* parent = nullptr);

    /// Shows nobody where `person` is empty.
    void show(const std::optional<Person>& person);
    /// Shows the same in the language of the moment.
    void retranslate();

private:
    void rebuild();
    void addItem(const Person::Entry& entry, int position);

    std::optional<Person> person_;
    QWidget* items_ = nullptr;
};

} // namespace cancuoc::teller
