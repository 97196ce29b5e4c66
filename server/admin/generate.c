/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Profiles from a template.  A call makes a chunk; the caller goes on with
 * the next numbers it is told, until it has as many as it wanted.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/admin/internal.h"
#include "server/saip/saip.h"
#include "server/saip/testkeys.h"
#include "server/vault.h"

#define GENERATE_CALL	1000	/* profiles in one call */
#define GENERATE_WRITE	100	/* rows in one store_write: below 50 ms */

/*
 * Numbers of our own: ICCIDs below 89 999 01 and, where the type has no owner,
 * IMSIs below ADMIN_OWN_PLMN, which is set aside for internal use.  Both end in the
 * same nine digits, so that one is unique when the other is.
 */
#define OWN_IIN		"899990100"
#define OWN_DIGITS	9

struct generate_in {
	char		*type, *template, *iccid, *imsi;
	int64_t		 count, total;
};

#define F(n, k, m, max, flags) \
	{ n, k, offsetof(struct generate_in, m), max, flags }
static const struct jfield	generate_tab[] = {
	F("type", JFIELD_TEXT, type, TYPE_NAME_MAX, 0),
	F("count", JFIELD_INT, count, GENERATE_CALL, 0),
	F("total", JFIELD_INT, total, LIM_GENERATE, JFIELD_OPT),
	F("template", JFIELD_TEXT, template, 64, JFIELD_OPT),
	F("iccid", JFIELD_TEXT, iccid, ICCID_TEXT, JFIELD_OPT),
	F("imsi", JFIELD_TEXT, imsi, IMSI_TEXT, JFIELD_OPT)
};
#undef F

struct generate {
	struct admin_mark	 mark;
	const char		*type;
	bool			 test;	/* of class test */
	struct body		 body;
	struct buf		 upp, patch;	/* of the template */
	char			 iccid[ICCID_TEXT];	/* the next one */
	char			 imsi[IMSI_TEXT];
	bool			 used;	/* it is taken: go on first */
	bool			 given;	/* an IMSI was named */
	char			 from[IMSI_TEXT];	/* of the rows below */
	struct profile		*row;
	size_t			 rows;
};

struct range {
	const char	*last;
	char		 taken[ICCID_TEXT];
};

static int
range_row(void *arg, const struct profile *p)
{
	struct range	*g = arg;

	if (strlen(p->iccid) == strlen(g->last) &&
	    strcmp(p->iccid, g->last) <= 0)
		memcpy(g->taken, p->iccid, ICCID_TEXT);
	return 0;
}

/* The number `by` further on, without its check digit being looked at. */
static int
digits_add(const char *from, size_t n, uint64_t by, char *out)
{
	uint64_t	 carry = by;

	out[n] = '\0';
	while (n-- > 0) {
		carry += (uint64_t)(from[n] - '0');
		out[n] = (char)('0' + carry % 10);
		carry /= 10;
	}
	return carry == 0 ? 0 : DPE_RANGE;
}

/*
 * Are the n ICCIDs from first on free?  The store is asked for what follows
 * the greatest text below them.  DPE_EXISTS, DPE_RANGE.
 */
static int
range_free(struct admin_call *call, const char *first, uint64_t n)
{
	char			 last[ICCID_TEXT], before[ICCID_TEXT];
	size_t			 len = strlen(first);
	struct range		 g = { last, "" };
	struct profile_filter	 f = { 0 };
	int			 r;

	if (digits_add(first, len - 1, n - 1, last) != 0)
		return why_set(&call->why, DPE_USAGE,
		    "ICCID %s: no %" PRIu64 " numbers follow", first, n);
	memcpy(last + len - 1, "9", 2);
	memcpy(before, first, len);
	before[len - 1] = '\0';
	f.state = -1;
	f.after = before;
	f.limit = 1;
	if ((r = store_profile_each(call->ctx->db, call->ctx->tenant, &f,
	    range_row, &g)) != 0)
		return r;
	if (g.taken[0] != '\0')
		return why_set(&call->why, DPE_EXISTS,
		    "profile %s: is in the inventory already", g.taken);
	return 0;
}

