// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QtTest>

#include "tests/support/window_texts.hpp"
#include "tests/unit/personalization/station/window/window_on_floor.hpp"

namespace cancuoc::test {

/// Shows the page of that class, by the keyboard.
template <class PageClass>
PageClass& showPage(WindowOnFloor& on) {
    if (!QTest::qWaitForWindowActive(&on.window())) {
        throw std::logic_error("The window gets no keys.");
    }
    for (int key = Qt::Key_1; key <= Qt::Key_9 && qobject_cast<PageClass*>(&on.window().page()) == nullptr;
         ++key) {
        QTest::keyClick(&on.window(), static_cast<Qt::Key>(key), Qt::ControlModifier);
    }
    auto* page = qobject_cast<PageClass*>(&on.window().page());
    if (page == nullptr) {
        throw std::logic_error("The window has no such page.");
    }
    return *page;
}

/// Answers the file dialog that is open.
inline void chooseInDialog(WindowOnFloor& on, const QString& file) {
    QTRY_VERIFY(on.window().findChild<QFileDialog*>() != nullptr);
    auto* dialog = on.window().findChild<QFileDialog*>();
    auto* name = dialog->findChild<QLineEdit*>("fileNameEdit");
    QVERIFY(name != nullptr);
    QFile::remove(file); // or the dialog asks whether it may be replaced
    name->setText(file);
    QMetaObject::invokeMethod(dialog, "accept");
    QTRY_VERIFY(on.window().findChild<QFileDialog*>() == nullptr);
    on.window().activateWindow(); // no window manager does it here
    QTRY_VERIFY(on.window().isActiveWindow());
}

/// Everything of the shown page stands whole where it stands, and in Vietnamese nothing of it is English.
inline void checkPage(WindowOnFloor& on, const QString& language) {
    QTest::qWait(50); // layouts follow what was shown
    QTRY_COMPARE(cutTexts(on.window()), QStringList());
    QVERIFY(on.window().page().widget()->width() <= on.window().page().viewport()->width());
    if (language == "vi") {
        const auto english = englishTexts(CANCUOC_TRANSLATIONS "/cancuoc-station_vi.ts");
        QVERIFY(english.size() > 50);
        for (const auto& text : textsOf(on.window().page())) {
            QVERIFY2(!english.contains(text), qPrintable(text));
        }
    }
}

/// Every widget of the shown page that the keyboard reaches has a name for screen readers.
inline void checkNames(WindowOnFloor& on) {
    for (const auto* widget : on.window().page().findChildren<QWidget*>()) {
        if (widget->focusPolicy() & Qt::TabFocus && widget->isVisible() &&
            widget->objectName() != "qt_scrollarea_viewport") {
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        }
    }
}

} // namespace cancuoc::test
