// SPDX-License-Identifier: Apache-2.0
#include "tools/line_persons.hpp"

#include "host/base/clock.hpp"
#include "host/base/random.hpp"
#include "personalization/jobs/open_job_store.hpp"
#include "tools/key_options.hpp"
#include "tools/line_audit.hpp"

namespace cancuoc::tools {

using namespace personalization;

SecretBytes passwordOf(const std::string& file, const std::string& name, bool isNew) {
    return file.empty() ? askSecret("Password of " + name + ": ", isNew) : firstLineOf(file);
}

std::optional<Person> signInFor(const Duty& duty, const SignIn& signIn, DecisionBook& book) {
    if (!book.hasPersons()) {
        return std::nullopt;
    }
    if (signIn.name.empty()) {
        throw NotAllowed(std::string("This line has persons; ") + duty.sentence + ": " + duty.option +
                         " NAME.");
    }
    Person person = book.signIn(signIn.name, passwordOf(signIn.passwordFile, signIn.name, false));
    if (!person.hasOneOf({duty.role})) {
        throw NotAllowed(person.name + " is no " + std::string(nameOf(duty.role)) + ".");
    }
    return person;
}

std::optional<Person> signInFor(const Duty& duty, const SignIn& signIn, const std::string& store) {
    SystemRandom random;
    return signInFor(duty, signIn, *openDecisionBook(store, systemClock(), random));
}

void recordDecision(const std::string& store, const std::string& file, const std::string& who,
                    const audit::Occurrence& occurrence) {
    LineAuditOptions options;
    options.file = file.empty() ? decisionLogOf(store).string() : file;
    options.operatorName = who;
    SystemRandom random;
    LineAudit audit(options, store, random);
    audit.trail().record(occurrence);
}

} // namespace cancuoc::tools
