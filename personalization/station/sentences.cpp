// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/sentences.hpp"

#include <vector>

#include <QCoreApplication>
#include <QRegularExpression>

#include "tools/desktop/label.hpp"

namespace cancuoc::station {

namespace {

// What stands for %1 and %2 is looked up as well.
// NOLINTBEGIN(bugprone-suspicious-missing-comma): some sentences take two lines.
constexpr const char* known[] = {
    // The shift report (personalization/jobs/stock_queries.cpp).
    QT_TRANSLATE_NOOP("Sentences", "The blank %1 is %2, and its history does not lead there."),
    QT_TRANSLATE_NOOP("Sentences", "The %1 used %2 blanks more than it was given."),
    QT_TRANSLATE_NOOP("Sentences",
                      "Nothing happened in a shift %1. See the name that was given to --shift of perso run."),
    // States of chips and requests (personalization/jobs/job_state.cpp).
    QT_TRANSLATE_NOOP("Sentences", "received"),
    QT_TRANSLATE_NOOP("Sentences", "loading"),
    QT_TRANSLATE_NOOP("Sentences", "loaded"),
    QT_TRANSLATE_NOOP("Sentences", "verified"),
    QT_TRANSLATE_NOOP("Sentences", "good"),
    QT_TRANSLATE_NOOP("Sentences", "spoiled"),
    QT_TRANSLATE_NOOP("Sentences", "returned"),
    QT_TRANSLATE_NOOP("Sentences", "rejected"),
    QT_TRANSLATE_NOOP("Sentences", "quarantined"),
    // The verification of an audit log (personalization/audit).
    QT_TRANSLATE_NOOP("Sentences", "The checkpoint of %1 entries does not count: it is by another signer, "
                                   "whose certificate has the SHA-256 %2."),
    QT_TRANSLATE_NOOP("Sentences", "The checkpoint of %1 entries does not count: its signature is wrong."),
    QT_TRANSLATE_NOOP("Sentences", "The checkpoint of %1 entries does not count: its signer's certificate "
                                   "was not valid at %2."),
    QT_TRANSLATE_NOOP("Sentences", "The checkpoint of %1 entries contradicts another of as many."),
    QT_TRANSLATE_NOOP("Sentences", "The checkpoint of %1 entries is one of another log."),
    QT_TRANSLATE_NOOP("Sentences", "No checkpoint of the signer vouches for the log."),
    QT_TRANSLATE_NOOP("Sentences", "its line is not one of an audit log"),
    QT_TRANSLATE_NOOP("Sentences", "its hash is not that of its content"),
    QT_TRANSLATE_NOOP("Sentences", "its hash is not the one that entry %1 follows"),
    QT_TRANSLATE_NOOP("Sentences", "entry %1 stands in its place, and it comes later"),
    QT_TRANSLATE_NOOP("Sentences", "entry %1 stands in its place, and it is missing"),
    QT_TRANSLATE_NOOP("Sentences", "an entry stands in its place that was not written there"),
    QT_TRANSLATE_NOOP("Sentences", "the entries hold together but are not those that the checkpoint of %1 "
                                   "entries vouches for"),
    QT_TRANSLATE_NOOP("Sentences", "the log ends before it, and a checkpoint vouches for %1 entries"),
    // What hinders an import.
    QT_TRANSLATE_NOOP("Sentences", "Cannot read %1: %2."),
    QT_TRANSLATE_NOOP("Sentences", "No such file or directory"),
    QT_TRANSLATE_NOOP("Sentences", "There is no folder %1."),
    QT_TRANSLATE_NOOP("Sentences", "There is no certificate in %1; put those there whose signatures on "
                                   "orders count."),
    QT_TRANSLATE_NOOP("Sentences", "A report is a .json or a .txt file; name it so."),
    // What hinders a report.
    QT_TRANSLATE_NOOP("Sentences", "There is no audit log %1. `perso run` writes STORE.audit."),
    QT_TRANSLATE_NOOP("Sentences", "Cannot write %1; check its folder and the space left."),
};
// NOLINTEND(bugprone-suspicious-missing-comma)

struct Form {
    QRegularExpression pattern;
    const char* text;
};

const std::vector<Form>& forms() {
    static const std::vector<Form> all = [] {
        std::vector<Form> made;
        for (const char* text : known) {
            QString pattern = QRegularExpression::escape(QString::fromUtf8(text));
            pattern.replace(QStringLiteral("\\%1"), "(.+)").replace(QStringLiteral("\\%2"), "(.+)");
            made.push_back({QRegularExpression(QRegularExpression::anchoredPattern(pattern)), text});
        }
        return made;
    }();
    return all;
}

} // namespace

QString sentence(const std::string& text) {
    QString english = desktop::shown(text);
    for (const Form& form : forms()) {
        const auto match = form.pattern.match(english);
        if (match.hasMatch()) {
            QString translated = QCoreApplication::translate("Sentences", form.text);
            QStringList parts = match.capturedTexts().mid(1);
            switch (parts.size()) {
            case 0:
                return translated;
            case 1:
                return translated.arg(sentence(parts[0].toStdString()));
            default:
                return translated.arg(sentence(parts[0].toStdString()), sentence(parts[1].toStdString()));
            }
        }
    }
    return english;
}

} // namespace cancuoc::station