/* The IMSI that goes with an ICCID: the network's, and its last digits. */
static int
imsi_derive(const char *plmn, const char *iccid, char imsi[IMSI_TEXT])
{
	char	 text[32];
	size_t	 fixed = strlen(plmn) - 1, len = strlen(iccid);

	snprintf(text, sizeof(text), "%.3s%s%.*s%.9s", plmn, plmn + 4,
	    (int)(15 - fixed - OWN_DIGITS), "0",
	    iccid + len - 1 - OWN_DIGITS);
	return imsi_parse(text, imsi);
}

/* They must not run over into the next network, and nobody has them yet. */
static int
imsi_range(struct admin_call *call, const char *first, uint64_t n)
{
	char	 last[IMSI_TEXT];
	int	 r;

	if (digits_add(first, strlen(first), n - 1, last) != 0 ||
	    strncmp(first, last, 6) != 0)
		return why_set(&call->why, DPE_USAGE,
		    "IMSI %s: no %" PRIu64 " numbers follow", first, n);
	r = store_imsi_free(call->ctx->db, call->ctx->tenant, first, last);
	if (r == DPE_EXISTS)
		return why_set(&call->why, r, "IMSI %s to %s: in use already",
		    first, last);
	return r;
}

/* A random place in the own range with room for n, of the IMSIs as well. */
static int
range_choose(struct admin_call *call, const char *plmn, uint64_t n,
    struct generate *g)
{
	char	*iccid = g->iccid;
	size_t	 len = strlen(OWN_IIN);
	int	 tries, r = DPE_EXISTS;

	for (tries = 0; r == DPE_EXISTS && tries < 64; tries++) {
		memcpy(iccid, OWN_IIN, len);
		do
			rnd_digits(call->ctx->rnd, iccid + len, OWN_DIGITS);
		while (strtoull(iccid + len, NULL, 10) + n > 1000000000);
		iccid[len + OWN_DIGITS] = luhn_digit(iccid, len + OWN_DIGITS);
		iccid[len + OWN_DIGITS + 1] = '\0';
		if ((r = range_free(call, iccid, n)) == 0 && !g->given &&
		    (r = imsi_derive(plmn, iccid, g->imsi)) == 0)
			r = imsi_range(call, g->imsi, n);
	}
	return r;
}

/* The first numbers, as they were given or chosen; room for all of them. */
static int
generate_numbers(struct admin_call *call, const struct generate_in *in,
    const char *plmn, struct generate *g)
{
	uint64_t	 n = (uint64_t)(in->total > in->count ? in->total :
	    in->count);
	int		 r;

	g->given = in->imsi != NULL;
	if (g->given && imsi_parse(in->imsi, g->imsi) != 0)
		return why_set(&call->why, DPE_USAGE,
		    "IMSI %s: 6 to 15 digits are needed", in->imsi);
	if (g->given && (r = imsi_range(call, g->imsi, n)) != 0)
		return r;
	if (in->iccid == NULL)
		return range_choose(call, plmn, n, g);
	if (iccid_parse(in->iccid, g->iccid) != 0 || !luhn_valid(g->iccid))
		return why_set(&call->why, DPE_USAGE, "ICCID %s: 19 or 20 "
		    "digits with a right check digit are needed", in->iccid);
	if ((r = range_free(call, g->iccid, n)) != 0 || g->given)
		return r;
	if ((r = imsi_derive(plmn, g->iccid, g->imsi)) != 0)
		return r;
	return imsi_range(call, g->imsi, n);
}

static int
generate_next(struct generate *g)
{
	int	 r = 0;

	if (g->used && (r = iccid_next(g->iccid)) == 0)
		r = imsi_next(g->imsi);
	g->used = false;
	return r;
}

/* The next profile: numbers move on, values are drawn and sealed. */
static int
generate_row(struct ctx *c, struct generate *g, struct profile *p)
{
	struct buf	 values = { 0 };
	int		 r;

	if ((r = generate_next(g)) != 0)
		return r;
	snprintf(p->type, sizeof(p->type), "%s", g->type);
	memcpy(p->iccid, g->iccid, sizeof(p->iccid));
	p->checked = true;
	buf_set(&p->patch, buf_slice(&g->patch));
	if ((r = saip_values(c->rnd, g->iccid, g->imsi, &values)) == 0) {
		if (g->test)
			saip_test_k(&values);
		r = vault_values_put(c, p, buf_slice(&values));
	}
	g->used = true;
	buf_free(&values);
	return r;
}

