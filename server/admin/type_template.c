/* SPDX-License-Identifier: Apache-2.0 */
/* Templates, made for a type and held against it. */
#include <stdio.h>
#include <string.h>

#include "db/store_template.h"
#include "base/hex.h"
#include "db/store_variant.h"
#include "server/admin/internal.h"
#include "server/admin/type_fields.h"
#include "server/saip/saip.h"
#include "server/saip/testkeys.h"
#include "server/vault.h"

#define PRESET		"consumer"
#define SPN_LEAST	7	/* octets that fit in any case */
/* Numbers that are of nobody: what is made with them is only looked at. */
#define SAMPLE_ICCID	"8999999999999999993"
#define SAMPLE_DIGITS	"000000000"
#define SAMPLE_IMSI	"999700000000001"

static int
first_variant(void *arg, struct variant *v)
{
	char	*name = arg;

	if (*name == '\0')
		snprintf(name, TYPE_NAME_MAX + 1, "%s", v->template);
	return 0;
}

/*
 * EF.SPN has 16 characters, 7 of other scripts, where the metadata have 32
 * octets: as many as it takes, from the left.
 */
static void
template_spn(const char *spn, char out[SPN_BYTES + 1])
{
	struct buf	 ef = { 0 };
	size_t		 n;

	snprintf(out, SPN_BYTES + 1, "%.*s", SPN_BYTES, spn);
	for (n = strlen(out); n > SPN_LEAST && saip_field_parse(SAIP_SPN, out,
	    &ef, NULL) != 0; out[n] = '\0')
		while (n > 0 && ((unsigned char)out[--n] & 0xc0) == 0x80)
			;
	buf_free(&ef);
}

/* One that was added: its package and map are there already. */
static int
template_stored(struct admin_call *call, const char *name, struct buf *upp,
    struct buf *patch)
{
	struct ctx		*c = call->ctx;
	struct stored_template	 t = { .octets = 0 };
	int			 r;

	if ((r = store_template_get(c->db, c->tenant, name, &t)) == 0)
		r = vault_body_get(c, t.body, upp, patch);
	stored_template_free(&t);
	if (r == DPE_NOTFOUND)
		return why_set(&call->why, r, "no template %.64s", name);
	return r == 0 ? 0 : admin_fail(call, r, "template", name);
}

int
admin_template(struct admin_call *call, const struct ptype *t,
    const char *name, struct buf *upp, struct buf *patch, struct body *body)
{
	struct ctx		*c = call->ctx;
	char			 spn[SPN_BYTES + 1];
	struct saip_product	 product = { t->name, spn,
	    t->owner[0] != '\0' ? t->owner : ADMIN_OWN_PLMN };
	char			 first[TYPE_NAME_MAX + 1] = "";
	int			 r;

	template_spn(t->spn, spn);
	if (name == NULL && (r = store_variant_each(c->db, c->tenant, t->name,
	    first_variant, first)) != 0)
		return admin_fail(call, r, "type", t->name);
	if (name == NULL)
		name = first[0] != '\0' ? first : PRESET;
	r = saip_template(name, &product, upp, patch, &call->why);
	if (r == DPE_NOTFOUND)
		r = template_stored(call, name, upp, patch);
	if (r != 0)
		return r;
	body->patch = buf_slice(patch);
	if ((r = vault_body_put(c, buf_slice(upp), true, body)) != 0)
		r = admin_fail(call, r, "type", t->name);
	return r;
}

/*
 * Something for each field that cannot be drawn; groups as the owner has them,
 * since each profile will have its own.
 */
static int
sample(const struct ptype *t, saip_set set, struct buf *values)
{
	static const uint8_t zero[SAIP_VALUE_MAX];
	uint8_t		 gid[LIM_GID];
	const char	*hex;
	struct slice	 v;
	uint8_t		 imsi[9];
	unsigned	 f;
	size_t		 n;
	int		 r = 0;

	for (f = 0; f < SAIP_FIELDS && r == 0; f++) {
		if ((set & SAIP_BIT(f)) == 0 ||
		    saip_value(buf_slice(values), f).len != 0)
			continue;
		n = saip_field_size(f) != 0 ? saip_field_size(f) : 1;
		v = slice_of(zero, n);
		if (f == SAIP_IMSI2) {
			imsi_to_ef(SAMPLE_IMSI, imsi);
			v = slice_of(imsi, sizeof(imsi));
		}
		hex = f == SAIP_GID1 ? t->gid1 : f == SAIP_GID2 ? t->gid2 : "";
		if (*hex != '\0' && hex_get(slice_str(hex), gid,
		    strlen(hex) / 2) == 0)
			v = slice_of(gid, strlen(hex) / 2);
		r = saip_value_set(values, f, v);
	}
	return r;
}

int
admin_template_fit(struct admin_call *call, const struct ptype *t,
    const struct buf *upp, const struct buf *patch, const char *iccid,
    const char *imsi)
{
	const char		*plmn = t->owner[0] != '\0' ? t->owner :
				    ADMIN_OWN_PLMN;
	struct buf		 values = { 0 }, made = { 0 };
	struct saip_info	 info;
	char			 nobody[IMSI_TEXT];
	saip_set		 all, needed;
	int			 r;

	snprintf(nobody, sizeof(nobody), "%.3s%.3s" SAMPLE_DIGITS, plmn,
	    plmn + 4);
	if (iccid == NULL) {
		iccid = SAMPLE_ICCID;
		imsi = nobody;
	}
	if ((r = saip_patch_fields(buf_slice(patch), &all, &needed)) != 0 ||
	    (r = saip_values_draw(call->ctx->rnd, iccid, imsi, all,
	    &values)) != 0 || (r = sample(t, needed, &values)) != 0)
		goto out;
	if (t->profile_class == TYPE_TEST &&
	    (r = saip_test_k(&values)) != 0)
		goto out;
	if ((r = saip_personalise(buf_slice(upp), buf_slice(patch),
	    buf_slice(&values), &made)) == 0 &&
	    (r = saip_check(buf_slice(&made), &info, &call->why)) == 0)
		r = admin_type_fit(call, t, buf_slice(&made), &info);
out:
	buf_free(&made);
	buf_free(&values);
	if (r != 0 && call->why.text[0] == '\0')
		r = admin_fail(call, r, "type", t->name);
	return r;
}
