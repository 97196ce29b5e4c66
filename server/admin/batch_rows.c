/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of a file on their way into a batch.  A call has some of them; when one
 * of these is bad none is taken, and the answer tells of each that is.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/admin/load.h"
#include "server/saip/saip.h"
#include "server/saip/testkeys.h"

#define ROWS_CALL	2000	/* in one call */
#define ROWS_BAD	8000	/* things that are told of */

struct rows {
	struct admin_call	*call;
	const struct ptype	*t;
	enum saip_field		 field[LIM_CSV_FIELDS];
	size_t			 fields;
	size_t			 iccid, imsi;	/* which of them */
	const json_t		*rows;
	saip_set		 draw, needed;	/* by the template */
	struct load		 l;
	size_t			*at;	/* of the rows that are in l */
	json_t			*bad;
	int64_t			 bad_n;
};

static void
rows_bad(struct rows *w, size_t row, const char *field, const char *why)
{
	if (w->bad_n++ < ROWS_BAD)
		json_array_append_new(w->bad, json_pack("{s:I,s:s,s:s}", "row",
		    (json_int_t)row, "field", field, "reason", why));
}

/* The fields that each row has, in their order. */
static int
rows_fields(struct rows *w, const json_t *names)
{
	struct why	*why = &w->call->why;
	const char	*name;
	size_t		 i;

	w->iccid = w->imsi = LIM_CSV_FIELDS;
	w->fields = json_array_size(names);
	if (w->fields < 2 || w->fields > LIM_CSV_FIELDS)
		return why_set(why, DPE_USAGE, "fields: 2 to %d are needed",
		    LIM_CSV_FIELDS);
	for (i = 0; i < w->fields; i++) {
		name = json_string_value(json_array_get(names, i));
		w->field[i] = saip_field_find(name != NULL ? name : "");
		if (w->field[i] == SAIP_FIELDS ||
		    w->field[i] == SAIP_ICCID_HEADER)
			return why_set(why, DPE_USAGE, "field %.40s: no such "
			    "field", name != NULL ? name : "");
		if (w->field[i] == SAIP_ICCID_EF)
			w->iccid = i;
		if (w->field[i] == SAIP_IMSI)
			w->imsi = i;
	}
	if (w->iccid == LIM_CSV_FIELDS || w->imsi == LIM_CSV_FIELDS)
		return why_set(why, DPE_USAGE, "fields: iccid and imsi are "
		    "needed");
	return 0;
}

static const char *
rows_text(const struct rows *w, size_t row, size_t i)
{
	return json_string_value(json_array_get(json_array_get(w->rows, row),
	    i));
}

/* Test subscriptions, and those of another network than the type's. */
static bool
row_fits(struct rows *w, size_t row, const char *iccid, const char *imsi,
    struct slice values)
{
	const char		*o = w->t->owner, *known;
	struct saip_keys	 keys = { iccid, imsi, 1,
	    saip_value(values, SAIP_K), saip_value(values, SAIP_OPC) };
	char			 plmn[8];

	if (*o != '\0') {
		snprintf(plmn, sizeof(plmn), "%.3s%s", o, o + 4);
		if (strncmp(imsi, plmn, strlen(plmn)) != 0) {
			rows_bad(w, row, "imsi", "not of the network that "
			    "owns the type");
			return false;
		}
	}
	if (w->t->profile_class == 0 ||
	    (known = saip_test_keys(&keys)) == NULL)
		return true;
	rows_bad(w, row, "k", known);
	return false;
}

/* Without the name of the field, which is told beside it. */
static const char *
row_reason(const struct why *why, int r)
{
	const char	*s = strstr(why->text, ": ");

	if (why->text[0] == '\0')
		return err_text(r);
	return s != NULL ? s + 2 : why->text;
}

/* What the row has, put over what was drawn. */
static bool
row_values(struct rows *w, size_t row, struct buf *values)
{
	struct buf	 v = { 0 };
	struct why	 why;
	const char	*text;
	bool		 fine = true;
	size_t		 i;
	int		 r;

	for (i = 0; i < w->fields; i++) {
		text = rows_text(w, row, i);
		if (text == NULL || *text == '\0' || i == w->iccid ||
		    i == w->imsi)
			continue;
		buf_cut(&v, 0);
		why.text[0] = '\0';
		if ((r = saip_field_parse(w->field[i], text, &v, &why)) == 0)
			r = saip_value_set(values, w->field[i],
			    buf_slice(&v));
		if (r != 0) {
			rows_bad(w, row, saip_field_name(w->field[i]),
			    row_reason(&why, r));
			fine = false;
		}
	}
	buf_free(&v);
	return fine;
}

