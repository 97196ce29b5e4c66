/* SPDX-License-Identifier: Apache-2.0 */
/* A profile of the inventory as a row of the file for the network. */
#include <stdio.h>
#include <string.h>

#include "server/admin/export.h"
#include "server/saip/patch.h"
#include "server/vault.h"

static void
body_free(struct export_body *b)
{
	buf_free(&b->plain);
	fs_free(&b->fs);
	memset(b, 0, sizeof(*b));
}

void
export_bodies_free(struct export *x)
{
	size_t	 i;

	for (i = 0; i < EXPORT_BODIES; i++)
		body_free(&x->body[i]);
}

/* K and OPc of another algorithm are longer; nothing else is. */
static bool
body_size_fits(enum saip_field f, size_t n)
{
	size_t	 size = saip_field_size(f);

	return size == 0 || n == size || f == SAIP_K || f == SAIP_OPC;
}

/*
 * From the card's files where it stands in one, else from its element.  What
 * was imported before files were looked at may have none that are understood.
 */
static int
body_fields(struct export_body *b)
{
	enum saip_field	 f;
	size_t		 i;
	int		 r;

	if (fs_read(buf_slice(&b->plain), &b->fs, NULL) != 0)
		fs_free(&b->fs);
	for (i = 0; i < SAIP_FIELDS; i++) {
		f = (enum saip_field)i;
		if (hss_file_value(&b->fs, f, &b->field[i]) == 0)
			continue;
		r = saip_path_first(buf_slice(&b->plain), f, &b->field[i]);
		if (r != 0 && r != DPE_NOTFOUND)
			return r;
		if (!body_size_fits(f, b->field[i].len))
			b->field[i] = slice_of(NULL, 0);
	}
	return 0;
}

/* Which fields each profile has a value of its own for. */
static int
body_patched(struct export_body *b, struct slice patch)
{
	struct saip_places	 map;
	size_t			 i;
	int			 r;

	if (patch.len == 0)
		return 0;
	if ((r = saip_patch_read(patch, &map)) != 0)
		return r;
	for (i = 0; i < map.n; i++)
		b->patched[map.at[i].field] = true;
	return 0;
}

static int
body_open(struct ctx *c, const char *id, struct export_body *b)
{
	struct buf	 patch = { 0 };
	int		 r;

	body_free(b);
	if ((r = vault_body_get(c, id, &b->plain, &patch)) == 0 &&
	    (r = body_patched(b, buf_slice(&patch))) == 0 &&
	    (r = saip_facts(buf_slice(&b->plain), &b->facts)) == 0)
		r = body_fields(b);
	buf_free(&patch);
	if (r == 0)
		snprintf(b->id, sizeof(b->id), "%s", id);
	return r;
}

/* A template serves many profiles in a row, an imported package one. */
static int
body_get(struct export *x, const char *id, struct export_body **out)
{
	size_t	 i;
	int	 r;

	for (i = 0; i < EXPORT_BODIES; i++)
		if (strcmp(x->body[i].id, id) == 0) {
			*out = &x->body[i];
			return 0;
		}
	*out = &x->body[x->next];
	x->next = (x->next + 1) % EXPORT_BODIES;
	if ((r = body_open(x->call->ctx, id, *out)) != 0)
		body_free(*out);
	return r;
}

/*
 * What is personalised comes from the values, the rest from the body.  What
 * others have put into a package may make no sense, and is not told then.
 */
static int
row_fields(struct hss_row *row, const struct export_body *b,
    struct slice values)
{
	enum saip_field	 f;
	struct slice	 v;
	bool		 own;
	size_t		 i;
	int		 r;

	for (i = 0; i < SAIP_FIELDS; i++) {
		f = (enum saip_field)i;
		v = b->patched[i] ? saip_value(values, f) :
		    slice_of(NULL, 0);
		own = v.len > 0;
		if (!own)	/* a place that may stay as it is */
			v = b->field[i];
		if (v.len == 0 || (r = hss_field_set(row, f, v)) == 0)
			continue;
		if (own)
			return r;
		hss_field_clear(row, f);
	}
	hss_row_keys(row);
	return 0;
}

static void
row_own(struct hss_row *row, const struct export_body *b,
    const struct profile *p)
{
	static const char *const words[] = {
		[SAIP_MILENAGE] = "milenage",
		[SAIP_TUAK] = "tuak",
		[SAIP_TEST_ALGORITHM] = "test"
	};
	char	 plmn[8];

	if (b->facts.algorithm < NELEM(words) &&
	    words[b->facts.algorithm] != NULL)
		hss_own_set(row, HSS_ALGORITHM, words[b->facts.algorithm]);
	hss_own_set(row, HSS_AMF, "8000");
	if (b->facts.sqn_zero)
		hss_own_set(row, HSS_SQN, "000000000000");
	snprintf(plmn, sizeof(plmn), "%.*s", (int)b->facts.mnc_digits + 3,
	    hss_field(row, SAIP_IMSI));
	hss_own_set(row, HSS_PLMN, plmn);
	hss_own_set(row, HSS_TYPE, p->type);
	hss_own_set(row, HSS_STATE, life_state_name(p->state));
	hss_own_set(row, HSS_EID, p->eid);
	hss_own_set(row, HSS_SOURCE, p->values.len > 0 ? "template" :
	    "package");
}

static int
row_fill(struct export *x, const struct profile *p)
{
	struct export_body	*b;
	struct buf		 values = { 0 };
	int			 r;

	hss_row_clear(&x->row);
	if ((r = body_get(x, p->body, &b)) != 0)
		return r;
	if (p->values.len > 0)
		r = vault_values_get(x->call->ctx, p, &values);
	if (r == 0 && (r = row_fields(&x->row, b, buf_slice(&values))) == 0)
		row_own(&x->row, b, p);
	buf_free(&values);
	return r;
}

int
export_row(struct export *x, const struct profile *p)
{
	struct why	*why = &x->call->why;
	int		 r;

	if (p->body[0] == '\0') {
		x->erased++;
		return 0;
	}
	if ((r = row_fill(x, p)) != 0)
		return admin_fail(x->call, r, "profile", p->iccid);
	if ((r = x->file.format->row(&x->file, &x->row, &x->text,
	    why)) != 0) {
		why_prefix(why, "profile %s: ", p->iccid);
		return r;
	}
	memcpy(x->iccid, p->iccid, sizeof(x->iccid));
	x->count++;
	return 0;
}
