/* SPDX-License-Identifier: Apache-2.0 */
/* Times as people write and read them. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/conf.h"
#include "server/admin/internal.h"

void
admin_time_text(int64_t t, char out[TIME_TEXT])
{
	struct tm	 tm;
	time_t		 tt = (time_t)t;

	if (gmtime_r(&tt, &tm) == NULL)
		memset(&tm, 0, sizeof(tm));
	strftime(out, TIME_TEXT, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

static int
time_zone(const char *text, int64_t *seconds)
{
	int	 h, m, n = 0;
	char	 sign;

	*seconds = 0;
	if (strcmp(text, "Z") == 0 || strcmp(text, "z") == 0)
		return 0;
	if (sscanf(text, "%c%2d:%2d%n", &sign, &h, &m, &n) != 3 ||
	    text[n] != '\0' || strlen(text) != 6 || h < 0 || h > 23 ||
	    m < 0 || m > 59 || (sign != '+' && sign != '-'))
		return DPE_RANGE;
	*seconds = (h * 3600 + m * 60) * (sign == '+' ? 1 : -1);
	return 0;
}

int
admin_time_parse(const char *text, int64_t *out)
{
	struct tm	 tm, back;
	const char	*end;
	int64_t		 zone;
	time_t		 t;

	memset(&tm, 0, sizeof(tm));
	if ((end = strptime(text, "%Y-%m-%dT%H:%M:%S", &tm)) == NULL ||
	    time_zone(end, &zone) != 0)
		return DPE_RANGE;
	back = tm;
	t = timegm(&back);
	if (back.tm_mday != tm.tm_mday || back.tm_sec != tm.tm_sec)
		return DPE_RANGE;	/* the 31st of February */
	*out = (int64_t)t - zone;
	return 0;
}

int
admin_expires(struct admin_call *call, const char *text, int64_t now,
    int64_t *out)
{
	int64_t	 s;

	*out = 0;
	if (strcmp(text, "never") == 0)
		return 0;
	if (text[0] == '+' && conf_seconds(text + 1, &s) == 0) {
		*out = now + s;
		return 0;
	}
	if (admin_time_parse(text, out) == 0)
		return 0;
	return why_set(&call->why, DPE_USAGE, "expires %s: a time as "
	    "2030-12-31T23:59:59Z, +72h or never is needed", text);
}
