// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/path_field.hpp"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace cancuoc::station {

void chooseFile(QWidget* parent, const std::function<void(QFileDialog&)>& prepare,
                const std::function<void(const QString&)>& chosen) {
    auto* dialog = new QFileDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    prepare(*dialog);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, chosen);
    dialog->open();
}

PathField::PathField(Kind kind, const char* objectName, QWidget* parent)
    : QWidget(parent), line_(new QLineEdit(this)) {
    line_->setObjectName(objectName);
    setFocusProxy(line_);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(line_, 1);
    const auto add = [&](bool folder) {
        auto* button = new QPushButton(this);
        button->setObjectName(QString(objectName) + (folder ? "Folder" : "File"));
        connect(button, &QPushButton::clicked, this, [this, folder] { choose(folder); });
        layout->addWidget(button);
        return button;
    };
    if (kind != Kind::Folder) {
        file_ = add(false);
    }
    if (kind != Kind::File) {
        folder_ = add(true);
    }
    connect(line_, &QLineEdit::textChanged, this, &PathField::changed);
}

QString PathField::path() const {
    return line_->text().trimmed();
}

void PathField::setPath(const QString& path) {
    line_->setText(path);
}

void PathField::setPlaceholder(const QString& text) {
    line_->setPlaceholderText(text);
}

void PathField::retranslate(const QString& name) {
    name_ = name;
    line_->setAccessibleName(name);
    if (file_ != nullptr) {
        file_->setText(tr("File…"));
        file_->setAccessibleName(tr("%1: choose a file").arg(name));
    }
    if (folder_ != nullptr) {
        folder_->setText(tr("Folder…"));
        folder_->setAccessibleName(tr("%1: choose a folder").arg(name));
    }
}

void PathField::choose(bool folder) {
    chooseFile(
        this,
        [this, folder](QFileDialog& dialog) {
            dialog.setWindowTitle(name_);
            dialog.setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
            dialog.setOption(QFileDialog::ShowDirsOnly, folder);
            if (!path().isEmpty()) {
                dialog.selectFile(path());
            }
        },
        [this](const QString& file) { setPath(file); });
}

} // namespace cancuoc::station
