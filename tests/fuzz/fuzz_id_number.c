/* An ID number as typed: what is taken for one can be read again and never leaves its mask. */
#include "fuzz.h"

#include <mulin/base/id_number.h>
#include <mulin/base/text.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mu_id_number number, again;
    char masked[MU_ID_NUMBER_SIZE], phone[64];
    char *text = fuzz_string(data, size);
    enum mu_id_fault fault;

    memset(&number, 0x5a, sizeof number);
    again = number;
    fault = mu_id_number_parse(text, &number);
    if (fault == MU_ID_GOOD || fault == MU_ID_OLD_FORM) {
        HOLDS(strlen(number.text) == (fault == MU_ID_GOOD ? 18 : 15));
        HOLDS(fault != MU_ID_GOOD || number.text[17] == mu_id_number_check(number.text));
        HOLDS(mu_date_valid(number.birth_date));
        HOLDS(number.sex == MU_SEX_MALE || number.sex == MU_SEX_FEMALE);
        HOLDS(mu_id_number_parse(number.text, &again) == fault);
        HOLDS(strcmp(number.text, again.text) == 0);
    } else {
        HOLDS(memcmp(&number, &again, sizeof number) == 0);
    }
    mu_id_number_mask(text, masked);
    HOLDS(strlen(masked) < sizeof masked);
    if (fault == MU_ID_GOOD) {
        mu_id_number_mask(number.text, masked);
        HOLDS(memcmp(masked + 6, "********", 8) == 0);
    }
    mu_phone_mask(text, phone, sizeof phone);
    HOLDS(strlen(phone) < sizeof phone);
    free(text);
    return 0;
}
