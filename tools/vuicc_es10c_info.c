/* SPDX-License-Identifier: Apache-2.0 */
/* GetProfilesInfo, SGP.22 5.7.15. */
#include <string.h>

#include "base/der.h"
#include "tools/vuicc_es10.h"

#define TAG_AID		0x4F
#define TAG_ICCID	0x5A
#define TAG_STATE	0x9F70
#define TAG_NICKNAME	0x90
#define TAG_CLASS	0x95

/* In the order in which they are answered. */
static const uint32_t	known[] = {
	TAG_ICCID, TAG_AID, TAG_STATE, TAG_NICKNAME, 0x91, 0x92, 0x93, 0x94,
	TAG_CLASS, 0xB6, 0xB7, 0x99
};
#define KNOWN	NELEM(known)
#define DEFAULT	9	/* so many of them if no tagList names others */

struct info_query {
	bool		has_search;
	struct der	search;		/* 4F, 5A or 95 */
	bool		want[KNOWN];
};

/* The tags of a tagList, one or two octets each; unknown ones are skipped. */
static int
info_tags(struct slice list, struct info_query *q)
{
	uint32_t	 tag;
	size_t		 i;

	while (list.len > 0) {
		tag = list.p[0];
		list = slice_sub(list, 1, list.len);
		if ((tag & 0x1f) == 0x1f) {
			if (list.len == 0)
				return DPE_SYNTAX;
			tag = tag << 8 | list.p[0];
			list = slice_sub(list, 1, list.len);
		}
		for (i = 0; i < KNOWN; i++)
			if (known[i] == tag)
				q->want[i] = true;
	}
	return 0;
}

/* A0 { search } or not, 5C tagList or not. */
static int
info_parse(struct slice in, struct info_query *q)
{
	struct der	 d;
	size_t		 i;

	memset(q, 0, sizeof(*q));
	if (der_expect(&in, 0xA0, &d) == 0) {
		q->has_search = true;
		if (der_whole(d.value, TAG_ICCID, &q->search) != 0 &&
		    der_whole(d.value, TAG_AID, &q->search) != 0 &&
		    der_whole(d.value, TAG_CLASS, &q->search) != 0)
			return DPE_SYNTAX;
	}
	if (der_expect(&in, 0x5C, &d) == 0)
		return in.len > 0 ? DPE_SYNTAX : info_tags(d.value, q);
	for (i = 0; i < DEFAULT; i++)
		q->want[i] = true;
	return in.len > 0 ? DPE_SYNTAX : 0;
}

static bool
info_fits(struct vuicc_es10 *e, const struct info_query *q,
    const struct vuicc_profile *p)
{
	uint64_t	 n;

	if (!q->has_search)
		return true;
	if (q->search.tag == TAG_CLASS)
		return der_uint(q->search.value, &n) == 0 &&
		    (uint64_t)p->profile_class == n;
	return es10_profile(e, &q->search) == p;
}

/* A profile of a state file that did not keep the metadata: from the rest. */
static void
info_metadata(const struct vuicc_profile *p, struct buf *out)
{
	if (p->metadata.len > 0) {
		buf_set(out, buf_slice(&p->metadata));
		return;
	}
	der_add(out, 0x91, slice_str(p->provider));
	der_add(out, 0x92, slice_str(p->name));
	der_wrap(out, 0, 0xBF25);
}

/* What the card itself knows. */
static void
info_own(const struct vuicc_profile *p, uint32_t tag, struct buf *out)
{
	uint8_t	 aid[VUICC_AID], iccid[10];

	if (tag == TAG_ICCID && iccid_to_ef(p->iccid, iccid) == 0)
		der_add(out, tag, slice_of(iccid, sizeof(iccid)));
	else if (tag == TAG_AID) {
		vuicc_card_aid(p->aid, aid);
		der_add(out, tag, slice_of(aid, sizeof(aid)));
	} else if (tag == TAG_STATE)
		der_add_uint(out, tag, p->enabled ? 1 : 0);
	else if (tag == TAG_CLASS)
		der_add_uint(out, tag, (uint64_t)p->profile_class);
	else if (tag == TAG_NICKNAME && p->nickname != NULL)
		der_add(out, tag, slice_str(p->nickname));
}

/* E3: the rest stands in the metadata, under the same tags (5.5.3). */
static void
info_add(const struct vuicc_profile *p, const struct info_query *q,
    struct buf *out)
{
	struct buf	 metadata = {0};
	struct der	 whole, d;
	size_t		 at = out->len, i;

	info_metadata(p, &metadata);
	for (i = 0; i < KNOWN; i++) {
		if (!q->want[i])
			continue;
		if (i < 4 || known[i] == TAG_CLASS)
			info_own(p, known[i], out);
		else if (der_whole(buf_slice(&metadata), 0xBF25,
		    &whole) == 0 && der_find(whole.value, known[i], &d) == 0)
			buf_add_slice(out, d.raw);
	}
	der_wrap(out, at, 0xE3);
	buf_free(&metadata);
}

unsigned
es10c_profiles(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	const struct vuicc_state	*st = e->card->state;
	struct info_query		 q;
	size_t				 at = out->len, i;

	if (info_parse(in, &q) != 0)
		return SW_DATA;
	for (i = 0; i < st->n_profile; i++)
		if (info_fits(e, &q, &st->profile[i]))
			info_add(&st->profile[i], &q, out);
	der_wrap(out, at, 0xA0);
	der_wrap(out, at, 0xBF2D);
	return SW_OK;
}
