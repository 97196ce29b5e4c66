/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/tpl.h"

#include <string.h>

#include "base/der.h"
#include "server/saip/patch.h"

/* DF.5GS came with 2.3; 2.x is what all consumer cards know. */
#define SAIP_MAJOR	2
#define SAIP_MINOR	3
#define TYPE_BYTES	100

const char *const	saip_templates[] = { "consumer", NULL };

/*
 * Listed as mandatory is what the profile makes no sense without: what is
 * listed and unknown to a card stops the installation there.
 */
void
tpl_header(const struct tpl *t, const void *none, struct buf *out)
{
	const struct tpl_files *list;
	size_t	 at, i;

	(void)none;
	der_add_uint(out, 0x80, SAIP_MAJOR);
	der_add_uint(out, 0x81, SAIP_MINOR);
	der_add(out, 0x82, slice_str(t->product->profile_type));
	tpl_hex_tlv(out, 0x83, "00000000000000000000");
	at = out->len;
	tpl_hex(out, "8100");		/* usim */
	tpl_hex(out, "8400");		/* milenage */
	der_wrap(out, at, 0xa5);
	at = out->len;
	for (i = 0; i < t->n; i++) {
		if (t->part[i].body != tpl_files)
			continue;
		list = t->part[i].arg;
		tpl_oid(out, 0x06, list->template);
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
build(const struct tpl *t, struct buf *out)
{
	size_t	 i, at;

	for (i = 0; i < t->n; i++) {
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

/* A template that misses a field would give two subscribers the same one. */
static int
add_map(struct slice upp, struct buf *patch, struct why *why)
{
	struct saip_places found;
	bool		 seen[SAIP_FIELDS] = { false };
	size_t		 i;
	int		 r;

	if ((r = saip_places_find(upp, &found, why)) != 0)
		return r;
	for (i = 0; i < found.n; i++)
		seen[found.at[i].field] = true;
	for (i = 0; i <= SAIP_OTA_DEK; i++)
		if (!seen[i])
			return why_set(why, DPE_INTERNAL, "no place for %s",
			    saip_field_name((enum saip_field)i));
	saip_patch_write(&found, patch);
	return 0;
}

int
saip_template(const char *name, const struct saip_product *p,
    struct buf *upp, struct buf *patch, struct why *why)
{
	struct tpl	 t = { .part = tpl_consumer, .n = tpl_consumer_n };
	struct buf	 made = {0};
	struct saip_info info;
	int		 r;

	if (strcmp(name, saip_templates[0]) != 0)
		return why_set(why, DPE_NOTFOUND, "no template %.40s", name);
	if ((r = tpl_product(&t, p, why)) != 0)
		goto out;
	build(&t, &made);
	if ((r = saip_check(buf_slice(&made), &info, why)) != 0 ||
	    (r = add_map(buf_slice(&made), patch, why)) != 0)
		goto out;
	buf_add_slice(upp, buf_slice(&made));
out:
	buf_free(&made);
	buf_free(&t.spn);
	return r;
}
