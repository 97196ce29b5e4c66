/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_info.h"

#include <string.h>

#include "base/der.h"

#define PPR1	2
#define PPR2	4

static const uint8_t	nobody[20] = "no CI has this keyid";
/* Bits of spec 03, section 2; all that is listed there up to 25. */
static const uint8_t	capability[] = { 0xff, 0x36, 0xff, 0xc0 };
static const uint8_t	tac[4] = { 0x53, 0x21, 0x43, 0x65 };
static const uint8_t	imei[8] = {
	0x53, 0x21, 0x43, 0x65, 0x87, 0x09, 0x21, 0x3f
};

void
vuicc_info_ci(const struct vuicc_card *card, struct ci_list *verify,
    struct ci_list *sign)
{
	const struct pki_ci	*ci;
	size_t			 i;

	memset(verify, 0, sizeof(*verify));
	memset(sign, 0, sizeof(*sign));
	if (vuicc_odd(card->odds, ODD_UNKNOWN_CI)) {
		verify->id[verify->n++] = slice_of(nobody, sizeof(nobody));
		sign->id[sign->n++] = verify->id[0];
		return;
	}
	sign->id[sign->n++] = card->eum.aki;
	verify->id[verify->n++] = card->eum.aki;
	for (i = 0; i < pki_ci_count(card->pki) && verify->n < LIM_CI; i++) {
		ci = pki_ci_at(card->pki, i);
		if (!slice_eq(ci->cert.ski, card->eum.aki))
			verify->id[verify->n++] = ci->cert.ski;
	}
}

static void
info_svn(const struct vuicc_card *card, uint8_t svn[3])
{
	memcpy(svn, vuicc_odd(card->odds, ODD_OLD_SVN) ? "\x01\x00\x00" :
	    VUICC_SVN, 3);
	if (vuicc_odd(card->odds, ODD_SVN))
		vuicc_odd_version(card->odds, ODD_SVN, svn);
}

int
vuicc_card_info1(struct vuicc_card *card, struct buf *out)
{
	struct euicc_info1	 info;

	memset(&info, 0, sizeof(info));
	info_svn(card, info.svn);
	vuicc_info_ci(card, &info.verify, &info.sign);
	return euicc_info1_encode(&info, out);
}

int
vuicc_card_info2(struct vuicc_card *card, struct buf *out)
{
	struct euicc_signed1	 m;
	struct vuicc_info_store	 store;
	int			 r;

	memset(&m, 0, sizeof(m));
	vuicc_info_fill(card, &m, &store);
	r = euicc_info2_encode(&m.info2, out);
	buf_free(&store.resource);
	return r;
}

/* PPR1 is forbidden once an operational profile is there (5.7.8). */
static unsigned
info_forbidden(const struct vuicc_card *card)
{
	size_t	 i;

	if (vuicc_odd(card->odds, ODD_FORBID_PPR))
		return PPR1 | PPR2;
	for (i = 0; i < card->state->n_profile; i++)
		if (card->state->profile[i].profile_class == 2)
			return PPR1;
	return 0;
}

static void
info_resource(const struct vuicc_card *card, struct buf *out)
{
	static const uint8_t	 room[] = { 0x00, 0x0a, 0x00, 0x00 };
	static const uint8_t	 none[] = { 0x00, 0x00, 0x00, 0x00 };
	uint8_t			 nvm[4];
	long			 n;
	size_t			 i;

	memcpy(nvm, vuicc_odd(card->odds, ODD_LOW_MEMORY) ? none : room, 4);
	if (vuicc_odd(card->odds, ODD_FREE_MEMORY)) {
		n = card->odds->value[ODD_FREE_MEMORY];
		for (i = 0; i < 4; i++)
			nvm[i] = (uint8_t)(n >> (24 - 8 * i));
	}
	der_add(out, 0x81, slice_of(none, 1));
	der_add(out, 0x82, slice_of(nvm, 4));
	der_add(out, 0x83, slice_of(room, 4));
}

/* What the card can do, and what it is said to be able to do. */
static void
info_capability(const struct vuicc_card *card, struct euicc_info2 *i,
    struct vuicc_info_store *store)
{
	unsigned	 rsp = 1 << 0 | 1 << 3;	/* additionalProfile,
						   testProfileSupport */

	if (vuicc_odd(card->odds, ODD_NO_ADDITIONAL))
		rsp &= ~(1U << 0);
	if (vuicc_odd(card->odds, ODD_NO_TEST))
		rsp &= ~(1U << 3);
	i->rsp_capability = bits_named(rsp, &store->rsp);
	i->uicc_capability.octets = slice_of(capability, sizeof(capability));
	i->uicc_capability.unused = 6;
	if (!vuicc_odd(card->odds, ODD_CAPABILITY))
		return;
	i->uicc_capability.octets = slice_of(store->uicc,
	    vuicc_odd_octets(card->odds, ODD_CAPABILITY, store->uicc));
	i->uicc_capability.unused = 0;
}

static void
info_versions(const struct vuicc_card *card, struct euicc_info2 *i)
{
	memcpy(i->profile_version, "\x02\x03\x01", 3);
	memcpy(i->firmware, "\x01\x00\x00", 3);
	memcpy(i->pp_version, "\x01\x00\x00", 3);
	info_svn(card, i->svn);
	if (vuicc_odd(card->odds, ODD_PROFILE_VERSION))
		vuicc_odd_version(card->odds, ODD_PROFILE_VERSION,
		    i->profile_version);
	if (vuicc_odd(card->odds, ODD_FIRMWARE))
		vuicc_odd_version(card->odds, ODD_FIRMWARE, i->firmware);
}

void
vuicc_info_fill(const struct vuicc_card *card, struct euicc_signed1 *out,
    struct vuicc_info_store *store)
{
	struct euicc_info2	*i = &out->info2;
	unsigned		 ppr = info_forbidden(card);

	memset(store, 0, sizeof(*store));
	memset(i, 0, sizeof(*i));
	info_versions(card, i);
	info_resource(card, &store->resource);
	i->ext_card_resource = buf_slice(&store->resource);
	info_capability(card, i, store);
	i->has_forbidden_ppr = ppr != 0;
	i->forbidden_ppr = bits_named(ppr, &store->ppr);
	vuicc_info_ci(card, &i->verify, &i->sign);
	i->category = 2;
	i->sas_number = slice_str("VUICC-TEST");
	out->tac = slice_of(tac, sizeof(tac));
	out->imei = slice_of(imei, card->iot ? 0 : sizeof(imei));
}

int
vuicc_info_iot(struct buf *signed1)
{
	static const uint8_t	 more[] = {
		0x90, 0x01, 0x00,			/* ipaMode: ipad */
		0xb4, 0x07, 0xa0, 0x05,			/* iotVersion */
		0x04, 0x03, 0x01, 0x02, 0x00
	};
	struct buf		 out = {0};
	struct slice		 in;
	struct der		 d;
	int			 r;

	if ((r = der_whole(buf_slice(signed1), 0x30, &d)) != 0)
		return r;
	for (in = d.value; in.len > 0;) {
		if ((r = der_next(&in, &d)) != 0)
			goto out;
		if (d.tag != 0xBF22) {
			buf_add_slice(&out, d.raw);
			continue;
		}
		der_add_head(&out, d.tag, d.value.len + sizeof(more));
		buf_add_slice(&out, d.value);
		buf_add(&out, more, sizeof(more));
	}
	der_wrap(&out, 0, 0x30);
	buf_set(signed1, buf_slice(&out));
out:
	buf_free(&out);
	return r;
}
