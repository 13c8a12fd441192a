// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/tools/teller/window/window_fixture.hpp"

#include <QApplication>
#include <QKeyEvent>
#include <QtTest>

#include "tests/support/window_texts.hpp"

namespace cancuoc::test {

using namespace teller;

WindowFixture::WindowFixture(const QString& language)
    : WindowFixture(language, std::make_unique<FaceMatcher>()) {}

// A reading runs on its own thread; the window's thread reads `begun_` only after it has told something.
WindowFixture::WindowFixture(const QString& language, std::unique_ptr<FaceMatcher> matcher)
    : language_(language, "cancuoc-teller"), matcher_(std::move(matcher)),
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
