/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Profiles on their way into a batch: sealed here, written some at a time, for
 * so long only that others who write do not notice.
 */
#ifndef SERVER_ADMIN_LOAD_H
#define SERVER_ADMIN_LOAD_H

#include "db/store_batch.h"
#include "server/admin/given.h"
#include "server/admin/internal.h"

struct load_row {
	char		 iccid[ICCID_TEXT];
	struct buf	 values;	/* sealed */
};

struct load_range {
	char		 first[IMSI_TEXT], last[IMSI_TEXT];
};

struct load {
	struct admin_mark	 mark;
	struct batch		 b;	/* as it is stored, but for next_* */
	bool			 test;	/* class test: keys may be known */
	saip_set		 draw;	/* fields that are of chance */
	const struct given	*given;	/* or NULL */
	size_t			 made;	/* values so far */
	bool			 store;	/* nobody else looks at them */
	bool			 taken;	/* the IMSIs, when it was begun */
	struct load_row		*row;
	size_t			 rows, room;
	struct load_range	*range;
	size_t			 ranges;
	struct buf		 keys;	/* eight octets for each row */
	int64_t			 ns;	/* what the write took */
};

/* room: the most rows of one write. */
void		load_begin(struct load *l, const struct admin_mark *mark,
		    bool test, size_t room);
void		load_free(struct load *l);
/*
 * What the profiles of this template have; the first of them has these
 * numbers.  DPE_USAGE: something must be given, or has no place.
 */
MUST_CHECK int	load_plan(struct load *l, struct slice patch,
		    const struct given *g, const char *iccid,
		    const char *imsi, struct why *why);
/* Values of one more profile, as the template and what was given want. */
MUST_CHECK int	load_values(struct load *l, const char *iccid,
		    const char *imsi, struct buf *values);
/* One more row; values in clear, as saip_values() makes them. */
MUST_CHECK int	load_add(struct load *l, const char *iccid, const char *imsi,
		    struct slice values);
/* Into the batch, from inside a write. DPE_STATE, DPE_EXISTS. */
MUST_CHECK int	load_store(struct db *db, struct load *l);
/* As a write of its own; then there are no rows any more, and b is on. */
MUST_CHECK int	load_write(struct load *l);
/* How many rows the next write should have. */
size_t		load_room(const struct load *l);

/* The key of a row, 0 .. 2^63 - 1. */
int64_t		load_key(const struct load *l, size_t i);

/* generate.c: verbs of batch.c's table */
int		admin_batch_generate(struct admin_call *call);
/* batch_rows.c */
int		admin_batch_rows(struct admin_call *call);
int		admin_batch_check(struct admin_call *call);
/* batch_keys.c */
int		admin_batch_finish(struct admin_call *call);
/* The batch that a call names. */
MUST_CHECK int	admin_batch_get(struct admin_call *call, int64_t id,
		    struct batch *out);
/* As a "row" of an answer. */
void		admin_batch_json(const struct batch *b, json_t *o);
/* What a template makes of a type. */
struct template {
	struct buf	 upp, patch;
	struct body	 body;		/* its patch is the above */
};
MUST_CHECK int	load_template(struct admin_call *call, const struct ptype *t,
		    const char *name, struct template *out);
void		load_template_free(struct template *w);
/* Monotonic, nanoseconds. */
int64_t		load_clock(void);

#endif
