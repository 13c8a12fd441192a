// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QWidget>

class QPushButton;

namespace cancuoc::desktop {

/// Everything else that can be done, each with its key, in as many rows as the width asks for.
class ActionBar : public QWidget {
public:
    explicit ActionBar(QWidget* parent = nullptr);

    /// Adds a button that `key` presses as well.
    [[nodiscard]] QPushButton* add(const char* objectName, const QString& key);
    /// Names the button; its key stands below.
    void setText(QPushButton* button, const QString& text);

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] int columnsFor(int width) const;
    [[nodiscard]] QSize largest() const;
    void arrange();

    QList<QPushButton*> buttons_;
};

} // namespace cancuoc::desktop
