#include <mulin/rules.h>

#include "base/embedded.h"

#include <string.h>

const char *mu_preset_name(size_t index)
{
    for (size_t i = 0; mu_embedded_presets[i].name; i++) {
        if (i == index)
            return mu_embedded_presets[i].name;
    }
    return NULL;
}

const char *mu_preset_book(const char *name)
{
    for (size_t i = 0; mu_embedded_presets[i].name; i++) {
        if (strcmp(mu_embedded_presets[i].name, name) == 0)
            return mu_embedded_presets[i].text;
    }
    return NULL;
}
