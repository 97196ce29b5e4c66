/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/store_session.h"
#include "server/admin/internal.h"

/* Seconds since this process began, as the kernel counts them. */
static int64_t
status_uptime(void)
{
	unsigned long long	 ticks = 0;
	struct timespec		 up;
	char			 text[1024], *p;
	size_t			 n;
	FILE			*f;
	int			 field;

	if ((f = fopen("/proc/self/stat", "r")) == NULL)
		return 0;
	n = fread(text, 1, sizeof(text) - 1, f);
	fclose(f);
	text[n] = '\0';
	/* The 22nd field; the second is in brackets and may hold blanks. */
	p = strrchr(text, ')');
	for (field = 2; p != NULL && field < 22; field++)
		p = strchr(p + 1, ' ');
	if (p == NULL || sscanf(p, "%llu", &ticks) != 1 ||
	    clock_gettime(CLOCK_BOOTTIME, &up) == -1)
		return 0;
	return (int64_t)up.tv_sec -
	    (int64_t)(ticks / (unsigned long long)sysconf(_SC_CLK_TCK));
}

struct stock {
	struct admin_call	*call;
	json_t			*all, *low;
};

static int
stock_type(void *arg, const struct ptype *t)
{
	struct stock	*s = arg;
	int64_t		 n;
	int		 r;

	if ((r = store_type_stock(s->call->ctx->db, s->call->ctx->tenant,
	    t->name, INT64_MAX, &n)) != 0)
		return r;
	admin_set_int(s->all, t->name, n);
	if (n < t->low_stock)
		json_array_append_new(s->low, json_string(t->name));
	return 0;
}

/* What of each type is available, and the types that are short of it. */
static int
status_stock(struct admin_call *call)
{
	struct stock	 s = { call, json_object(), json_array() };
	int		 r;

	r = store_type_each(call->ctx->db, call->ctx->tenant, stock_type, &s);
	json_object_set_new(call->out, "stock", s.all);
	json_object_set_new(call->out, "low_stock", s.low);
	return r;
}

static int
status_store(struct admin_call *call)
{
	struct db	*db = call->ctx->db;
	int64_t		 count[LIFE_STATES], open, version, bytes;
	int64_t		 now = admin_now(call->ctx);
	json_t		*states;
	unsigned	 i;
	int		 r;

	if ((r = store_profile_count(db, call->ctx->tenant, count)) != 0 ||
	    (r = store_session_count(db, now - call->ctx->set->session_timeout,
	    now, &open)) != 0 ||
	    (r = store_version(db, &version)) != 0 ||
	    (r = store_size(db, &bytes)) != 0)
		return admin_fail(call, r, "store", call->ctx->set->db);
	states = json_object();
	for (i = 0; i < LIFE_STATES; i++)
		admin_set_int(states, life_state_name((enum life_state)i),
		    count[i]);
	json_object_set_new(call->out, "profiles", states);
	if ((r = status_stock(call)) != 0)
		return admin_fail(call, r, "store", call->ctx->set->db);
	admin_set_int(call->out, "open_sessions", open);
	admin_set_int(call->out, "schema_version", version);
	admin_set_int(call->out, "db_bytes", bytes);
	return 0;
}

static int
status_show(struct admin_call *call)
{
	const struct ctx	*c = call->ctx;
	int64_t			 now = admin_now(c);
	int			 r;

	if ((r = admin_read(call, NULL, 0, NULL)) != 0)
		return r;
	admin_set_text(call->out, "version", PACKAGE_VERSION);
	admin_set_text(call->out, "address", c->set->address.item[0]);
	admin_set_bool(call->out, "lab", c->set->lab);
	admin_set_time(call->out, "now", now);
	admin_set_int(call->out, "uptime", status_uptime());
	admin_set_int(call->out, "certificate_days_left",
	    pki_days_left(c->pki, now));
	return status_store(call);
}

const struct admin_verb	admin_status_verbs[] = {
	{ "status", "show", status_show },
	{ NULL, NULL, NULL }
};
