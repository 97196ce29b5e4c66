/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bench for the admin verbs: a real store, seal and PKI in a directory of
 * its own, a clock that stands still.
 */
#ifndef TESTS_UNIT_ADMIN_UNIT_H
#define TESTS_UNIT_ADMIN_UNIT_H

#include "server/admin/admin.h"
#include "tests/unit/unit.h"

#define BENCH_NOW	1800000000	/* 2027-01-15T08:00:00Z */

struct bench {
	struct ctx	 c;
	struct settings	 set;
	_Atomic int64_t	 offset;
	struct clock	 clock;
	char		 dir[64];
	char		*address[1];
	char		 db[80];	/* "sqlite:PATH" */
};

struct bench	*bench_new(bool lab);
/* The same over another driver. */
struct driver;
struct bench	*bench_new_over(bool lab, const struct driver *drv);
void		 bench_free(struct bench *b);

/* words: "order new"; in: JSON.  The answer, or NULL and a failed case. */
json_t		*bench_ask(struct bench *b, const char *words,
		    const char *in);
/* Whatever comes of it. */
int		 bench_try(struct bench *b, const char *words,
		    const char *in);
/* It must be refused with r, and the reason must contain part. */
void		 bench_refused(struct bench *b, const char *words,
		    const char *in, int r, const char *part);
/* A text of an answer, "" for null, "?" when it is no such member. */
const char	*bench_text(const json_t *o, const char *key);
/* Ask, and keep one text of the answer. */
void		 bench_get(struct bench *b, const char *words, const char *in,
		    const char *key, char *out, size_t size);
/*
 * The call that imports a package which was made elsewhere; k: its K, of 16
 * octets, NULL: any.
 */
void		 bench_package(const char *iccid, const char *imsi,
		    const char *k, const char *type, struct buf *in);
/* A type called `staff` and one profile of it; its ICCID. */
void		 bench_stock(struct bench *b, char iccid[21]);

extern const struct unit_case	unit_qr[], unit_vault[], unit_types[],
    unit_profiles[], unit_orders[], unit_moves[], unit_events[], unit_faults[],
    unit_fits[];
extern const size_t	unit_qr_n, unit_vault_n, unit_types_n,
    unit_profiles_n, unit_orders_n, unit_moves_n, unit_events_n, unit_faults_n,
    unit_fits_n;
extern const struct unit_case	unit_decode[];
extern const size_t	unit_decode_n;
/* test_admin_export.c */
extern const struct unit_case	unit_exports[], unit_export_rows[];
extern const size_t		unit_exports_n, unit_export_rows_n;
/* test_spool.c */
extern const struct unit_case	unit_spools[];
extern const size_t		unit_spools_n;

#endif
