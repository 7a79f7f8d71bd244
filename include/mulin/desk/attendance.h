/* Lists of those who came to one activity: typed quickly, or brought as a file; recorded at once.
 */
#ifndef MULIN_DESK_ATTENDANCE_H
#define MULIN_DESK_ATTENDANCE_H

#include <mulin/desk/service.h>

enum { MU_ATTENDEES = 5000 /* of one list at most */ };

/* Of what is the same for everybody: title (has to be told), duty, date, times, minutes, place, for
 * whom, confirmed by, note, reason, again. */
struct mu_attendance_request {
    const char *title;
    struct mu_service_request all;
};

/* One who came; what is 0 is as for everybody. */
struct mu_attendee {
    const char *who; /* borrowed; not used with resident_id */
    int64_t resident_id;
    int starts_at, ends_at, minutes, times;
};

/* What came of a list. */
struct mu_attendance_result {
    int64_t attendance_id;   /* 0: nobody was recorded, now or before */
    size_t recorded;         /* people */
    size_t standing;         /* stood on it already: nothing new */
    size_t refused;          /* as their answers say */
    struct mu_points points; /* of those recorded now */
};

/* Records all who came in one commit; those who are refused are left out, and all others stand.
 * The list of this title, duty and day goes on when there is one: who stands on it already is not
 * recorded twice, so that the same file may be brought again when it was mended.
 *   answer  one for each person; filled unless MU_STORE, MU_MEMORY or MU_INPUT about the list
 * MU_OK also when everybody was refused. MU_INPUT (title, duty, too many), MU_REFUSED (right
 * record_service), MU_STORE, MU_MEMORY. */
enum mu_status mu_record_attendance(struct mu_desk *desk,
                                    const struct mu_attendance_request *request,
                                    const struct mu_attendee *people, size_t count,
                                    struct mu_service_answer *answers,
                                    struct mu_attendance_result *out,
                                    struct mu_error *error) MU_CHECKED;

/* False stops. Borrowed; the desk must not be called. */
typedef bool mu_attendance_row(void *context, const struct mu_attendance_sheet *attendance);

/* The lists of these days (unknown: no bound), the latest first, at most `limit` (0: all).
 * MU_REFUSED (right read_points), MU_STORE. */
enum mu_status mu_list_attendances(struct mu_desk *desk, struct mu_date from, struct mu_date to,
                                   size_t limit, mu_attendance_row *row, void *context,
                                   struct mu_error *error) MU_CHECKED;

/* MU_INPUT (no such list), MU_REFUSED, MU_STORE. */
enum mu_status mu_read_attendance(struct mu_desk *desk, int64_t attendance_id,
                                  struct mu_attendance_sheet *out,
                                  struct mu_error *error) MU_CHECKED;

/* People from a table file: attendance lists, and balances of a book of before. */
struct mu_people_row {
    unsigned long line; /* of the file */
    char *who; /* owned: a card, an ID number, or a name, with a phone where there is one */
    int starts_at, ends_at, minutes, times; /* 0: not told */
    struct mu_points points;                /* likewise */
};

struct mu_people {
    struct mu_people_row *row; /* owned */
    size_t count;
};
void mu_people_clear(struct mu_people *people);

/* Reads a table whose first row names its columns: who (姓名, 电话, 卡号, 身份证号; one at least),
 * and 分钟 or 小时, 开始, 结束, 次数, 积分; others are passed over. A cell that says no number
 * where one should stand is told with its line. out  owned by the caller (mu_people_clear),
 * untouched on failure MU_INPUT, MU_MEMORY. */
enum mu_status mu_people_read(const char *path, struct mu_people *out,
                              struct mu_error *error) MU_CHECKED;

#endif
