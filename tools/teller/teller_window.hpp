// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>
#include <QPointer>
#include <QScrollArea>

#include "tools/camera/frame_source.hpp"
#include "tools/desktop/language.hpp"
#include "tools/teller/counter_controller.hpp"
#include "tools/teller/face_matcher.hpp"

class QBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace cancuoc::desktop {
class ActionBar;
} // namespace cancuoc::desktop

namespace cancuoc::teller {

class ChecksView;
class ComparisonView;
class FaceMatchView;
class FaceView;
class InputBar;
class PersonView;
class RecordKeeper;
class VerdictBanner;

/// The one screen of the teller. It scrolls where it is larger than the window.
class TellerWindow : public QScrollArea {
    Q_OBJECT

public:
    /// The first three must outlive the window.
    /// @param makeCamera makes what the QR code is scanned and the person's picture is taken with
    TellerWindow(CounterController& controller, FaceMatcher& matcher, desktop::Language& language,
                 camera::MakeFrameSource makeCamera);
    ~TellerWindow() override;

    [[nodiscard]] QSize sizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeWidgets();
    void layOut();
    void makeActions();
    void retranslate();
    void refresh();
    void refreshCountdown();
    void refreshActions();
    void forget();
    void toggleChecks();
    void scanSymbol();

    CounterController& controller_;
    FaceMatcher& matcher_;
    desktop::Language& language_;
    camera::MakeFrameSource makeCamera_;

    QLabel* title_ = nullptr;
    QLabel* reader_ = nullptr;
    QPushButton* languageButton_ = nullptr;
    InputBar* input_ = nullptr;
    VerdictBanner* verdict_ = nullptr;
    FaceView* face_ = nullptr;
    FaceMatchView* faceMatch_ = nullptr;
    PersonView* person_ = nullptr;
    ComparisonView* comparison_ = nullptr;
    ChecksView* checks_ = nullptr;
    QStackedWidget* pages_ = nullptr;
    QBoxLayout* content_ = nullptr;
    QBoxLayout* data_ = nullptr;
    QLabel* countdown_ = nullptr;
    QLabel* message_ = nullptr;
    desktop::ActionBar* actions_ = nullptr;
    QPushButton* checksButton_ = nullptr;
    QPushButton* againButton_ = nullptr;
    QPushButton* saveButton_ = nullptr;
    QPushButton* printButton_ = nullptr;
    QPushButton* evidenceButton_ = nullptr;
    QPushButton* matchButton_ = nullptr;
    QPushButton* clearButton_ = nullptr;
    RecordKeeper* keeper_ = nullptr;
    QPointer<QDialog> scan_;
    bool wasEmpty_ = true;
};

} // namespace cancuoc::teller
