// SPDX-License-Identifier: Apache-2.0
// For tests that render text under LeakSanitizer. Pango 1.50 keeps what it makes for a configuration of fonts
// that is not the machine's, some 5 kB each; what fontconfig holds by offsets looks lost besides.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libfontconfig.so\nleak:libpango";
}
