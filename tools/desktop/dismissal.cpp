// SPDX-License-Identifier: Apache-2.0
#include "tools/desktop/dismissal.hpp"

#include <QDialog>

namespace cancuoc::desktop {

void dismiss(QDialog* dialog) {
    if (dialog == nullptr) {
        return;
    }
    for (auto* question : dialog->findChildren<QDialog*>()) {
        if (question->isVisible()) {
            dialog->setAttribute(Qt::WA_DeleteOnClose, false); // its window deletes it in the end
            question->reject();
        }
    }
    dialog->reject();
}

} // namespace cancuoc::desktop
