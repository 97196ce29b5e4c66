/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every function of the store, and whole steps of a download, with every call
 * into the driver failing once: the caller is told, nothing stays half done,
 * nothing leaks, and the next try succeeds.
 */
#include <stdio.h>

#include "tests/unit/db_flows.h"
#include "tests/unit/db_tests.h"

static int
flow_run(const struct flow *f, struct store *s)
{
	struct db	*rd;
	int		 r;

	if (f->write)
		return store_write(s, STORE_DURABLE, f->fn, NULL);
	if ((r = store_reader(s, &rd)) != 0)
		return r;
	r = f->fn(rd, NULL);
	store_reader_free(rd);
	return r;
}

/* Once with call n failing; false when there is no such call. */
static bool
flow_fault(const struct flow *f, struct store *s, struct place *p, int n,
    const struct buf *before)
{
	struct buf	 after = {0};
	bool		 fired;
	int		 r;

	fault_arm(FAULT_ANY, n);
	r = flow_run(f, s);
	if ((fired = fault_disarm())) {
		CU_ASSERT(r < 0 || (r == f->want && r != 0));
		db_dump(p->path, &after);
		CU_ASSERT_TRUE(slice_eq(buf_slice(before),
		    buf_slice(&after)));
	} else
		CU_ASSERT_EQUAL(r, f->want);
	if (fired ? r >= 0 && r != 42 : r != f->want)
		printf("# %s: call %d: %s\n", f->name, n, err_text(r));
	buf_free(&after);
	return fired;
}

void
fault_each_call(void)
{
	struct place	 p;
	struct store	*s;
	struct buf	 before = {0};
	size_t		 i;
	int		 n;

	for (i = 0; i < flows_n; i++) {
		s = flows_zoo(&p);
		buf_cut(&before, 0);
		db_dump(p.path, &before);
		for (n = 1; flow_fault(&flows[i], s, &p, n, &before); n++)
			CU_ASSERT_FATAL(n < 1000);
		CU_ASSERT(n > 3);
		db_gone(&p, s);
		CU_ASSERT_EQUAL(fault_open_count(), 0);
	}
	buf_free(&before);
}

/* A copy that fails leaves no file. */
void
fault_backup(void)
{
	struct place	 p, q;
	struct store	*s = flows_zoo(&p);
	struct why	 why;
	bool		 fired = true;
	int		 n, r;

	place_make(&q);
	for (n = 1; fired; n++) {
		fault_arm(FAULT_ANY, n);
		r = store_backup(s, q.path, &why);
		fired = fault_disarm();
		CU_ASSERT_EQUAL(r, fired ? DPE_DB : 0);
		CU_ASSERT_EQUAL(remove(q.path) == 0, !fired);
	}
	CU_ASSERT(n > 2);
	place_remove(&q);
	db_gone(&p, s);
	CU_ASSERT_EQUAL(fault_open_count(), 0);
}
