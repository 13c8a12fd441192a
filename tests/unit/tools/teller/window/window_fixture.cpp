// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/tools/teller/window/window_fixture.hpp"

#include <QApplication>
#include <QComboBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QTabBar>
#include <QTableWidget>
#include <QtTest>

namespace cancuoc::test {

using namespace teller;

WindowFixture::WindowFixture(const QString& language)
    : WindowFixture(language, std::make_unique<FaceMatcher>()) {}

// A reading runs on its own thread; the window's thread reads `begun_` only after it has told something.
WindowFixture::WindowFixture(const QString& language, std::unique_ptr<FaceMatcher> matcher)
    : language_(language), matcher_(std::move(matcher)),
      controller_(
          [this](const CounterInput& input, const std::stop_token& /*stop*/,
                 const ReadingThread::Tell& tell) {
              QMetaObject::invokeMethod(
                  qApp, [this, input] { begun_.push_back(input); }, Qt::QueuedConnection);
              for (const auto& event : script_) {
                  tell(event);
              }
          },
          std::chrono::seconds(clearAfter)),
      window_(std::make_unique<TellerWindow>(controller_, *matcher_, language_,
                                             [this] { return std::make_unique<FolderFrames>(frames_); })) {
    window_->show();
    static_cast<void>(activate());
}

bool WindowFixture::activate() {
    window_->activateWindow();
    const bool active = QTest::qWaitForWindowActive(window_.get());
    QTest::qWait(1); // until everything is laid out
    return active;
}

bool WindowFixture::bringTo(const Screen& screen) {
    counter().take(screen.reader);
    script_ = screen.told;
    const auto readings = begun_.size() + (screen.phase == Phase::Waiting ? 0 : 1);
    if (!screen.line.empty()) {
        counter().enter(screen.line);
    }
    const bool arrived = QTest::qWaitFor([&] {
        return begun_.size() == readings && state().phase == screen.phase &&
               (screen.name != std::string("reading-face") || state().faceRead != 0);
    });
    if (screen.showChecks) {
        find<QPushButton>("showChecks").click();
    }
    QTest::qWait(1);
    return arrived;
}

QStringList WindowFixture::allTexts() const {
    return textsOf(*window_);
}

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

void scan(QWidget& window, const QString& text) {
    const auto press = [&window](int key, const QString& characters) {
        QWidget* focus = QApplication::focusWidget();
        QWidget* target = focus != nullptr ? focus : &window;
        for (const auto type : {QEvent::KeyPress, QEvent::KeyRelease}) {
            QKeyEvent event(type, key, Qt::NoModifier, characters);
            QApplication::sendEvent(target, &event);
        }
    };
    for (const auto character : text) {
        press(0, character);
    }
    press(Qt::Key_Return, "\r");
}

} // namespace cancuoc::test
