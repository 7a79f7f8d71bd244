#include <mulin/domain/canteen.h>

#include <string.h>

const char *mu_pay_method_word(enum mu_pay_method method)
{
    return method == MU_PAY_CARD ? "card" : "cash";
}

bool mu_pay_method_from_word(const char *word, enum mu_pay_method *out)
{
    if (strcmp(word, "cash") == 0)
        *out = MU_PAY_CASH;
    else if (strcmp(word, "card") == 0)
        *out = MU_PAY_CARD;
    else
        return false;
    return true;
}
