// SPDX-License-Identifier: Apache-2.0
#pragma once

class QDialog;

namespace cancuoc::desktop {

/// Closes a dialog without an answer, whatever it asks at the moment. A question of Qt's own dialogs, such as
/// whether a file may be replaced, runs an event loop of its own, in which this may be called: the dialog
/// outlives that loop.
/// @param dialog null if there is none
void dismiss(QDialog* dialog);

} // namespace cancuoc::desktop
