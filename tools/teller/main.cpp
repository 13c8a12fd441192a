// SPDX-License-Identifier: Apache-2.0
// The teller's reader: one screen that says whether a card is genuine.
#include <CLI/CLI.hpp>
#include <QApplication>

#include "tools/camera/device_camera.hpp"
#include "tools/desktop/desktop_program.hpp"
#include "tools/desktop/language.hpp"
#include "tools/teller/card_reading.hpp"
#include "tools/teller/teller_window.hpp"

namespace {

using namespace cancuoc;
using namespace cancuoc::teller;

struct Options {
    CounterSettings counter;
    desktop::ScreenOptions screen;
    unsigned clearAfter = 60;
    std::string faceMatch;
    std::string camera;
};

void describe(CLI::App& application, Options& options) {
    application.set_version_flag("--version", "cancuoc-teller " CANCUOC_VERSION);
    application.add_option("--trust", options.counter.trustStore,
                           "trust store with the CSCA certificates (see 'cancuoc trust')");
    application.add_option("--reader", options.counter.reader, "name of the reader, or a part of it");
    application.add_option("--policy", options.counter.policy, "strict, standard, fast, or a JSON file")
        ->capture_default_str();
    desktop::addScreenOptions(application, options.screen);
    application
        .add_option("--clear-after", options.clearAfter,
                    "seconds without activity after which everything personal is cleared")
        ->check(CLI::Range(5, 3600))
        ->capture_default_str();
    application
        .add_option("--face-match", options.faceMatch,
                    "plug-in that compares the person at the counter with the portrait")
        ->check(CLI::ExistingFile);
    application.add_option(
        "--camera", options.camera,
        "name of the camera that scans QR codes and takes the person's picture, or a part of it; "
        "without it the one that the system prefers");
    application.footer("Example:\n  cancuoc-teller --trust store --language vi");
}

int run(const Options& options) {
    desktop::Language language(QString::fromStdString(options.screen.language), "cancuoc-teller");
    const auto matcher = options.faceMatch.empty()
                             ? std::make_unique<FaceMatcher>()
                             : std::make_unique<FaceMatcher>(QString::fromStdString(options.faceMatch));
    const CardReading reading(options.counter, openCardOnReader, systemClock());
    CounterController controller(
        [&reading](const CounterInput& input, const std::stop_token& stop, const ReadingThread::Tell& tell) {
            reading.run(input, stop, tell);
        },
        std::chrono::seconds(options.clearAfter));
    controller.watchReader(options.counter.reader);
    TellerWindow window(controller, *matcher, language, [&options] {
        return std::make_unique<camera::DeviceCamera>(QString::fromStdString(options.camera));
    });
    desktop::showWindow(window, options.screen);
    return QApplication::exec();
}

} // namespace

// Only a command line described wrongly throws here, and ends the program as it should.
// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argumentCount, char** arguments) {
    Options options;
    CLI::App description("The teller's reader: is this card genuine?", "cancuoc-teller");
    describe(description, options);
    return desktop::runDesktopProgram(description, argumentCount, arguments,
                                      [&options] { return run(options); });
}
