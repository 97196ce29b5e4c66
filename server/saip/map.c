/* SPDX-License-Identifier: Apache-2.0 */
/* Packages made into templates: what varies is found and taken out. */
#include <stdlib.h>
#include <string.h>

#include "server/saip/fields.h"
#include "server/saip/patch.h"
#include "server/saip/where.h"

/* One TLV may be long enough for one of the two only. */
static bool
has_twin(enum saip_field f)
{
	return f == SAIP_K || f == SAIP_OPC || f == SAIP_K256 ||
	    f == SAIP_TOPC;
}

static int
find_one(struct slice upp, const struct saip_want *w, struct saip_places *out,
    struct why *why)
{
	const char	*text = w->where != NULL ? w->where :
			    where_usual(w->field);
	struct where	 at;
	size_t		 n = out->n, i;
	int		 r;

	if (text == NULL)
		return why_set(why, DPE_USAGE, "%s: has no usual place, say"
		    " where", saip_field_name(w->field));
	if ((r = where_parse(text, &at, why)) != 0)
		return r;
	r = where_find(upp, &at, w->field, w->where == NULL &&
	    (w->maybe || has_twin(w->field)), out, why);
	if (r != 0)
		return r;
	if (out->n == n && !w->maybe)
		return why_set(why, DPE_USAGE, "%s: not found at %.80s",
		    saip_field_name(w->field), text);
	/* In pieces: none of them is the whole. */
	if (w->where == NULL && w->maybe && w->optional && out->n > n + 1)
		out->n = n;
	for (i = n; i < out->n; i++)
		out->at[i].optional = w->optional || w->value.len > 0;
	return 0;
}

static int
by_offset(const void *a, const void *b)
{
	const struct saip_place *x = a, *y = b;

	return (x->offset > y->offset) - (x->offset < y->offset);
}

/* In order, none inside another. */
static int
arrange(struct saip_places *p, struct why *why)
{
	size_t	 i;

	qsort(p->at, p->n, sizeof(p->at[0]), by_offset);
	for (i = 1; i < p->n; i++)
		if (p->at[i - 1].offset + p->at[i - 1].len > p->at[i].offset)
			return why_set(why, DPE_USAGE, "%s and %s are at the"
			    " same place, offset %zu",
			    saip_field_name(p->at[i - 1].field),
			    saip_field_name(p->at[i].field),
			    p->at[i].offset);
	return 0;
}

static const struct saip_want *
want_of(const struct saip_want *w, size_t n, enum saip_field f)
{
	while (n-- > 0)
		if (w[n].field == f)
			return &w[n];
	return NULL;
}

/* Constants in, what will be a subscriber's own out. */
static int
fill(uint8_t *p, const struct saip_place *a, const struct saip_want *w,
    struct why *why)
{
	if (w->value.len > a->len)
		return why_set(why, DPE_USAGE, "%s: %zu bytes are for %zu",
		    saip_field_name(a->field), w->value.len, a->len);
	if (w->value.len > 0) {
		memcpy(p, w->value.p, w->value.len);
		saip_field_pad(a->field, p + w->value.len,
		    a->len - w->value.len);
	} else if (!a->optional)
		memset(p, 0, a->len);
	return 0;
}

/* Two subscribers must not have the same of these. */
static int
check_needed(const struct saip_places *p, struct why *why)
{
	static const enum saip_field must[][2] = {
		{ SAIP_ICCID_HEADER, SAIP_ICCID_HEADER },
		{ SAIP_ICCID_EF, SAIP_ICCID_EF }, { SAIP_IMSI, SAIP_IMSI },
		{ SAIP_K, SAIP_K256 }
	};
	size_t	 i, k;

	for (i = 0; i < NELEM(must); i++) {
		for (k = 0; k < p->n; k++)
			if (!p->at[k].optional &&
			    (p->at[k].field == must[i][0] ||
			    p->at[k].field == must[i][1]))
				break;
		if (k == p->n)
			return why_set(why, DPE_USAGE, "the package has no"
			    " place for %s", saip_field_name(must[i][0]));
	}
	return 0;
}

int
saip_map(struct slice upp, const struct saip_want *want, size_t n,
    struct buf *body, struct buf *patch, struct why *why)
{
	struct saip_places p = { .n = 0 };
	struct saip_info info;
	struct buf	 b = { 0 };
	size_t		 i;
	int		 r = 0;

	for (i = 0; i < n && r == 0; i++)
		r = find_one(upp, &want[i], &p, why);
	if (r != 0 || (r = arrange(&p, why)) != 0 ||
	    (r = check_needed(&p, why)) != 0)
		goto out;
	buf_add_slice(&b, upp);
	for (i = 0; i < p.n && r == 0; i++)
		r = fill(b.p + p.at[i].offset, &p.at[i],
		    want_of(want, n, p.at[i].field), why);
	if (r != 0 || (r = saip_check(buf_slice(&b), &info, why)) != 0)
		goto out;
	saip_patch_write(buf_slice(&b), &p, patch);
	buf_add_slice(body, buf_slice(&b));
	r = saip_patch_check(buf_slice(&b), buf_slice(patch), why);
out:
	buf_free(&b);
	return r;
}
