// SPDX-License-Identifier: Apache-2.0
// A chip with one application more: found by whole and partial identifier, listed in EF.DIR, and at work.
#include "card/applets/emrtd/persistent_objects.hpp"
#include "card/applets/greeting/persistent_objects.hpp"
#include "card/chip.hpp"
#include "card/ports/host/flash_memory.hpp"
#include "card/ports/host/virtual_chip.hpp"
#include "tests/unit/card/known_answer.hpp"

#include <iostream>

namespace {

using namespace cancuoc::card;
using test::Bytes;
using test::hex;
using test::join;

class Terminal {
public:
    Terminal(Flash& flash, RandomSource& random) : chip_(flash, random) { chip_.powerOn(); }

    void expect(const char* command, const Bytes& response) {
        if (chip_.transmit(hex(command)) != response) {
            std::cerr << command << " is answered otherwise\n";
            failed = true;
        }
    }

    bool failed = false;

private:
    host::VirtualChip chip_;
};

// As the issuer's channel would leave it.
void load(Flash& flash, const Bytes& text) {
    ObjectStore store(flash);
    Transaction transaction(store);
    if (!store.open() || !transaction.put(greeting::textObject, text) ||
        !transaction.put(greeting::activatedObject, {}) || !transaction.put(emrtd::personalizedObject, {}) ||
        !transaction.commit()) {
        throw std::runtime_error("the memory takes nothing");
    }
}

} // namespace

int main() {
    const Bytes text = test::ascii("Xin chao");
    const Bytes done = hex("9000");
    host::FlashMemory flash;
    test::ScriptedRandom random;
    Terminal blank(flash, random);
    blank.expect("00A4040006F048454C4C4F00", done);
    blank.expect("00CA000100", hex("6985"));
    load(flash, text);

    Terminal terminal(flash, random);
    terminal.expect("00B09E0000", join(hex("61094F07A0000002471001 61084F06F048454C4C4F"), done));
    terminal.expect("00A4040006F048454C4C4F00", done);
    terminal.expect("00CA000100", join(text, done));
    terminal.expect("00A4040007A000000247100100", join(hex("6F098407A0000002471001"), done));
    terminal.expect("00A4040002F04800", done);
    terminal.expect("00CA000100", join(text, done));
    terminal.expect("00CA000200", hex("6A88"));
    return blank.failed || terminal.failed ? 1 : 0;
}
