// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/person_view.hpp"

#include <QGridLayout>
#include <QLabel>

#include "tools/desktop/label.hpp"
#include "tools/teller/words.hpp"

namespace cancuoc::teller {

namespace {

constexpr double captionSize = 0.85; // times the text
constexpr double valueSize = 1.1;
constexpr double nameSize = 1.9;
constexpr double numberSize = 1.4;
constexpr int columns = 2;

double sizeOf(PersonItem item) {
    if (item == PersonItem::FullName) {
        return nameSize;
    }
    return item == PersonItem::Number ? numberSize : valueSize;
}

// Long texts have a row of their own.
bool isWide(PersonItem item) {
    return item == PersonItem::FullName || item == PersonItem::Residence || item == PersonItem::PlaceOfOrigin;
}

} // namespace

PersonView::PersonView(QWidget* parent) : QWidget(parent) {
    setObjectName("person");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    rebuild();
}

void PersonView::show(const std::optional<Person>& person) {
    if (person != person_) {
        person_ = person;
        rebuild();
    }
}

void PersonView::retranslate() {
    rebuild();
}

void PersonView::rebuild() {
    delete items_;
    items_ = new QWidget(this);
    auto* grid = new QGridLayout(items_);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(8);
    for (int column = 0; column < columns; ++column) {
        grid->setColumnStretch(column, 1);
    }
    int position = 0;
    for (const auto& entry : person_ ? person_->entries : std::vector<Person::Entry>()) {
        if (isWide(entry.item) && position % columns != 0) {
            ++position;
        }
        addItem(entry, position);
        position += isWide(entry.item) ? columns : 1;
    }
    if (person_ && person_->nameWithoutDiacritics) {
        grid->addWidget(desktop::plainLabel(tr("The card gave the name without diacritics."), items_),
                        position / columns + 1, 0, 1, columns);
    }
    grid->setRowStretch(position / columns + 2, 1);
    layout()->addWidget(items_);
}

void PersonView::addItem(const Person::Entry& entry, int position) {
    auto* grid = static_cast<QGridLayout*>(items_->layout());
    auto* caption = desktop::plainLabel(Words::itemName(entry.item), items_);
    desktop::setTextSize(*caption, captionSize);
    caption->setForegroundRole(QPalette::PlaceholderText);
    auto* value = desktop::plainLabel(Words::itemValue(entry), items_);
    desktop::setTextSize(*value, sizeOf(entry.item), /*bold*/ sizeOf(entry.item) > valueSize);
    value->setAccessibleName(caption->text() + ": " + value->text());
    value->setProperty("cardData", true);

    auto* item = new QVBoxLayout;
    item->setSpacing(0);
    item->addWidget(caption);
    item->addWidget(value);
    item->addStretch();
    grid->addLayout(item, position / columns, position % columns, 1, isWide(entry.item) ? columns : 1);
}

} // namespace cancuoc::teller
