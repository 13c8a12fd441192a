// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/language.hpp"

#include <QCoreApplication>

namespace cancuoc::teller {

Language::Language(const QString& name) {
    use(name);
}

Language::~Language() {
    QCoreApplication::removeTranslator(&translator_);
}

QString Language::otherName() const {
    return name_ == "vi" ? QStringLiteral("English") : QStringLiteral("Tiếng Việt");
}

void Language::use(const QString& name) {
    QCoreApplication::removeTranslator(&translator_);
    name_ = name;
    if (translator_.load(":/i18n/cancuoc-teller_" + name)) {
        QCoreApplication::installTranslator(&translator_);
    }
}

void Language::switchToOther() {
    use(name_ == "vi" ? "en" : "vi");
}

} // namespace cancuoc::teller
