/* SPDX-License-Identifier: Apache-2.0 */
/* read_card NUMBER TRUST: reads the card on the reader and says whether it is genuine. */
#include <stdio.h>

#include <cancuoc.h>

int main(int count, char** arguments) {
    cancuoc_error error = {0, 0, 0, "usage: read_card NUMBER TRUST"};
    cancuoc_trust_store* store = NULL;
    cancuoc_reading* reading = NULL;
    cancuoc_result* result = NULL;
    cancuoc_verdict verdict = CANCUOC_NO_VERDICT;
    char name[1024] = "?"; /* as it stays where the card has no DG13 */
    int failed = count != 3 || cancuoc_trust_store_open(arguments[2], &store, &error) ||
                 cancuoc_reading_open(&reading, &error) ||
                 cancuoc_reading_set_key(reading, CANCUOC_KEY_NUMBER, arguments[1], &error) ||
                 cancuoc_reading_set_trust_store(reading, store, &error) ||
                 cancuoc_reading_set_waits(reading, 10000, 10000, 0, &error) ||
                 cancuoc_reading_run(reading, &result, &error) ||
                 cancuoc_result_verdict(result, &verdict, &error) ||
                 (cancuoc_result_field(result, CANCUOC_FIELD_FULL_NAME, name, sizeof name, NULL, &error) &&
                  error.status != CANCUOC_NOT_FOUND);
    if (failed) {
        fprintf(stderr, "%s\n", error.message);
    } else {
        printf("%s: %s\n", name, verdict == CANCUOC_GENUINE ? "genuine" : "NOT proven genuine");
    }
    cancuoc_result_close(result, NULL);
    cancuoc_reading_close(reading, NULL);
    cancuoc_trust_store_close(store, NULL);
    return failed ? 2 : verdict == CANCUOC_GENUINE ? 0 : 3;
}
