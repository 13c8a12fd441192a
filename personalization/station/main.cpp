// SPDX-License-Identifier: Apache-2.0
// The personalization station: the screen of a line's operator.
#include <string>

#include <CLI/CLI.hpp>
#include <QApplication>

#include "personalization/cardface/layout.hpp"
#include "personalization/station/station_window.hpp"
#include "tools/desktop/desktop_program.hpp"
#include "tools/desktop/language.hpp"

namespace {

using namespace cancuoc;

struct Options {
    station::FloorSettings floor;
    desktop::ScreenOptions screen;
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
    desktop::addScreenOptions(application, options.screen);
    application.footer("Closing the window while the line runs finishes the cards that are begun.\n\n"
                       "Example:\n  cancuoc-station --store jobs.sqlite --pki pki --virtual 4 --chips chips");
}

int run(const Options& options) {
    desktop::Language language(QString::fromStdString(options.screen.language), "cancuoc-station");
    station::FloorController controller(options.floor);
    station::StationWindow window(controller, language);
    desktop::showWindow(window, options.screen);
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
    return desktop::runDesktopProgram(description, argumentCount, arguments,
                                      [&options] { return run(options); });
}
