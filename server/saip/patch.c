/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/patch.h"

#include <string.h>

#include "base/der.h"
#include "certs/crypto.h"
#include "server/saip/fields.h"
#include "server/saip/walk.h"

#define PATCH_OLD	1
#define PATCH_VERSION	2
#define PATCH_HEAD	3
#define OLD_RECORD	5
#define PATCH_RECORD	7
#define PATCH_DIGEST	16
#define OPTIONAL	0x80

/* Of the records, and of the package without what differs. */
static void
patch_digest(struct slice upp, const struct saip_places *p,
    struct slice records, uint8_t out[32])
{
	struct buf	 b = { 0 };
	size_t		 i;

	buf_reserve(&b, upp.len + records.len);
	buf_add_slice(&b, upp);
	for (i = 0; i < p->n; i++)
		memset(b.p + p->at[i].offset, 0, p->at[i].len);
	buf_add_slice(&b, records);
	hmac_sha256(slice_str("smdpd patch map 2"), buf_slice(&b), out);
	buf_free(&b);
}

static void
add_number(struct buf *b, size_t v, size_t n)
{
	while (n-- > 0)
		buf_add_u8(b, (uint8_t)(v >> 8 * n));
}

void
saip_patch_write(struct slice upp, const struct saip_places *p,
    struct buf *out)
{
	const struct saip_place *a;
	size_t		 i, at = out->len;
	uint8_t		 sum[32];

	buf_add_u8(out, PATCH_VERSION);
	add_number(out, p->n, 2);
	for (i = 0; i < p->n; i++) {
		a = &p->at[i];
		buf_add_u8(out, (uint8_t)(a->field |
		    (a->optional ? OPTIONAL : 0)));
		add_number(out, a->offset, 4);
		add_number(out, a->len, 2);
	}
	patch_digest(upp, p, slice_of(out->p + at, out->len - at), sum);
	buf_add(out, sum, PATCH_DIGEST);
}

static bool
read_record(const uint8_t *p, bool old, struct saip_place *out)
{
	unsigned	 field = old ? p[0] : p[0] & 0x7f;

	if (field >= SAIP_FIELDS || (old && field > SAIP_OTA_DEK))
		return false;
	out->field = (enum saip_field)field;
	out->offset = (size_t)p[1] << 24 | (size_t)p[2] << 16 |
	    (size_t)p[3] << 8 | p[4];
	out->len = old ? saip_field_size(out->field) :
	    (size_t)p[5] << 8 | p[6];
	out->optional = !old && (p[0] & OPTIONAL) != 0;
	return out->len > 0;
}

int
saip_patch_read(struct slice map, struct saip_places *out)
{
	const uint8_t	*p = map.p;
	size_t		 i, record;
	bool		 old;

	if (map.len < PATCH_HEAD || (p[0] != PATCH_OLD &&
	    p[0] != PATCH_VERSION))
		return DPE_SYNTAX;
	old = p[0] == PATCH_OLD;
	record = old ? OLD_RECORD : PATCH_RECORD;
	out->n = (size_t)p[1] << 8 | p[2];
	if (out->n > SAIP_PLACES || map.len != PATCH_HEAD + out->n * record +
	    (old ? 0 : PATCH_DIGEST))
		return DPE_SYNTAX;
	for (i = 0, p += PATCH_HEAD; i < out->n; i++, p += record)
		if (!read_record(p, old, &out->at[i]))
			return DPE_SYNTAX;
	return 0;
}

/* The places that a map of before names must be those that are there, all. */
static int
check_old(struct slice upp, const struct saip_places *map, struct why *why)
{
	struct saip_places found;
	size_t		 i;

	if (saip_places_find(upp, &found, why) != 0)
		return DPE_SYNTAX;
	for (i = 0; i < map->n && i < found.n; i++)
		if (map->at[i].field != found.at[i].field ||
		    map->at[i].offset != found.at[i].offset)
			break;
	if (i < map->n)
		return why_set(why, DPE_SYNTAX, "patch %zu: no %s stands at"
		    " offset %zu", i, saip_field_name(map->at[i].field),
		    map->at[i].offset);
	if (i < found.n)
		return why_set(why, DPE_SYNTAX, "the %s at offset %zu is not"
		    " in the map", saip_field_name(found.at[i].field),
		    found.at[i].offset);
	return 0;
}

/*
 * Each place in the contents of one primitive TLV, so that no tag and no
 * length can change.  *i is the next place, *at where `in` begins.
 */
