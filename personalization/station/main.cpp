// SPDX-License-Identifier: Apache-2.0
// The personalization station: the screen of a line's operator.
#include <algorithm>
#include <iostream>
#include <span>
#include <string_view>

#include <CLI/CLI.hpp>
#include <QApplication>

#include "personalization/cardface/layout.hpp"
#include "personalization/station/station_window.hpp"
#include "tools/error_report.hpp"
#include "tools/exit_status.hpp"
#include "tools/teller/appearance.hpp"

namespace {

using namespace cancuoc;

struct Options {
    station::FloorSettings floor;
    std::string language = "vi";
    bool fullScreen = false;
};

void describe(CLI::App& application, Options& options) {
    application.set_version_flag("--version", "cancuoc-station " CANCUOC_VERSION);
    options.floor.means = tools::addLineMeans(application);
    std::string layouts;
    for (const std::string& name : cardface::Layout::names()) {
        layouts += name + ", ";
    }
    application
        .add_option("--layout", options.floor.layout, "the faces on the screen: " + layouts + "or a file")
        ->capture_default_str();
    application.add_option("--artwork", options.floor.artwork,
                           "folder with emblem.png and signature.png; a neutral mark stands in for them");
    application.add_option("--language", options.language, "vi or en; F9 changes it at any time")
        ->check(CLI::IsMember({"vi", "en"}))
        ->capture_default_str();
    application.add_flag("--full-screen", options.fullScreen, "fill the screen");
    application.footer("Closing the window while the line runs finishes the cards that are begun.\n\n"
                       "Example:\n  cancuoc-station --store jobs.sqlite --pki pki --virtual 4 --chips chips");
}

// Help and version need no screen.
bool asksForText(std::span<char*> arguments) {
    return std::any_of(arguments.begin(), arguments.end(), [](std::string_view argument) {
        return argument == "--help" || argument == "-h" || argument == "--version";
    });
}

int run(QApplication& application, const Options& options) {
    teller::setAppearance(application);
    QApplication::setApplicationName("cancuoc-station");
    teller::Language language(QString::fromStdString(options.language), "cancuoc-station");
    station::FloorController controller(options.floor);
    station::StationWindow window(controller, language);
    window.resize(window.sizeHint()); // where nobody maximizes windows
    if (options.fullScreen) {
        window.showFullScreen();
    } else {
        window.showMaximized();
    }
    return QApplication::exec();
}

} // namespace

// Only a command line described wrongly throws here, and ends the program as it should.
// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argumentCount, char** arguments) {
    Options options;
    CLI::App description("The personalization station: from waiting requests to good cards",
                         "cancuoc-station");
    describe(description, options);
    try {
        if (asksForText({arguments, static_cast<std::size_t>(argumentCount)})) {
            description.parse(argumentCount, arguments);
        }
        QApplication application(argumentCount, arguments); // takes its own arguments away
        description.parse(argumentCount, arguments);
        return run(application, options);
    } catch (const CLI::Success& help) {
        description.exit(help);
        return static_cast<int>(tools::ExitStatus::Done);
    } catch (const std::exception&) {
        return static_cast<int>(tools::reportError(std::current_exception(), std::cerr, nullptr));
    }
}
