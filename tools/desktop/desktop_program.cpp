// SPDX-License-Identifier: Apache-2.0
#include "tools/desktop/desktop_program.hpp"

#include <algorithm>
#include <iostream>
#include <span>
#include <string_view>

#include <CLI/CLI.hpp>
#include <QApplication>
#include <QWidget>

#include "tools/desktop/appearance.hpp"
#include "tools/error_report.hpp"
#include "tools/exit_status.hpp"

namespace cancuoc::desktop {

namespace {

// Help and version need no screen.
bool asksForText(std::span<char*> arguments) {
    return std::any_of(arguments.begin(), arguments.end(), [](std::string_view argument) {
        return argument == "--help" || argument == "-h" || argument == "--version";
    });
}

} // namespace

void addScreenOptions(CLI::App& description, ScreenOptions& options) {
    description.add_option("--language", options.language, "vi or en; F9 changes it at any time")
        ->check(CLI::IsMember({"vi", "en"}))
        ->capture_default_str();
    description.add_flag("--full-screen", options.fullScreen, "fill the screen");
}

void showWindow(QWidget& window, const ScreenOptions& options) {
    window.resize(window.sizeHint()); // where nobody maximizes windows
    if (options.fullScreen) {
        window.showFullScreen();
    } else {
        window.showMaximized();
    }
}

int runDesktopProgram(CLI::App& description, int argumentCount, char** arguments,
                      const std::function<int()>& run) {
    try {
        if (asksForText({arguments, static_cast<std::size_t>(argumentCount)})) {
            description.parse(argumentCount, arguments);
        }
        QApplication application(argumentCount, arguments); // takes its own arguments away
        description.parse(argumentCount, arguments);
        setAppearance();
        QApplication::setApplicationName(QString::fromStdString(description.get_name()));
        return run();
    } catch (const CLI::Success& help) {
        description.exit(help);
        return static_cast<int>(tools::ExitStatus::Done);
    } catch (const std::exception&) {
        return static_cast<int>(tools::reportError(std::current_exception(), std::cerr, nullptr));
    }
}

} // namespace cancuoc::desktop
