/* The kitchen's sheet: what is to be cooked for a day, by session, dish and diet. */
#ifndef MULIN_REPORT_KITCHEN_H
#define MULIN_REPORT_KITCHEN_H

#include <mulin/desk/menu.h>
#include <mulin/report.h>

/* Writes the orders of a day, counted. People stand on it only where their diet or a note asks for
 * something, by their family name and with it what the note says. As mu_report_begin and the
 * others. */
enum mu_status mu_report_kitchen(const struct mu_report_target *target, struct mu_desk *desk,
                                 struct mu_date day, const struct mu_day_orders *orders,
                                 enum mu_language language, struct mu_error *error) MU_CHECKED;

enum { MU_KITCHEN_PERSON_SIZE = 2 * MU_NOTE_SIZE + MU_PERSON_NAME_SIZE };
/* 张**：糖尿病；少饭. "" when nothing is asked. `out` has MU_KITCHEN_PERSON_SIZE bytes. */
void mu_kitchen_person(const struct mu_day_order *order, enum mu_language language, char *out);

#endif
