/* SPDX-License-Identifier: Apache-2.0 */
/* Batches: begun, looked at, given up. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "server/admin/load.h"
#include "server/admin/numbers.h"

#define ABORT_NS	INT64_C(2000000000)	/* in one call */

int
admin_batch_get(struct admin_call *call, int64_t id, struct batch *out)
{
	char	 text[24];
	int	 r;

	if ((r = store_batch_get(call->ctx->db, call->ctx->tenant, id,
	    out)) == 0)
		return 0;
	snprintf(text, sizeof(text), "%" PRId64, id);
	return admin_fail(call, r, "batch", text);
}

void
admin_batch_json(const struct batch *b, json_t *o)
{
	char	 digest[2 * sizeof(b->digest) + 1];

	admin_set_int(o, "batch", b->id);
	admin_set_text(o, "type", b->type);
	admin_set_text(o, "kind", batch_kind_name(b->kind));
	admin_set_text(o, "state", batch_state_name(b->state));
	admin_set_int(o, "total", b->total);
	admin_set_int(o, "done", b->done);
	if (b->kind == BATCH_CSV) {
		hex_put(digest, slice_of(b->digest, sizeof(b->digest)));
		admin_set_text(o, "digest", digest);
	}
	admin_set_text(o, "next_iccid", b->next_iccid);
	admin_set_text(o, "next_imsi", b->next_imsi);
	admin_set_time(o, "created", b->created);
	admin_set_time(o, "updated", b->updated);
}

/* Begun --------------------------------------------------------------------*/

struct start_in {
	char		*type, *kind, *template, *iccid, *imsi;
	int64_t		 total;
	struct buf	 digest;
};

#define F(n, k, m, max, flags) \
	{ n, k, offsetof(struct start_in, m), max, flags }
static const struct jfield	start_tab[] = {
	F("type", JFIELD_TEXT, type, TYPE_NAME_MAX, 0),
	F("kind", JFIELD_TEXT, kind, 16, 0),
	F("total", JFIELD_INT, total, LIM_GENERATE, 0),
	F("template", JFIELD_TEXT, template, 64, JFIELD_OPT),
	F("iccid", JFIELD_TEXT, iccid, ICCID_TEXT, JFIELD_OPT),
	F("imsi", JFIELD_TEXT, imsi, IMSI_TEXT, JFIELD_OPT),
	F("digest", JFIELD_HEX, digest, 32, JFIELD_OPT)
};
#undef F

struct start {
	struct admin_mark	 mark;
	struct template		 t;
	struct batch		 b;
	struct numbers		 n;	/* of what is generated */
};

static int
start_write(struct db *db, void *arg)
{
	struct start	*w = arg;
	int64_t		 tenant = w->mark.call->ctx->tenant;
	char		 detail[TYPE_NAME_MAX + 96];
	int		 r;

	if ((r = admin_body_use(db, tenant, &w->t.body,
	    w->b.body)) != 0 ||
	    (r = store_batch_add(db, tenant, &w->b)) != 0 ||
	    (w->b.kind == BATCH_GENERATE && (r = store_imsi_take(db, tenant,
	    w->n.first_imsi, w->n.last_imsi, w->b.id)) != 0))
		return r;
	snprintf(detail, sizeof(detail), "batch=%" PRId64 " type=%s kind=%s "
	    "total=%" PRId64, w->b.id, w->b.type, batch_kind_name(w->b.kind),
	    w->b.total);
	return admin_audit(db, &w->mark, NULL, NULL, NULL, detail);
}

