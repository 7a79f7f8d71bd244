#include "desk/case_file.h"
#include "store/case_text.h"

enum mu_status mu_check_cases(struct mu_db *db, struct mu_error *error)
{
    char number[MU_CASE_NUMBER_SIZE];
    const struct mu_case_texts texts = mu_case_texts_of(db);
    enum mu_status status = mu_case_check_steps(db, number, error);

    if (status == MU_OK && *number)
        return mu_fail(error, MU_STORE, MU_SAY_error_verify_case, number, NULL);
    if (status == MU_OK)
        status = mu_case_check_notes(db, number, error);
    if (status == MU_OK && *number)
        return mu_fail(error, MU_STORE, MU_SAY_error_verify_case_note, number, NULL);
    if (status == MU_OK && mu_db_vault(db))
        status = mu_case_words_check(db, &texts, error);
    return status;
}