static int
generate_write(struct db *db, void *arg)
{
	struct generate	*g = arg;
	int64_t		 tenant = g->mark.call->ctx->tenant;
	char		 detail[TYPE_NAME_MAX + 64];
	size_t		 i;
	int		 r;

	if ((r = admin_body_use(db, tenant, &g->body, g->row[0].body)) != 0 ||
	    (r = store_imsi_take(db, tenant, g->from, g->imsi)) != 0)
		return r;
	for (i = 0; i < g->rows; i++) {
		memcpy(g->row[i].body, g->row[0].body, ROW_ID_TEXT);
		if ((r = store_profile_add(db, tenant, &g->row[i],
		    g->mark.now)) != 0)
			return r;
	}
	snprintf(detail, sizeof(detail), "type=%s count=%zu last=%s", g->type,
	    g->rows, g->row[g->rows - 1].iccid);
	return admin_audit(db, &g->mark, NULL, g->row[0].iccid, NULL, detail);
}

/* At most GENERATE_WRITE rows: sealed here, written in one go. */
static int
generate_some(struct admin_call *call, struct generate *g, size_t n)
{
	size_t	 i;
	int	 r = 0;

	g->row = xcalloc(n, sizeof(*g->row));
	g->rows = n;
	for (i = 0; i < n && r == 0; i++) {
		r = generate_row(call->ctx, g, &g->row[i]);
		if (i == 0)
			memcpy(g->from, g->imsi, sizeof(g->from));
	}
	if (r == 0)
		r = store_write(call->ctx->store, STORE_DURABLE,
		    generate_write, g);
	for (i = 0; i < n; i++)
		profile_free(&g->row[i]);
	free(g->row);
	return r;
}

static int
generate_all(struct admin_call *call, struct generate *g, size_t count)
{
	size_t	 n;
	int	 r = 0;

	admin_set_text(call->out, "first_iccid", g->iccid);
	admin_set_text(call->out, "first_imsi", g->imsi);
	admin_set_int(call->out, "count", (int64_t)count);
	for (; count > 0 && r == 0; count -= n) {
		n = count < GENERATE_WRITE ? count : GENERATE_WRITE;
		r = generate_some(call, g, n);
	}
	if (r == DPE_EXISTS)
		return why_set(&call->why, r, "profile %s or IMSI %s: others "
		    "were faster", g->iccid, g->imsi);
	if (r == DPE_RANGE)
		return why_set(&call->why, r, "profile %s: no further ICCID or "
		    "IMSI follows", g->iccid);
	if (r != 0)
		return admin_fail(call, r, "profile", g->iccid);
	admin_set_text(call->out, "last_iccid", g->iccid);
	admin_set_text(call->out, "last_imsi", g->imsi);
	r = generate_next(g);
	admin_set_text(call->out, "next_iccid", r == 0 ? g->iccid : NULL);
	admin_set_text(call->out, "next_imsi", r == 0 ? g->imsi : NULL);
	return 0;
}

int
admin_profile_generate(struct admin_call *call)
{
	struct generate_in	 in = { 0 };
	struct generate		 g;
	struct ptype		 t = { 0 };
	int			 r;

	memset(&g, 0, sizeof(g));
	g.mark = (struct admin_mark){ call, admin_now(call->ctx),
	    "profile.generate" };
	if ((r = admin_read(call, generate_tab, NELEM(generate_tab),
	    &in)) != 0)
		goto out;
	if (in.count == 0) {
		r = why_set(&call->why, DPE_USAGE, "count: at least 1");
		goto out;
	}
	g.type = in.type;
	if ((r = admin_type_get(call, in.type, &t)) != 0)
		goto out;
	g.test = t.profile_class == 0;
	if ((r = admin_template(call, &t, in.template, &g.upp, &g.patch,
	    &g.body)) == 0 &&
	    (r = generate_numbers(call, &in, t.owner[0] != '\0' ? t.owner :
	    ADMIN_OWN_PLMN, &g)) == 0 &&
	    (r = admin_template_fit(call, &t, &g.upp, &g.patch, g.iccid,
	    g.imsi)) == 0)
		r = generate_all(call, &g, (size_t)in.count);
out:
	buf_free(&g.body.sealed);
	buf_free(&g.upp);
	buf_free(&g.patch);
	ptype_free(&t);
	jfield_free(generate_tab, NELEM(generate_tab), &in);
	return r;
}
