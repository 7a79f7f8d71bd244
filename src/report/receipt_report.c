#include <mulin/report/receipt.h>

#include "report/printer.h"

enum mu_status mu_print_receipt(const struct mu_receipt *receipt, enum mu_language language,
                                struct mu_error *error)
{
    char text[MU_RECEIPT_SIZE];
    FILE *pages = report_pages();

    if (!pages)
        return mu_fail_memory(error);
    mu_receipt_write(receipt, MU_RECEIPT_COLUMNS, language, text);
    fputs(text, pages);
    return report_print(pages, error);
}
