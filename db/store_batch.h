/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Batches: profiles that are written in many steps and become visible in one.
 * Until then no other function of the store finds them, but nobody else gets
 * their ICCIDs and IMSIs.
 */
#ifndef DB_STORE_BATCH_H
#define DB_STORE_BATCH_H

#include "db/store_profile.h"

enum batch_kind { BATCH_GENERATE, BATCH_CSV };
enum batch_state { BATCH_LOADING, BATCH_LIVE, BATCH_ABORTING, BATCH_ABORTED };
const char	*batch_kind_name(enum batch_kind k);
const char	*batch_state_name(enum batch_state s);

struct batch {
	int64_t		 id;
	char		 type[TYPE_NAME_MAX + 1];
	char		 body[ROW_ID_TEXT];
	int64_t		 type_id, body_seq;	/* set by get */
	enum batch_kind	 kind;
	enum batch_state state;
	int64_t		 total, done;	/* profiles */
	int64_t		 keys;		/* parts of its keys in the index */
	char		 next_iccid[ICCID_TEXT];	/* or empty */
	char		 last_iccid[ICCID_TEXT];	/* set by add; check digit 9 */
	char		 next_imsi[IMSI_TEXT];
	uint8_t		 digest[32];	/* of a file; else zeroes */
	int64_t		 created, updated;
};

/* Loading, with nothing done.  Sets id.  DPE_NOTFOUND: no such type or body. */
MUST_CHECK int	store_batch_add(struct db *db, int64_t tenant,
		    struct batch *b);
/* DPE_NOTFOUND. */
MUST_CHECK int	store_batch_get(struct db *db, int64_t tenant, int64_t id,
		    struct batch *out);
/* By number, those behind `after`. */
MUST_CHECK int	store_batch_each(struct db *db, int64_t tenant, int64_t after,
		    int64_t limit, int (*fn)(void *arg, const struct batch *b),
		    void *arg);
/*
 * n more rows follow in this write; b is as it was read, and its next_* are
 * the new ones.  DPE_STATE: it is not loading, or somebody was faster.
 */
MUST_CHECK int	store_batch_grow(struct db *db, int64_t tenant,
		    const struct batch *b, int64_t n, int64_t now);
/* One of them, held against its type before. DPE_EXISTS: the ICCID. */
MUST_CHECK int	store_batch_row(struct db *db, int64_t tenant,
		    const struct batch *b, const char *iccid,
		    struct slice values, int64_t now);
/* All rows and keys are there: show them.  DPE_STATE otherwise. */
MUST_CHECK int	store_batch_live(struct db *db, int64_t tenant, int64_t id,
		    int64_t keys, int64_t now);
/* From loading to aborting (or that already). DPE_STATE. */
MUST_CHECK int	store_batch_abort(struct db *db, int64_t tenant, int64_t id,
		    int64_t now);

/* What a batch has written, and takes back in this order. */
enum batch_part { BATCH_PROFILES, BATCH_IMSIS, BATCH_KEYS, BATCH_WAITING };
#define BATCH_ROWS	200
struct batch_rows {
	int64_t	 row[BATCH_ROWS];
	size_t	 n;
};
/*
 * Some of its rows behind row `after`.  A walk over the rows of others as
 * well: for a reader.
 */
MUST_CHECK int	store_batch_find(struct db *db, int64_t id,
		    enum batch_part part, int64_t after,
		    struct batch_rows *out);
/* Take these back. DPE_STATE: it is not aborting, or one is gone already. */
MUST_CHECK int	store_batch_remove(struct db *db, int64_t tenant, int64_t id,
		    enum batch_part part, const struct batch_rows *w);
/* Nothing is left. DPE_STATE. */
MUST_CHECK int	store_batch_aborted(struct db *db, int64_t tenant, int64_t id,
		    int64_t now);

/* Numbers of key material; the rows from `first` on have them in order. */
MUST_CHECK int	store_batch_wait(struct db *db, int64_t batch, int64_t first,
		    struct slice keys);
/* All that wait, by `first`. */
MUST_CHECK int	store_batch_waiting(struct db *db, int64_t batch,
		    int (*fn)(void *arg, int64_t first, struct slice keys),
		    void *arg);
/* DPE_EXISTS: somebody else has it (of this batch it is fine). */
MUST_CHECK int	store_key_add(struct db *db, int64_t tenant, int64_t key,
		    int64_t batch);
/* 0: another than this batch has it; DPE_NOTFOUND. */
MUST_CHECK int	store_key_find(struct db *db, int64_t tenant, int64_t key,
		    int64_t batch);
/* That many parts are in the index now, instead of one less. DPE_STATE. */
MUST_CHECK int	store_batch_keys(struct db *db, int64_t tenant, int64_t id,
		    int64_t keys, int64_t now);
/* Still loading, with that many parts, or DPE_STATE: goes before its keys. */
MUST_CHECK int	store_batch_filling(struct db *db, int64_t tenant, int64_t id,
		    int64_t keys, int64_t now);
/* Forget some of those that waited for a batch that is not loading; *n. */
MUST_CHECK int	store_batch_waited(struct db *db, int64_t batch, int64_t limit,
		    int64_t *n);

#endif
