/* The codes of data/codes on which the way of a case depends. */
#ifndef MULIN_SRC_DOMAIN_CASE_CODES_H
#define MULIN_SRC_DOMAIN_CASE_CODES_H

enum { ANSWER_YES = 1 };
enum { SIDE_FIRST = 1, SIDE_OTHER = 2 };
enum { DUTY_ASSIGNED = 1, DUTY_CHOSEN = 2, DUTY_REFUSED = 3, DUTY_LEFT = 5 };
enum { FORM_WRITTEN = 1, FORM_ORAL = 2 };
enum { END_FAILED = 1, END_REFUSED = 2, END_WITHDRAWN = 3, END_MISTAKE = 4 };
enum { KEPT = 1, KEPT_IN_PART = 2, KEPT_NOT = 3, KEPT_LATER = 4 };
enum { COURT_ASKED = 1 };
enum { STATION_ESTATE = 1 };
enum { WEIGHT_PLAIN = 1 };

#endif
