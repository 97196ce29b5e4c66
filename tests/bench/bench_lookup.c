/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench_lookup DATABASE [N]: how long the look-ups take that an order needs, in
 * a database of a daemon that may run: N times each, 20000 if none is named.
 * Reported and never judged.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/seam.h"
#include "db/db.h"
#include "db/store_profile.h"

struct bench {
	struct db	*db;
	char		(*iccid)[ICCID_TEXT];
	char		 type[TYPE_NAME_MAX + 1];
	int64_t		 n;
	double		*us;
};

static double
now_us(void)
{
	struct timespec	 t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int
order(const void *a, const void *b)
{
	double	 x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void
report(struct bench *b, const char *what)
{
	qsort(b->us, (size_t)b->n, sizeof(b->us[0]), order);
	printf("%s: p50 %.1f us, p99 %.1f us, most %.1f us\n", what,
	    b->us[b->n / 2], b->us[b->n * 99 / 100], b->us[b->n - 1]);
}

static int
one(void *arg, struct row *row)
{
	struct bench	*b = arg;

	row_text(row, 0, b->iccid[b->n], ICCID_TEXT);
	row_text(row, 1, b->type, sizeof(b->type));
	b->n++;
	return row_end(row);
}

/* Any ICCIDs, from all over the inventory. */
static int
sample(struct bench *b, int64_t n)
{
	static const struct stmt last = { "bench_last",
	    "SELECT max(seq) FROM profiles" };
	static const struct stmt pick = { "bench_pick",
	    "SELECT p.iccid, t.name FROM profiles p JOIN types t"
	    " ON t.id = p.type WHERE p.seq >= $1 ORDER BY p.seq LIMIT 1" };
	struct row	*row;
	uint64_t	 chance;
	int64_t		 max;
	int		 r;

	if ((r = db_get(b->db, &last, &row, "")) != 0)
		return r;
	row_int(row, 0, &max);
	row_free(row);
	while (b->n < n && r == 0 && max > 0) {
		rnd_fill(&rnd_system, &chance, sizeof(chance));
		r = db_each(b->db, &pick, one, b, "i",
		    (int64_t)(chance % (uint64_t)max) + 1);
	}
	printf("profiles: about %" PRId64 "\n", max);
	return max > 0 ? r : DPE_NOTFOUND;
}

static int
run(struct bench *b)
{
	struct profile	 p;
	char		 iccid[ICCID_TEXT];
	double		 from;
	int64_t		 i;
	int		 r;

	for (i = 0; i < b->n; i++) {
		from = now_us();
		r = store_profile_get(b->db, TENANT_DEFAULT, b->iccid[i], &p);
		b->us[i] = now_us() - from;
		profile_free(&p);
		if (r != 0 && r != DPE_NOTFOUND)
			return r;
	}
	report(b, "profile by ICCID");
	for (i = 0; i < b->n; i++) {
		from = now_us();
		r = store_profile_pick(b->db, TENANT_DEFAULT, b->type, iccid);
		b->us[i] = now_us() - from;
		if (r != 0 && r != DPE_NOTFOUND)
			return r;
	}
	report(b, "available profile of a type");
	return 0;
}

int
main(int argc, char **argv)
{
	struct bench	 b = { .n = 0 };
	struct why	 why = { "" };
	int64_t		 n = argc > 2 ? strtoll(argv[2], NULL, 10) : 20000;
	int		 r;

	if (argc < 2 || n < 1 || n > 10000000) {
		fprintf(stderr, "usage: bench_lookup DATABASE [N]\n");
		return 2;
	}
	b.iccid = xcalloc((size_t)n, sizeof(*b.iccid));
	b.us = xcalloc((size_t)n, sizeof(*b.us));
	if ((r = db_open(&driver_sqlite, argv[1], DRIVER_READ, &b.db,
	    &why)) == 0 && (r = sample(&b, n)) == 0)
		r = run(&b);
	if (r != 0)
		fprintf(stderr, "bench_lookup: %s\n", why.text[0] != '\0' ?
		    why.text : err_text(r));
	db_close(b.db);
	free(b.iccid);
	free(b.us);
	return r == 0 ? 0 : 1;
}
