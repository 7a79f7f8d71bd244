#include "cli/password.h"

#include "cli/secret.h"

#include <mulin/base/text.h>
#include <mulin/desk/operators.h>

#include <string.h>

enum mu_status mu_password_read(const struct mu_cli *cli, const char *descriptor, const char *name,
                                bool anew, char *out, struct mu_error *error)
{
    enum mu_status status;

    if (descriptor) {
        status = mu_secret_from_descriptor(descriptor, out, MU_PASSWORD_SIZE, error);
        return status == MU_OK
                   ? MU_OK
                   : mu_fail(error, status, MU_SAY_error_password_descriptor, descriptor, NULL);
    }
    status =
        mu_secret_ask(cli, anew ? MU_SAY_password_new : MU_SAY_password_prompt,
                      anew ? MU_SAY_password_again : MU_SAY_COUNT, out, MU_PASSWORD_SIZE, error);
    if (status == MU_USAGE)
        return mu_fail(error, MU_USAGE, MU_SAY_error_password_nowhere, name, NULL);
    return status;
}

enum mu_status mu_cli_sign_in(const struct mu_cli *cli, struct mu_desk *desk,
                              struct mu_error *error)
{
    char password[MU_PASSWORD_SIZE];
    enum mu_status status =
        mu_password_read(cli, cli->password_descriptor, cli->operator_name, false, password, error);

    if (status == MU_OK)
        status = mu_desk_sign_in(desk, cli->operator_name, password, error);
    explicit_bzero(password, sizeof password);
    return status;
}
