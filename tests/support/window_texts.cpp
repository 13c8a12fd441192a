// SPDX-License-Identifier: Apache-2.0
#include "tests/support/window_texts.hpp"

#include <QComboBox>
#include <QFile>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTableWidget>
#include <QXmlStreamReader>

namespace cancuoc::test {

namespace {

bool isWhole(const QWidget& widget) {
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
        return label->wordWrap() ? label->heightForWidth(label->width()) <= label->height()
                                 : label->sizeHint().width() <= label->width();
    }
    if (const auto* button = qobject_cast<const QPushButton*>(&widget)) {
        return button->sizeHint().width() <= button->width() &&
               button->sizeHint().height() <= button->height() &&
               button->parentWidget()->rect().contains(button->geometry());
    }
    return true;
}

} // namespace

QStringList textsOf(const QWidget& window) {
    QStringList texts{window.windowTitle()};
    for (const auto* widget : window.findChildren<QWidget*>()) {
        texts << widget->accessibleName() << widget->accessibleDescription() << widget->toolTip()
              << widget->windowTitle();
        if (const auto* label = qobject_cast<const QLabel*>(widget)) {
            texts << label->text();
        } else if (const auto* field = qobject_cast<const QLineEdit*>(widget)) {
            texts << field->text() << field->placeholderText();
        } else if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) {
            texts << button->text();
        } else if (const auto* group = qobject_cast<const QGroupBox*>(widget)) {
            texts << group->title();
        } else if (const auto* choice = qobject_cast<const QComboBox*>(widget)) {
            for (int index = 0; index < choice->count(); ++index) {
                texts << choice->itemText(index);
            }
        } else if (const auto* tabs = qobject_cast<const QTabBar*>(widget)) {
            for (int index = 0; index < tabs->count(); ++index) {
                texts << tabs->tabText(index);
            }
        } else if (const auto* header = qobject_cast<const QHeaderView*>(widget)) {
            for (int section = 0; section < header->count(); ++section) {
                texts << header->model()->headerData(section, header->orientation()).toString();
            }
        } else if (const auto* table = qobject_cast<const QTableWidget*>(widget)) {
            for (int row = 0; row < table->rowCount(); ++row) {
                for (int column = 0; column < table->columnCount(); ++column) {
                    texts << table->item(row, column)->text();
                }
            }
        }
    }
    texts.removeAll(QString());
    return texts;
}

QStringList cutTexts(const QWidget& window) {
    QStringList cut;
    for (const auto* widget : window.findChildren<QWidget*>()) {
        if (widget->isVisible() && !isWhole(*widget)) {
            cut << widget->objectName() + ": " + widget->property("text").toString();
        }
    }
    return cut;
}

QStringList englishTexts(const QString& translations) {
    QFile file(translations);
    QStringList texts;
    if (!file.open(QIODevice::ReadOnly)) {
        return texts;
    }
    QString source;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == QLatin1String("source")) {
            source = xml.readElementText();
        } else if (xml.isStartElement() && xml.name() == QLatin1String("translation")) {
            const auto translation = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
            if (translation != source) {
                texts << source;
            }
        }
    }
    return texts;
}

} // namespace cancuoc::test
