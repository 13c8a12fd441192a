// SPDX-License-Identifier: Apache-2.0
#include "tools/desktop/language.hpp"

#include <utility>

#include <QCoreApplication>
#include <QLocale>

namespace cancuoc::desktop {

Language::Language(const QString& name, QString catalogue) : catalogue_(std::move(catalogue)) {
    use(name);
}

Language::~Language() {
    QCoreApplication::removeTranslator(&translator_);
    QCoreApplication::removeTranslator(&translatorOfQt_);
}

QString Language::otherName() const {
    return name_ == "vi" ? QStringLiteral("English") : QStringLiteral("Tiếng Việt");
}

void Language::use(const QString& name) {
    name_ = name;
    use(translator_, catalogue_ + "_" + name);
    use(translatorOfQt_, "qt_" + name);
    QLocale::setDefault(QLocale(name)); // by which Qt names kinds of files
}

// English is what stands in the sources: it needs no file.
void Language::use(QTranslator& translator, const QString& file) {
    QCoreApplication::removeTranslator(&translator);
    if (translator.load(":/i18n/" + file)) {
        QCoreApplication::installTranslator(&translator);
    }
}

void Language::switchToOther() {
    use(name_ == "vi" ? "en" : "vi");
}

} // namespace cancuoc::desktop
