/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "server/admin/internal.h"

/* Far enough for every certificate, and no calendar runs over. */
#define LAB_OFFSET_MAX	(INT64_C(200) * 365 * 24 * 3600)

static int
clock_write(struct db *db, void *arg)
{
	const struct admin_mark	*m = arg;
	char			 detail[32];

	snprintf(detail, sizeof(detail), "offset=%" PRId64,
	    atomic_load(m->call->ctx->lab_offset));
	return admin_audit(db, m, NULL, NULL, NULL, detail);
}

/* "+25h" and "-1h" from where the clock stands, "reset" to the true time. */
static int
clock_move(struct admin_call *call, const char *by)
{
	_Atomic int64_t	*offset = call->ctx->lab_offset;
	int64_t		 s, v = atomic_load(offset);

	if (strcmp(by, "reset") == 0)
		v = 0;
	else if ((by[0] == '+' || by[0] == '-') &&
	    conf_seconds(by + 1, &s) == 0 && s <= LAB_OFFSET_MAX)
		v += by[0] == '+' ? s : -s;
	else
		return why_set(&call->why, DPE_USAGE,
		    "clock %s: +25h, -90s or reset is needed", by);
	if (v > LAB_OFFSET_MAX || v < -LAB_OFFSET_MAX)
		return why_set(&call->why, DPE_USAGE,
		    "clock %s: too far from the true time", by);
	atomic_store(offset, v);
	return 0;
}

static int
lab_clock(struct admin_call *call)
{
	struct admin_mark	 m = { call, 0, "lab.clock" };
	struct jfield		 tab[] = { { "by", JFIELD_TEXT, 0, 32, 0 } };
	char			*by = NULL;
	int			 r;

	if ((r = admin_lab(call, "lab clock")) != 0 ||
	    (r = admin_read(call, tab, 1, &by)) != 0 ||
	    (r = clock_move(call, by)) != 0)
		goto out;
	m.now = admin_now(call->ctx);
	if ((r = store_write(call->ctx->store, STORE_DURABLE, clock_write,
	    &m)) != 0) {
		r = admin_fail(call, r, "clock", by);
		goto out;
	}
	admin_set_int(call->out, "offset",
	    atomic_load(call->ctx->lab_offset));
	admin_set_time(call->out, "now", m.now);
out:
	free(by);
	return r;
}

const struct admin_verb	admin_lab_verbs[] = {
	{ "lab", "clock", lab_clock },
	{ NULL, NULL, NULL }
};
