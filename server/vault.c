/* SPDX-License-Identifier: Apache-2.0 */
#include "server/vault.h"

#include <stdio.h>
#include <string.h>

#include "server/saip/saip.h"

#define PLACE_MAX	96

/* "table/row/column": what a sealed value is bound to. */
static void
vault_place(char out[PLACE_MAX], const char *table, const char *row,
    const char *column)
{
	snprintf(out, PLACE_MAX, "%s/%s/%s", table, row, column);
}

static int
vault_put(struct ctx *c, const char *table, const char *row,
    const char *column, struct slice plain, struct buf *out)
{
	char	 place[PLACE_MAX];

	vault_place(place, table, row, column);
	buf_cut(out, 0);
	return seal_put(c->seal, place, plain, out);
}

static int
vault_get(struct ctx *c, const char *table, const char *row,
    const char *column, const struct buf *sealed, struct buf *out)
{
	char	 place[PLACE_MAX];

	vault_place(place, table, row, column);
	return seal_get(c->seal, place, buf_slice(sealed), out);
}

void
vault_row_id(struct ctx *c, char out[ROW_ID_TEXT])
{
	rnd_chars(c->rnd, "0123456789abcdef", out, ROW_ID_TEXT - 1);
}

void
vault_mid_index(struct ctx *c, struct slice matching_id, uint8_t out[32])
{
	seal_index(c->seal, "orders/mid", matching_id, out);
}

int
vault_mid_put(struct ctx *c, struct order *o, struct slice matching_id)
{
	vault_mid_index(c, matching_id, o->mid_index);
	return vault_put(c, "orders", o->id, "mid", matching_id, &o->mid);
}

int
vault_mid_get(struct ctx *c, const struct order *o, struct buf *matching_id)
{
	if (o->mid.len == 0)
		return DPE_NOTFOUND;
	return vault_get(c, "orders", o->id, "mid", &o->mid, matching_id);
}

int
vault_cc_put(struct ctx *c, struct order *o, struct slice cc)
{
	uint8_t	 hash[32];
	int	 r;

	sha256(c->crypto, cc, hash);
	r = vault_put(c, "orders", o->id, "cc", slice_of(hash, sizeof(hash)),
	    &o->cc);
	mem_wipe(hash, sizeof(hash));
	return r;
}

int
vault_cc_get(struct ctx *c, const struct order *o, uint8_t hash[32])
{
	struct buf	 plain = { 0 };
	int		 r;

	if (o->cc.len == 0)
		return DPE_NOTFOUND;
	if ((r = vault_get(c, "orders", o->id, "cc", &o->cc, &plain)) == 0 &&
	    plain.len != 32)
		r = DPE_SEAL;
	if (r == 0)
		memcpy(hash, plain.p, 32);
	buf_free(&plain);
	return r;
}

/* What does not read as a package, a test's, leaves it unknown. */
static void
vault_needs(struct slice plain, struct body_needs *out)
{
	struct saip_needs	 n;

	memset(out, 0, sizeof(*out));
	if (saip_needs(plain, &n) != 0)
		return;
	out->version = (int64_t)(n.major << 8 | n.minor);
	out->services = n.services;
	out->octets = (int64_t)plain.len;
}

/* The same package with another map is another body. */
static void
body_index(struct ctx *c, struct slice plain, struct slice patch,
    uint8_t out[32])
{
	struct buf	 b = { 0 };

	buf_reserve(&b, plain.len + patch.len);
	buf_add_slice(&b, plain);
	buf_add_slice(&b, patch);
	seal_index(c->seal, "bodies/body", buf_slice(&b), out);
	buf_free(&b);
}

int
vault_body_put(struct ctx *c, struct slice plain, bool is_template,
    struct body *out)
{
	vault_row_id(c, out->id);
	out->is_template = is_template;
	vault_needs(plain, &out->needs);
	body_index(c, plain, out->patch, out->index);
	return vault_put(c, "bodies", out->id, "body", plain, &out->sealed);
}

int
vault_values_put(struct ctx *c, struct profile *p, struct slice values)
{
	struct buf	 packed = { 0 };
	int		 r;

	saip_values_pack(values, &packed);
	r = vault_put(c, "profiles", p->iccid, "values", buf_slice(&packed),
	    &p->values);
	buf_free(&packed);
	return r;
}

/* Of 63 bits: of ten million two are equal by chance once in 200,000 times. */
void
vault_key_index(struct ctx *c, struct slice k, uint8_t out[VAULT_KEY])
{
	uint8_t	 full[32];
	char	 purpose[40];

	snprintf(purpose, sizeof(purpose), "profiles/k/%lld",
	    (long long)c->tenant);
	seal_index(c->seal, purpose, k, full);
	memcpy(out, full, VAULT_KEY);
	out[0] &= 0x7f;
}

int64_t
vault_key_number(const uint8_t index[VAULT_KEY])
{
	uint64_t	 n = 0;
	size_t		 i;

	for (i = 0; i < VAULT_KEY; i++)
		n = n << 8 | index[i];
	return (int64_t)n;
}

int
vault_values_get(struct ctx *c, const struct profile *p, struct buf *values)
{
	struct buf	 packed = { 0 };
	int		 r;

	if ((r = vault_get(c, "profiles", p->iccid, "values", &p->values,
	    &packed)) == 0)
		r = saip_values_open(buf_slice(&packed), values);
	buf_free(&packed);
	return r;
}

int
vault_body_get(struct ctx *c, const char *id, struct buf *body,
    struct buf *patch)
{
	struct buf	 sealed = { 0 };
	int		 r;

	if ((r = store_body_get(c->db, c->tenant, id, &sealed,
	    patch)) == 0)
		r = vault_get(c, "bodies", id, "body", &sealed, body);
	buf_free(&sealed);
	return r;
}

int
vault_bpp_put(struct ctx *c, struct kept_bpp *k, struct slice groups)
{
	return vault_put(c, "bpps", k->iccid, "groups", groups, &k->sealed);
}

int
vault_bpp_get(struct ctx *c, const struct kept_bpp *k, struct buf *groups)
{
	return vault_get(c, "bpps", k->iccid, "groups", &k->sealed, groups);
}

int
vault_upp_as(struct ctx *c, const struct profile *p, const struct variant *v,
    struct buf *upp)
{
	struct buf	 body = { 0 }, values = { 0 }, patch = { 0 };
	int		 r;

	if ((r = vault_body_get(c, v == NULL ? p->body : v->body, &body,
	    &patch)) != 0)
		goto out;
	if (p->values.len > 0 && (r = vault_values_get(c, p, &values)) != 0)
		goto out;
	/* Without values it is complete as it is, whoever else uses it. */
	if (v != NULL)
		buf_set(&patch, buf_slice(&v->patch));
	else if (p->values.len == 0)
		buf_cut(&patch, 0);
	r = saip_personalise(buf_slice(&body), buf_slice(&patch),
	    buf_slice(&values), upp);
out:
	buf_free(&patch);
	buf_free(&values);
	buf_free(&body);
	return r;
}

int
vault_upp(struct ctx *c, const struct profile *p, struct buf *upp)
{
	return vault_upp_as(c, p, NULL, upp);
}