/* A file is known again by its digest, generating goes on with numbers. */
static int
start_kind(struct admin_call *call, const struct start_in *in,
    const struct ptype *t, struct start *w)
{
	struct batch	*b = &w->b;
	int		 r;

	if (strcmp(in->kind, "csv") == 0 && in->digest.len == 32) {
		b->kind = BATCH_CSV;
		memcpy(b->digest, in->digest.p, sizeof(b->digest));
		return 0;
	}
	if (strcmp(in->kind, "generate") != 0)
		return why_set(&call->why, DPE_USAGE, "kind: `generate`, or "
		    "`csv` with a digest");
	w->n.iccid = in->iccid;
	w->n.imsi = in->imsi;
	w->n.plmn = t->owner[0] != '\0' ? t->owner : ADMIN_OWN_PLMN;
	w->n.n = (uint64_t)in->total;
	if ((r = admin_numbers(call, &w->n)) != 0)
		return r;
	memcpy(b->next_iccid, w->n.first_iccid, sizeof(b->next_iccid));
	memcpy(b->last_iccid, w->n.last_iccid, sizeof(b->last_iccid));
	memcpy(b->next_imsi, w->n.first_imsi, sizeof(b->next_imsi));
	return 0;
}

static int
batch_start(struct admin_call *call)
{
	struct start_in	 in = { 0 };
	struct start	 w = { .mark = { call, admin_now(call->ctx),
	    "batch.start" } };
	struct load	 trial = { .mark = w.mark };
	bool		 given;
	struct ptype	 t = { 0 };
	int		 r;

	if ((r = admin_read(call, start_tab, NELEM(start_tab), &in)) != 0)
		goto out;
	if (in.total == 0) {
		r = why_set(&call->why, DPE_USAGE, "total: at least 1");
		goto out;
	}
	w.b.total = in.total;
	w.b.created = w.b.updated = w.mark.now;
	if ((r = admin_type_get(call, in.type, &t)) != 0 ||
	    (r = start_kind(call, &in, &t, &w)) != 0 ||
	    (r = load_template(call, &t, in.template, &w.t)) != 0)
		goto out;
	given = w.b.kind == BATCH_GENERATE;
	if ((r = admin_template_fit(call, &t, &w.t.upp, &w.t.patch, given ?
	    w.b.next_iccid : NULL, w.b.next_imsi)) != 0 || (given &&
	    (r = load_plan(&trial, buf_slice(&w.t.patch), NULL,
	    w.b.next_iccid, w.b.next_imsi, &call->why)) != 0))
		goto out;
	snprintf(w.b.type, sizeof(w.b.type), "%s", t.name);
	if ((r = store_write(call->ctx->store, STORE_DURABLE, start_write,
	    &w)) != 0)
		r = admin_fail(call, r, "type", in.type);
	else
		admin_batch_json(&w.b, call->out);
out:
	load_template_free(&w.t);
	ptype_free(&t);
	jfield_free(start_tab, NELEM(start_tab), &in);
	return r;
}

/* Looked at ----------------------------------------------------------------*/

struct list_in {
	char	*after;
	int64_t	 limit;
};

static const struct jfield	list_tab[] = {
	{ "after", JFIELD_TEXT, offsetof(struct list_in, after), 20,
	    JFIELD_OPT },
	{ "limit", JFIELD_INT, offsetof(struct list_in, limit), LIM_LIST,
	    JFIELD_OPT }
};

static int
list_row(void *arg, const struct batch *b)
{
	json_t	*o = json_object();
	char	 key[24];

	admin_batch_json(b, o);
	snprintf(key, sizeof(key), "%" PRId64, b->id);
	admin_page_add(arg, o, key);
	return 0;
}

static int
batch_list(struct admin_call *call)
{
	struct list_in		 in = { 0 };
	struct admin_page	 p;
	int			 r;

	if ((r = admin_read(call, list_tab, NELEM(list_tab), &in)) == 0 &&
	    (r = admin_page_begin(call, in.limit, &p)) == 0) {
		r = store_batch_each(call->ctx->db, call->ctx->tenant,
		    in.after == NULL ? 0 : strtoll(in.after, NULL, 10),
		    p.limit, list_row, &p);
		admin_page_end(call, &p);
	}
	jfield_free(list_tab, NELEM(list_tab), &in);
	return r;
}

static const struct jfield	show_tab[] = {
	{ "batch", JFIELD_INT, 0, INT32_MAX, 0 }
};

