// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

class QWidget;

namespace CLI {
class App;
} // namespace CLI

namespace cancuoc::desktop {

/// How a program shows itself.
struct ScreenOptions {
    std::string language = "vi";
    bool fullScreen = false;
};

/// Adds --language and --full-screen to the command line of a program.
void addScreenOptions(CLI::App& description, ScreenOptions& options);

/// Shows the program's window.
void showWindow(QWidget& window, const ScreenOptions& options);

/// The main() of a desktop program: reads its command line, whose help and version need no screen, gives it
/// the house's appearance and the description's name, and runs it.
/// @param run makes the window and returns what QApplication::exec() does; its exceptions become sentences on
/// standard
///        error
/// @return the program's exit status
[[nodiscard]] int runDesktopProgram(CLI::App& description, int argumentCount, char** arguments,
                                    const std::function<int()>& run);

} // namespace cancuoc::desktop