static int
check_inside(struct slice upp, struct slice in, const struct saip_places *map,
    size_t *i, unsigned depth)
{
	struct der	 d;
	size_t		 from;
	int		 r;

	if (depth > 32)
		return DPE_SYNTAX;
	while (in.len > 0) {
		if (der_next(&in, &d) != 0)
			return DPE_SYNTAX;
		if ((d.raw.p[0] & 0x20) != 0) {
			if ((r = check_inside(upp, d.value, map, i,
			    depth + 1)) != 0)
				return r;
			continue;
		}
		from = (size_t)(d.value.p - upp.p);
		while (*i < map->n && map->at[*i].offset >= from &&
		    map->at[*i].offset + map->at[*i].len <=
		    from + d.value.len)
			++*i;
	}
	return 0;
}

static int
check_new(struct slice upp, struct slice patch, const struct saip_places *map,
    struct why *why)
{
	size_t		 i, end = 0;
	uint8_t		 sum[32];

	for (i = 0; i < map->n; i++) {
		if (map->at[i].offset < end || map->at[i].offset > upp.len ||
		    map->at[i].len > upp.len - map->at[i].offset)
			return why_set(why, DPE_SYNTAX, "patch %zu: %s is not"
			    " behind the one before, or outside", i,
			    saip_field_name(map->at[i].field));
		end = map->at[i].offset + map->at[i].len;
	}
	i = 0;
	if (check_inside(upp, upp, map, &i, 0) != 0 || i < map->n)
		return why_set(why, DPE_SYNTAX, "patch %zu: not in the"
		    " contents of one TLV", i);
	patch_digest(upp, map, slice_sub(patch, 0, patch.len - PATCH_DIGEST),
	    sum);
	if (memcmp(sum, patch.p + patch.len - PATCH_DIGEST,
	    PATCH_DIGEST) != 0)
		return why_set(why, DPE_SYNTAX, "the patch map is that of"
		    " another package");
	return 0;
}

static int
patch_load(struct slice upp, struct slice patch, struct saip_places *map,
    struct why *why)
{
	map->n = 0;
	if (patch.len == 0)
		return 0;
	if (saip_patch_read(patch, map) != 0)
		return why_set(why, DPE_SYNTAX, "not a patch map");
	if (patch.p[0] == PATCH_OLD)
		return check_old(upp, map, why);
	return check_new(upp, patch, map, why);
}

int
saip_patch_check(struct slice upp, struct slice patch, struct why *why)
{
	struct saip_places map;

	return patch_load(upp, patch, &map, why);
}

int
saip_patch_fields(struct slice patch, saip_set *all, saip_set *needed)
{
	struct saip_places map;
	size_t		 i;
	int		 r;

	*all = *needed = 0;
	if (patch.len == 0)
		return 0;
	if ((r = saip_patch_read(patch, &map)) != 0)
		return r;
	for (i = 0; i < map.n; i++) {
		*all |= SAIP_BIT(map.at[i].field);
		if (!map.at[i].optional)
			*needed |= SAIP_BIT(map.at[i].field);
	}
	return 0;
}

bool
saip_patch_has(struct slice patch, enum saip_field f)
{
	struct saip_places map;
	size_t		 i;

	if (saip_patch_read(patch, &map) != 0)
		return false;
	for (i = 0; i < map.n; i++)
		if (map.at[i].field == f)
			return true;
	return false;
}

int
saip_patch_lacks(struct slice patch, struct slice values, const char **lacks)
{
	saip_set	 all, needed;
	unsigned	 f;
	int		 r;

	*lacks = NULL;
	if ((r = saip_patch_fields(patch, &all, &needed)) != 0)
		return r;
	for (f = 0; f < SAIP_FIELDS && *lacks == NULL; f++)
		if ((needed & SAIP_BIT(f)) != 0 &&
		    saip_value(values, (enum saip_field)f).len == 0)
			*lacks = saip_field_name((enum saip_field)f);
	return 0;
}

static void
put(uint8_t *p, const struct saip_place *a, struct slice v)
{
	memcpy(p, v.p, v.len);
	saip_field_pad(a->field, p + v.len, a->len - v.len);
}

int
saip_personalise(struct slice body, struct slice patch, struct slice values,
    struct buf *upp)
{
	struct saip_places map;
	struct slice	 v;
	size_t		 at = upp->len, i;
	int		 r;

	if ((r = patch_load(body, patch, &map, NULL)) != 0)
		return r;
	for (i = 0; i < map.n; i++) {
		v = saip_value(values, map.at[i].field);
		if ((v.len == 0 && !map.at[i].optional) ||
		    v.len > map.at[i].len)
			return DPE_SYNTAX;
	}
	buf_add_slice(upp, body);
	for (i = 0; i < map.n; i++) {
		v = saip_value(values, map.at[i].field);
		if (v.len > 0)
			put(upp->p + at + map.at[i].offset, &map.at[i], v);
	}
	return 0;
}
