// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QTranslator>

namespace cancuoc::desktop {

/// The language of the program, which can be switched while it runs: every widget is told by a LanguageChange
/// event.
class Language {
public:
    /// @param name `vi` or `en`
    /// @param catalogue what the program's files of translations are called, before _vi and _en
    Language(const QString& name, QString catalogue);
    Language(const Language&) = delete;
    Language& operator=(const Language&) = delete;
    ~Language();

    /// `vi` or `en`.
    [[nodiscard]] const QString& name() const { return name_; }
    /// The other one, by its own name: "Tiếng Việt" or "English".
    [[nodiscard]] QString otherName() const;

    void use(const QString& name);
    void switchToOther();

private:
    static void use(QTranslator& translator, const QString& file);

    QString catalogue_;
    QString name_;
    QTranslator translator_;
    QTranslator translatorOfQt_; ///< for the dialogs and menus that Qt brings
};

} // namespace cancuoc::desktop