/* Is there something for each place of the template? */
static bool
row_whole(struct rows *w, size_t row, struct slice values)
{
	bool		 fine = true;
	unsigned	 f;

	for (f = 0; f < SAIP_FIELDS; f++) {
		if ((w->needed & SAIP_BIT(f)) == 0 ||
		    saip_value(values, (enum saip_field)f).len > 0)
			continue;
		rows_bad(w, row, saip_field_name((enum saip_field)f),
		    "is missing: the template wants it");
		fine = false;
	}
	return fine;
}

/* One row, into the chunk.  A bad one is none; < 0 is our fault. */
static int
row_read(struct rows *w, size_t row)
{
	const char	*a = rows_text(w, row, w->iccid);
	const char	*b = rows_text(w, row, w->imsi);
	char		 iccid[ICCID_TEXT], imsi[IMSI_TEXT];
	struct buf	 values = { 0 };
	bool		 fine = true;
	int		 r = 0;

	if (a == NULL || iccid_parse(a, iccid) != 0) {
		rows_bad(w, row, "iccid", "19 or 20 digits are needed");
		fine = false;
	}
	if (b == NULL || imsi_parse(b, imsi) != 0) {
		rows_bad(w, row, "imsi", "6 to 15 digits are needed");
		fine = false;
	}
	if (!fine)
		return 0;
	if ((r = saip_values_draw(w->call->ctx->rnd, iccid, imsi, w->draw,
	    &values)) != 0)
		goto out;
	if (w->t->profile_class == 0 && (r = saip_test_k(&values)) != 0)
		goto out;
	if (row_values(w, row, &values) &&
	    row_whole(w, row, buf_slice(&values)) &&
	    row_fits(w, row, iccid, imsi, buf_slice(&values))) {
		w->at[w->l.rows] = row;
		r = load_add(&w->l, iccid, imsi, buf_slice(&values));
	}
out:
	buf_free(&values);
	return r;
}

/* Is the key of a good row in use?  A look by a reader, which is cheap. */
static int
rows_keys(struct rows *w)
{
	struct ctx	*c = w->call->ctx;
	size_t		 i;
	int		 r;

	for (i = 0; i < w->l.keys.len / 8; i++) {
		r = store_key_find(c->db, c->tenant, load_key(&w->l, i),
		    w->l.b.id);
		if (r == 0)
			rows_bad(w, w->at[i], "k", "a profile of the inventory has "
			    "or had this key");
		else if (r != DPE_NOTFOUND)
			return r;
	}
	return 0;
}

/* Are the numbers of a row in use, also by what is not to be seen? */
static int
rows_number(struct rows *w, size_t i, const char *iccid, const char *imsi)
{
	struct ctx	*c = w->call->ctx;
	char		 taken[ICCID_TEXT];
	int		 r;

	r = store_iccid_free(c->db, c->tenant, iccid, iccid, taken);
	if (r == DPE_EXISTS)
		rows_bad(w, i, "iccid", "is in the inventory, or in a batch "
		    "that is not complete");
	else if (r != 0)
		return r;
	r = store_imsi_free(c->db, c->tenant, imsi, imsi);
	if (r == DPE_EXISTS)
		rows_bad(w, i, "imsi", "is in use already");
	return r == DPE_EXISTS ? 0 : r;
}

static int
rows_numbers(struct rows *w)
{
	char	 imsi[IMSI_TEXT];
	size_t	 i;
	int	 r = 0;

	for (i = 0; i < w->l.rows && r == 0; i++)
		if (imsi_parse(rows_text(w, w->at[i], w->imsi), imsi) == 0)
			r = rows_number(w, w->at[i], w->l.row[i].iccid, imsi);
	return r;
}

/* All rows of the call; bad_n tells whether they are fine. */
static int
rows_judge(struct rows *w, bool numbers)
{
	size_t	 i, n = json_array_size(w->rows);
	int	 r = 0;

	for (i = 0; i < n && r == 0; i++)
		r = row_read(w, i);
	if (r != 0 || (r = store_snapshot(w->call->ctx->db)) != 0)
		return r;
	r = rows_keys(w);
	if (r == 0 && (numbers || w->bad_n > 0))
		r = rows_numbers(w);
	store_snapshot_end(w->call->ctx->db);
	return r;
}

/* What is given and has no place in the template would be lost. */
static int
rows_lost(struct rows *w, struct slice patch)
{
	size_t	 i;

	for (i = 0; i < w->fields; i++)
		if (!saip_patch_has(patch, w->field[i]))
			return why_set(&w->call->why, DPE_USAGE, "field %s: "
			    "the template has no place for it",
			    saip_field_name(w->field[i]));
	return 0;
}

