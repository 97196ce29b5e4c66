/* SPDX-License-Identifier: Apache-2.0 */
#include "db/fault.h"

#include <stdatomic.h>
#include <stdlib.h>

struct fault_conn {
	struct conn	 conn;
	struct conn	*inner;
	bool		 failed;	/* the last failure was ours */
};

struct fault_prep {
	struct prep	 prep;
	struct prep	*inner;
};

/* Calls still to pass before the one that fails; 0: none is to fail. */
static atomic_long	fault_left;
static atomic_int	fault_kind;
static atomic_bool	fault_fired;
static atomic_long	fault_opened;
static atomic_long	fault_count[FAULT_ANY + 1];

void
fault_arm(enum fault_call call, long n)
{
	int	 i;

	for (i = 0; i <= FAULT_ANY; i++)
		fault_count[i] = 0;
	fault_fired = false;
	fault_kind = (int)call;
	fault_left = n;
}

bool
fault_disarm(void)
{
	fault_left = 0;
	return fault_fired;
}

long
fault_calls(enum fault_call call)
{
	return fault_count[call];
}

long
fault_open_count(void)
{
	return fault_opened;
}

static bool
fault_hit(enum fault_call call)
{
	fault_count[call]++;
	fault_count[FAULT_ANY]++;
	if (fault_left <= 0 ||
	    (fault_kind != FAULT_ANY && fault_kind != (int)call) ||
	    atomic_fetch_sub(&fault_left, 1) != 1)
		return false;
	fault_fired = true;
	return true;
}

static struct conn *
inner(struct conn *c)
{
	return ((struct fault_conn *)c)->inner;
}

static struct prep *
inner_prep(struct prep *p)
{
	return ((struct fault_prep *)p)->inner;
}

/* Should this call fail?  Notes on the connection that it did. */
static bool
fails(struct conn *c, enum fault_call call)
{
	return ((struct fault_conn *)c)->failed = fault_hit(call);
}

static int
fault_open(const char *where, enum driver_mode mode, struct conn **out,
    struct why *why)
{
	struct fault_conn	*c;
	struct conn		*in;
	int			 r;

	*out = NULL;
	if (fault_hit(FAULT_OPEN))
		return why_set(why, DPE_DB, "injected fault");
	if ((r = driver_sqlite.open(where, mode, &in, why)) != 0)
		return r;
	c = xcalloc(1, sizeof(*c));
	c->conn.drv = &driver_fault;
	c->inner = in;
	fault_opened++;
	*out = &c->conn;
	return 0;
}

static void
fault_close(struct conn *c)
{
	driver_sqlite.close(inner(c));
	free(c);
	fault_opened--;
}

static int
fault_script(struct conn *c, const char *sql)
{
	return fails(c, FAULT_SCRIPT) ? -1 :
	    driver_sqlite.script(inner(c), sql);
}

static int
fault_prepare(struct conn *c, const char *sql, struct prep **out)
{
	struct fault_prep	*p;
	struct prep		*in;

	*out = NULL;
	if (fails(c, FAULT_PREPARE) ||
	    driver_sqlite.prepare(inner(c), sql, &in) != 0)
		return -1;
	p = xcalloc(1, sizeof(*p));
	p->prep.conn = c;
	p->prep.params = in->params;
	p->inner = in;
	fault_opened++;
	*out = &p->prep;
	return 0;
}

static int
fault_bind(struct prep *p, int n, const struct value *v)
{
	return fails(p->conn, FAULT_BIND) ? -1 :
	    driver_sqlite.bind(inner_prep(p), n, v);
}

static int
fault_step(struct prep *p, struct value *cols, int *n)
{
	return fails(p->conn, FAULT_STEP) ? -1 :
	    driver_sqlite.step(inner_prep(p), cols, n);
}

static int64_t
fault_changed(struct prep *p)
{
	return driver_sqlite.changed(inner_prep(p));
}

static int64_t
fault_total(struct conn *c)
{
	return driver_sqlite.total(inner(c));
}

static void
fault_reset(struct prep *p)
{
	driver_sqlite.reset(inner_prep(p));
}

static void
fault_finish(struct prep *p)
{
	driver_sqlite.finish(inner_prep(p));
	free(p);
	fault_opened--;
}

static int
fault_begin(struct conn *c, bool durable)
{
	return fails(c, FAULT_BEGIN) ? -1 :
	    driver_sqlite.begin(inner(c), durable);
}

static int
fault_commit(struct conn *c)
{
	return fails(c, FAULT_COMMIT) ? -1 : driver_sqlite.commit(inner(c));
}

static int
fault_rollback(struct conn *c)
{
	return fails(c, FAULT_ROLLBACK) ? -1 :
	    driver_sqlite.rollback(inner(c));
}

static int
fault_snapshot(struct conn *c, bool begin)
{
	/* It always ends: a reader that stood still would be no fault. */
	return begin && fails(c, FAULT_BEGIN) ? -1 :
	    driver_sqlite.snapshot(inner(c), begin);
}

static int
fault_error(struct conn *c, struct why *why)
{
	if (((struct fault_conn *)c)->failed)
		return why_set(why, DPE_DB, "injected fault");
	return driver_sqlite.error(inner(c), why);
}

static int
fault_size(struct conn *c, int64_t *bytes)
{
	return fails(c, FAULT_SIZE) ? -1 : driver_sqlite.size(inner(c), bytes);
}

static int
fault_backup(struct conn *c, const char *to)
{
	return fails(c, FAULT_BACKUP) ? -1 :
	    driver_sqlite.backup(inner(c), to);
}

const struct driver	driver_fault = {
	.open = fault_open,
	.close = fault_close,
	.script = fault_script,
	.prepare = fault_prepare,
	.bind = fault_bind,
	.step = fault_step,
	.changed = fault_changed,
	.total = fault_total,
	.reset = fault_reset,
	.finish = fault_finish,
	.begin = fault_begin,
	.commit = fault_commit,
	.rollback = fault_rollback,
	.snapshot = fault_snapshot,
	.error = fault_error,
	.size = fault_size,
	.backup = fault_backup,
};
