/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/patch.h"

#include <string.h>

#define PATCH_VERSION	1
#define PATCH_HEAD	3
#define PATCH_RECORD	5

void
saip_patch_write(const struct saip_places *p, struct buf *out)
{
	size_t	 i;
	int	 shift;

	buf_add_u8(out, PATCH_VERSION);
	buf_add_u8(out, (uint8_t)(p->n >> 8));
	buf_add_u8(out, (uint8_t)p->n);
	for (i = 0; i < p->n; i++) {
		buf_add_u8(out, (uint8_t)p->at[i].field);
		for (shift = 24; shift >= 0; shift -= 8)
			buf_add_u8(out, (uint8_t)(p->at[i].offset >> shift));
	}
}

int
saip_patch_read(struct slice map, struct saip_places *out)
{
	const uint8_t	*p = map.p;
	size_t		 i;

	if (map.len < PATCH_HEAD || p[0] != PATCH_VERSION)
		return DPE_SYNTAX;
	out->n = (size_t)p[1] << 8 | p[2];
	if (out->n > SAIP_PLACES ||
	    map.len != PATCH_HEAD + out->n * PATCH_RECORD)
		return DPE_SYNTAX;
	for (i = 0, p += PATCH_HEAD; i < out->n; i++, p += PATCH_RECORD) {
		if (p[0] >= SAIP_FIELDS)
			return DPE_SYNTAX;
		out->at[i].field = (enum saip_field)p[0];
		out->at[i].offset = (size_t)p[1] << 24 |
		    (size_t)p[2] << 16 | (size_t)p[3] << 8 | p[4];
	}
	return 0;
}

/* The places the map names must be those that are there, all of them. */
static int
patch_load(struct slice upp, struct slice patch, struct saip_places *map,
    struct why *why)
{
	struct saip_places found;
	size_t		 i;
	int		 r;

	map->n = 0;
	if (patch.len == 0)
		return 0;
	if (saip_patch_read(patch, map) != 0)
		return why_set(why, DPE_SYNTAX, "not a patch map");
	if ((r = saip_places_find(upp, &found, why)) != 0)
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

int
saip_patch_check(struct slice upp, struct slice patch, struct why *why)
{
	struct saip_places map;

	return patch_load(upp, patch, &map, why);
}

int
saip_patch_lacks(struct slice patch, struct slice values, const char **lacks)
{
	struct saip_places map;
	size_t		 i;
	int		 r;

	*lacks = NULL;
	if (patch.len == 0)
		return 0;
	if ((r = saip_patch_read(patch, &map)) != 0)
		return r;
	for (i = 0; i < map.n && *lacks == NULL; i++)
		if (saip_value(values, map.at[i].field).len == 0)
			*lacks = saip_field_name(map.at[i].field);
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
saip_personalise(struct slice body, struct slice patch, struct slice values,
    struct buf *upp)
{
	struct saip_places map;
	struct slice	 v;
	size_t		 at = upp->len, i;
	int		 r;

	if ((r = patch_load(body, patch, &map, NULL)) != 0)
		return r;
	for (i = 0; i < map.n; i++)
		if (saip_value(values, map.at[i].field).len !=
		    saip_field_size(map.at[i].field))
			return DPE_SYNTAX;
	buf_add_slice(upp, body);
	for (i = 0; i < map.n; i++) {
		v = saip_value(values, map.at[i].field);
		memcpy(upp->p + at + map.at[i].offset, v.p, v.len);
	}
	return 0;
}
