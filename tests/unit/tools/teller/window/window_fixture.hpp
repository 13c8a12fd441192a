// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "tests/unit/tools/teller/window/folder_frames.hpp"
#include "tests/unit/tools/teller/window/screens.hpp"
#include "tools/teller/teller_window.hpp"

namespace cancuoc::test {

constexpr unsigned clearAfter = 30; // seconds

/// The teller's window over readings that say what a screen wants them to.
class WindowFixture {
public:
    /// @param language `vi` or `en`
    explicit WindowFixture(const QString& language);
    WindowFixture(const QString& language, std::unique_ptr<teller::FaceMatcher> matcher);

    /// Brings the window to `screen`; false if it does not come there.
    [[nodiscard]] bool bringTo(const Screen& screen);

    /// Gives the window the focus; false if it does not get it.
    [[nodiscard]] bool activate();

    [[nodiscard]] teller::TellerWindow& window() { return *window_; }
    [[nodiscard]] const teller::CounterState& state() const { return controller_.state(); }
    [[nodiscard]] teller::Counter& counter() { return controller_.counter(); }
    [[nodiscard]] desktop::Language& language() { return language_; }
    /// What the camera sees from now on: the pictures of a folder, none without one.
    void setFrames(const QString& folder) { frames_ = folder; }
    /// What the readings were begun with.
    [[nodiscard]] const std::vector<teller::CounterInput>& begun() const { return begun_; }

    template <class Widget>
    [[nodiscard]] Widget& find(const char* objectName) {
        return *window_->findChild<Widget*>(objectName);
    }
    /// The text that is shown by the label of that name.
    [[nodiscard]] QString text(const char* objectName) { return find<QLabel>(objectName).text(); }
    /// All texts that can be seen, heard, or copied in the window, on every page of it.
    [[nodiscard]] QStringList allTexts() const;

private:
    std::vector<teller::ReadingEvent> script_;
    std::vector<teller::CounterInput> begun_;
    QString frames_;
    desktop::Language language_;
    std::unique_ptr<teller::FaceMatcher> matcher_;
    teller::CounterController controller_;
    std::unique_ptr<teller::TellerWindow> window_;
};

/// Presses the keys of `text` on whatever has the focus, as a keyboard-wedge scanner does, and Enter.
void scan(QWidget& window, const QString& text);

} // namespace cancuoc::test
