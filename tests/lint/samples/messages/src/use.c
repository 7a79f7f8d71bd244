int says[] = {MU_SAY_places, MU_SAY_error_parts, MU_SAY_english, MU_SAY_missing, MU_SAY_half_width, MU_SAY_twice, MU_SAY_error_good};