static int
batch_show(struct admin_call *call)
{
	struct batch	 b;
	int64_t		 id = 0;
	int		 r;

	if ((r = admin_read(call, show_tab, NELEM(show_tab), &id)) == 0 &&
	    (r = admin_batch_get(call, id, &b)) == 0)
		admin_batch_json(&b, call->out);
	return r;
}

/* Given up -----------------------------------------------------------------*/

struct undo {
	struct admin_mark	 mark;
	int64_t			 id;
	enum batch_part		 part;
	struct batch_rows	 rows;
};

static int
abort_write(struct db *db, void *arg)
{
	struct undo	*w = arg;
	int64_t		 tenant = w->mark.call->ctx->tenant;
	struct batch	 b;
	char		 detail[96];
	int		 r;

	if ((r = store_batch_get(db, tenant, w->id, &b)) != 0 ||
	    b.state == BATCH_ABORTING || b.state == BATCH_ABORTED)
		return r;
	if ((r = store_batch_abort(db, tenant, w->id, w->mark.now)) != 0)
		return r;
	snprintf(detail, sizeof(detail), "batch=%" PRId64 " type=%s done=%"
	    PRId64 " total=%" PRId64, b.id, b.type, b.done, b.total);
	return admin_audit(db, &w->mark, NULL, NULL, NULL, detail);
}

static int
remove_write(struct db *db, void *arg)
{
	struct undo	*w = arg;

	return store_batch_remove(db, w->mark.call->ctx->tenant, w->id,
	    w->part, &w->rows);
}

static int
aborted_write(struct db *db, void *arg)
{
	struct undo	*w = arg;

	return store_batch_aborted(db, w->mark.call->ctx->tenant, w->id,
	    w->mark.now);
}

/* Some of its rows; the batch tells what is left. */
static int
abort_rows(struct admin_call *call, struct undo *w)
{
	int64_t	 end = load_clock() + ABORT_NS, after = INT64_MIN;
	int	 r = 0;

	w->part = BATCH_PROFILES;
	while (r == 0 && load_clock() < end) {
		if ((r = store_batch_find(call->ctx->db, w->id, w->part,
		    after, &w->rows)) != 0)
			return r;
		if (w->rows.n > 0) {
			after = w->rows.row[w->rows.n - 1];
			r = store_write(call->ctx->store, STORE_RELAXED,
			    remove_write, w);
		} else if (w->part == BATCH_WAITING)
			return store_write(call->ctx->store, STORE_DURABLE,
			    aborted_write, w);
		else {
			w->part++;
			after = INT64_MIN;
		}
	}
	return r;
}

static int
batch_abort(struct admin_call *call)
{
	struct undo	 w = { .mark = { call, admin_now(call->ctx),
	    "batch.abort" } };
	struct batch	 b;
	int		 r;

	if ((r = admin_read(call, show_tab, NELEM(show_tab), &w.id)) != 0 ||
	    (r = admin_batch_get(call, w.id, &b)) != 0)
		return r;
	r = store_write(call->ctx->store, STORE_DURABLE, abort_write, &w);
	if (r == DPE_STATE)
		return why_set(&call->why, r, "batch %" PRId64 ": is live, its "
		    "profiles can be retired", w.id);
	if (r == 0 && b.state != BATCH_ABORTED)
		r = abort_rows(call, &w);
	if (r == 0)
		r = store_batch_get(call->ctx->db, call->ctx->tenant, w.id,
		    &b);
	if (r != 0)
		return admin_fail(call, r, "batch", "that is taken back");
	admin_batch_json(&b, call->out);
	return 0;
}

const struct admin_verb	admin_batch_verbs[] = {
	{ "batch", "start", batch_start },
	{ "batch", "generate", admin_batch_generate },
	{ "batch", "rows", admin_batch_rows },
	{ "batch", "check", admin_batch_check },
	{ "batch", "finish", admin_batch_finish },
	{ "batch", "list", batch_list },
	{ "batch", "show", batch_show },
	{ "batch", "abort", batch_abort },
	{ NULL, NULL, NULL }
};
