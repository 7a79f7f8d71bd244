#include "report/xlsx_library.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

struct mu_xlsx mu_xlsx;

static bool find(void *library, const char *name, void *function)
{
    void *address = dlsym(library, name);

    memcpy(function, &address, sizeof address); /* C knows no conversion to a function */
    return address != NULL;
}

enum mu_status mu_xlsx_load(struct mu_error *error)
{
    static bool found;
    void *library;

    if (found)
        return MU_OK;
    library = dlopen(MULIN_XLSX_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    found = library != NULL;
#define MU_XLSX_FUNCTION(name) found = found && find(library, #name, &mu_xlsx.name);
    MU_XLSX_FUNCTIONS(MU_XLSX_FUNCTION)
#undef MU_XLSX_FUNCTION
    if (found)
        return MU_OK;
    mu_fail(error, MU_STORE, MU_SAY_error_report_library, dlerror(), NULL);
    if (library)
        dlclose(library);
    return MU_STORE;
}
