/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/tpl.h"

#include <string.h>

#include "base/der.h"

/* DF.5GS came with 2.3; 2.x is what all consumer cards know. */
#define SAIP_MAJOR	2
#define SAIP_MINOR	3
#define TYPE_BYTES	100

const char *const	saip_templates[] = {
	"consumer", "dual-imsi", "iot", "iot-safe", NULL
};
static const struct tpl_plan *const plans[] = {
	&tpl_consumer, &tpl_dual, &tpl_iot, &tpl_safe
};

/*
 * Listed as mandatory is what the profile makes no sense without: what is
 * listed and unknown to a card stops the installation there.
 */
void
tpl_header(const struct tpl *t, const void *none, struct buf *out)
{
	const struct tpl_files *list;
	size_t	 at, i;
	unsigned listed = 0;

	(void)none;
	der_add_uint(out, 0x80, SAIP_MAJOR);
	der_add_uint(out, 0x81, SAIP_MINOR);
	der_add(out, 0x82, slice_str(t->product->profile_type));
	tpl_hex_tlv(out, 0x83, "00000000000000000000");
	at = out->len;
	tpl_hex(out, t->services);
	der_wrap(out, at, 0xa5);
	at = out->len;
	for (i = 0; i < t->n; i++) {
		if (t->part[i].body != tpl_files)
			continue;
		list = t->part[i].arg;
		if ((listed & 1u << list->template) == 0)
			tpl_oid(out, 0x06, list->template);
		listed |= 1u << list->template;
	}
	der_wrap(out, at, 0xa6);
}

/* PEHeader: mandated, and a number of its own. */
static void
add_pe_header(struct buf *out, unsigned id)
{
	size_t	 at = out->len;

	der_add(out, 0x80, slice_of(NULL, 0));
	der_add_uint(out, 0x81, id);
	der_wrap(out, at, 0xa0);
}

static void
build(struct tpl *t, struct buf *out)
{
	size_t	 i, at;

	for (i = 0; i < t->n; i++) {
		t->now = i;
		at = out->len;
		if (i > 0)
			add_pe_header(out, (unsigned)i);
		t->part[i].body(t, t->part[i].arg, out);
		der_wrap(out, at, t->part[i].tag);
	}
}

static int
tpl_product(struct tpl *t, const struct saip_product *p, struct why *why)
{
	size_t	 n = p->profile_type == NULL ? 0 : strlen(p->profile_type);

	if (n < 1 || n > TYPE_BYTES)
		return why_set(why, DPE_RANGE, "profile type: 1 to %d bytes",
		    TYPE_BYTES);
	if (p->plmn == NULL || plmn_parse(p->plmn, t->plmn) != 0)
		return why_set(why, DPE_RANGE, "home network: MCC-MNC is"
		    " needed, like 001-01");
	t->mnc_digits = (uint8_t)(strlen(p->plmn) - 4);
	t->product = p;
	return p->spn == NULL ? 0 : tpl_spn(p->spn, &t->spn, why);
}

/* What each subscriber has, and what may be a subscriber's own. */
static size_t
wants(const struct tpl_plan *plan, struct saip_want *w)
{
	size_t	 n = 0, i;

	for (i = 0; i <= SAIP_OTA_DEK; i++)
		if ((plan->lacks & SAIP_BIT(i)) == 0)
			w[n++] = (struct saip_want){
			    .field = (enum saip_field)i };
	for (i = 0; i < plan->wants; i++)
		w[n++] = plan->want[i];
	return n;
}

static const struct tpl_plan *
plan_find(const char *name)
{
	size_t	 i;

	for (i = 0; i < NELEM(plans); i++)
		if (strcmp(plans[i]->name, name) == 0)
			return plans[i];
	return NULL;
}

int
saip_template(const char *name, const struct saip_product *p,
    struct buf *upp, struct buf *patch, struct why *why)
{
	const struct tpl_plan *plan = plan_find(name);
	struct tpl	 t = { .part = NULL };
	struct saip_want w[SAIP_FIELDS];
	struct buf	 made = {0};
	int		 r;

	if (plan == NULL)
		return why_set(why, DPE_NOTFOUND, "no template %.40s", name);
	t.part = plan->part;
	t.n = plan->n;
	t.services = plan->services;
	if ((r = tpl_product(&t, p, why)) == 0) {
		build(&t, &made);
		r = saip_map(buf_slice(&made), w, wants(plan, w), upp, patch,
		    why);
	}
	buf_free(&made);
	buf_free(&t.spn);
	return r;
}
