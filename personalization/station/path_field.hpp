// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include <QWidget>

class QFileDialog;
class QLineEdit;
class QPushButton;

namespace cancuoc::station {

/// Opens a dialog for a file or a folder without waiting for it, and goes with `parent`.
/// @param chosen is told what the person chose; not called when they chose nothing
void chooseFile(QWidget* parent, const std::function<void(QFileDialog&)>& prepare,
                const std::function<void(const QString&)>& chosen);

/// A path that is typed or chosen: of a file, of a folder, or of either.
class PathField : public QWidget {
    Q_OBJECT

public:
    enum class Kind { File, Folder, FileOrFolder };

    /// @param objectName of the line; its buttons are called so, followed by File and Folder
    PathField(Kind kind, const char* objectName, QWidget* parent);

    [[nodiscard]] QString path() const;
    void setPath(const QString& path);
    /// What stands in the empty field.
    void setPlaceholder(const QString& text);
    /// Says its texts anew in the language of now; `name` is what the field holds.
    void retranslate(const QString& name);

signals:
    void changed();

private:
    void choose(bool folder);

    QLineEdit* line_;
    QPushButton* file_ = nullptr;
    QPushButton* folder_ = nullptr;
    QString name_;
};

} // namespace cancuoc::station