static int
rows_begin(struct rows *w, const struct admin_mark *mark, const struct ptype *t,
    struct slice patch)
{
	int	 r;

	w->t = t;
	w->rows = json_object_get(w->call->in, "rows");
	w->bad = json_array();
	if (json_array_size(w->rows) > ROWS_CALL)
		return why_set(&w->call->why, DPE_USAGE, "rows: at most %d",
		    ROWS_CALL);
	if ((r = rows_fields(w, json_object_get(w->call->in,
	    "fields"))) != 0 || (r = rows_lost(w, patch)) != 0 ||
	    (r = saip_patch_fields(patch, &w->draw, &w->needed)) != 0 ||
	    (r = admin_variant_fields(w->call, t->name, &w->draw)) != 0)
		return r;
	load_begin(&w->l, mark, t->profile_class == 0, ROWS_CALL);
	w->at = xcalloc(ROWS_CALL, sizeof(*w->at));
	return 0;
}

static void
rows_end(struct rows *w)
{
	json_object_set_new(w->call->out, "bad", w->bad);
	admin_set_int(w->call->out, "bad_count", w->bad_n);
	load_free(&w->l);
	free(w->at);
}

/* Held against a type and the inventory, and not taken. */
int
admin_batch_check(struct admin_call *call)
{
	struct admin_mark	 mark = { call, 0, NULL };
	struct rows		 w = { .call = call };
	struct template		 template = { .patch = { 0 } };
	struct ptype		 t = { 0 };
	const char		*type, *name;
	int			 r;

	type = json_string_value(json_object_get(call->in, "type"));
	name = json_string_value(json_object_get(call->in, "template"));
	if (type == NULL)
		return why_set(&call->why, DPE_USAGE, "type is missing");
	if ((r = admin_type_get(call, type, &t)) == 0 &&
	    (r = load_template(call, &t, name, &template)) == 0 &&
	    (r = rows_begin(&w, &mark, &t, buf_slice(&template.patch))) == 0 &&
	    (r = rows_judge(&w, true)) != 0)
		r = admin_fail(call, r, "type", type);
	rows_end(&w);
	load_template_free(&template);
	ptype_free(&t);
	return r;
}

/*
 * The rows are written in one go: some hundred of them are no more than the
 * writer may be held for, and the caller sends no more than the answer says.
 */
static int
rows_write(struct rows *w, const struct batch *b)
{
	int	 r;

	w->l.b = *b;
	if ((r = rows_judge(w, false)) != 0 || w->bad_n > 0 ||
	    w->l.rows == 0)
		return r;
	if ((r = load_write(&w->l)) == DPE_EXISTS)
		r = rows_numbers(w);
	if (r == 0 && w->bad_n == 0 && w->l.rows > 0)
		r = DPE_EXISTS;	/* it was, and is no longer */
	return r;
}

static int
rows_batch(struct rows *w, const struct batch *b)
{
	struct admin_call	*call = w->call;
	struct admin_mark	 mark = { call, admin_now(call->ctx), NULL };
	struct ptype		 t = { 0 };
	struct buf		 patch = { 0 }, sealed = { 0 };
	int			 r;

	if ((r = admin_type_get(call, b->type, &t)) == 0 &&
	    (r = store_body_get(call->ctx->db, call->ctx->tenant, b->body,
	    &sealed, &patch)) == 0 &&
	    (r = rows_begin(w, &mark, &t, buf_slice(&patch))) == 0)
		r = rows_write(w, b);
	if (r == 0)
		admin_batch_json(w->l.b.id != 0 ? &w->l.b : b, call->out);
	if (r == 0)
		admin_set_int(call->out, "room", (int64_t)load_room(&w->l));
	rows_end(w);
	buf_free(&sealed);
	buf_free(&patch);
	ptype_free(&t);
	return r;
}

int
admin_batch_rows(struct admin_call *call)
{
	struct rows	 w = { .call = call };
	struct batch	 b;
	int64_t		 id, at;
	char		 text[24];
	int		 r;

	id = json_integer_value(json_object_get(call->in, "batch"));
	at = json_integer_value(json_object_get(call->in, "at"));
	if ((r = admin_batch_get(call, id, &b)) != 0)
		return r;
	r = b.kind != BATCH_CSV || b.state != BATCH_LOADING || b.done != at ?
	    DPE_STATE : rows_batch(&w, &b);
	snprintf(text, sizeof(text), "%" PRId64, id);
	if (r == DPE_STATE)
		return why_set(&call->why, r, "batch %s: is not loading, or "
		    "another call is, at %" PRId64, text, b.done);
	return r == 0 || call->why.text[0] != '\0' ? r :
	    admin_fail(call, r, "batch", text);
}
