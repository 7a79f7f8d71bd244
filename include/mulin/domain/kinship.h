/* Who is what to whom in a household: relations of GB/T 4761 seen from another head. */
#ifndef MULIN_DOMAIN_KINSHIP_H
#define MULIN_DOMAIN_KINSHIP_H

#include <mulin/base/date.h>

struct mu_kin {
    int relation; /* to the head so far, GB/T 4761; the head's own is 2 */
    int sex;      /* GB/T 2261.1 */
    struct mu_date birth_date;
};

/* What `person` is to `next`, the head from now on, when both are known by their relation to
 * `head`, the head so far. 2 for the new head himself; 97 (other relative) for relatives that the
 * standard has no word for; 0 where it does not follow and somebody must be asked: a son's wife,
 * say, when a son becomes head and there may be brothers. */
int mu_kinship_from(const struct mu_kin *person, const struct mu_kin *next,
                    const struct mu_kin *head);

#endif
