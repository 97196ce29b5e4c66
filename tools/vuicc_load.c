/* SPDX-License-Identifier: Apache-2.0 */
/* LoadBoundProfilePackage, SGP.22 5.7.6: install, or say why not. */
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/jfield.h"
#include "tools/vuicc_card.h"
#include "tools/vuicc_contents.h"
#include "tools/vuicc_upp.h"

#define CLASS_TEST	0

/* One package on its way into the card. */
struct load {
	struct vuicc_card	*card;
	struct vuicc_session	*s;
	struct unbsp_out	 bpp;
	struct unbsp_fault	 fault;
	struct store_metadata	 meta;
	bool			 has_meta;
	char			 iccid[ICCID_TEXT];
	unsigned		 aid;		/* of the new ISD-P */
};

static int
load_fail(struct load *l, int r, int command, int reason, struct why *why,
    const char *text)
{
	l->fault.command = command;
	l->fault.reason = reason;
	return why_set(why, r, "%s", text);
}

static int
load_unwrap(struct load *l, struct slice bpp, struct why *why)
{
	struct unbsp_in	 in;

	memset(&in, 0, sizeof(in));
	in.crypto = l->card->crypto;
	in.otsk = l->s->otsk;
	in.otpk = slice_of(l->s->otpk, POINT_LEN);
	in.dp_pb = l->s->pb_key;
	in.tid = buf_slice(&l->s->tid);
	in.eid = l->card->eid_bcd;
	return unbsp_open(&in, bpp, &l->bpp, &l->fault, why);
}

/* What StoreMetadata may be refused for (5.5.3). */
static int
load_metadata(struct load *l, struct why *why)
{
	struct vuicc_state	*st = l->card->state;
	size_t			 i;

	if (store_metadata_decode(buf_slice(&l->bpp.metadata),
	    &l->meta) != 0 ||
	    iccid_from_ef(l->meta.iccid, l->iccid) != 0)
		return load_fail(l, DPE_SYNTAX, UNBSP_METADATA, UNBSP_VALUES,
		    why, "StoreMetadata does not parse");
	l->has_meta = true;
	if (vuicc_state_profile(st, l->iccid) != NULL)
		return load_fail(l, DPE_EXISTS, UNBSP_METADATA, UNBSP_EXISTS,
		    why, "a profile of this ICCID is on the card");
	if (l->meta.profile_class < 0 || l->meta.profile_class > 2)
		return load_fail(l, DPE_RANGE, UNBSP_METADATA, UNBSP_CLASS,
		    why, "no such profile class");
	for (i = 0; i < st->n_profile && (l->meta.ppr & 2) != 0; i++)
		if (st->profile[i].profile_class == 2)
			return load_fail(l, DPE_STATE, UNBSP_METADATA,
			    UNBSP_PPR, why, "PPR1 beside another operational "
			    "profile");
	if (st->n_profile == VUICC_PROFILES)
		return load_fail(l, DPE_RANGE, UNBSP_METADATA, UNBSP_MEMORY,
		    why, "the card is full");
	return 0;
}

static int
load_profile(struct load *l, struct why *why)
{
	struct slice	 upp = buf_slice(&l->bpp.upp);
	int		 r;

	l->fault.command = UNBSP_PROFILE;
	if ((r = vuicc_upp_check(upp, l->meta.iccid, why)) != 0 ||
	    (r = vuicc_upp_owner(upp, &l->meta, why)) != 0) {
		l->fault.reason = r == DPE_RANGE ? UNBSP_MISMATCH : UNBSP_PE;
		return r;
	}
	if (l->meta.profile_class == CLASS_TEST &&
	    (r = vuicc_upp_test(upp, why)) != 0) {
		l->fault.reason = UNBSP_TEST_KEY;
		return r;
	}
	if (vuicc_odd(l->card->odds, ODD_INSTALL_ERROR))
		return load_fail(l, DPE_STATE, UNBSP_PROFILE,
		    (int)l->card->odds->value[ODD_INSTALL_ERROR], why,
		    "not installed, as asked");
	return 0;
}

/* What is in the package, for who looks at the card later. */
static void
load_contents(struct load *l, struct vuicc_profile *p)
{
	struct buf	 text = { 0 };
	json_t		*o;

	if (l->card->state->path == NULL ||
	    vuicc_contents(buf_slice(&l->bpp.upp), &o) != 0)
		return;
	json_write(o, &text);
	p->contents = xstrdup(buf_cstr(&text));
	buf_free(&text);
	json_decref(o);
}

static void
load_keep(struct load *l)
{
	struct vuicc_state	*st = l->card->state;
	struct vuicc_profile	*p = vuicc_state_profile_add(st);
	uint8_t			 hash[32];
	size_t			 i;

	sha256(l->card->crypto, buf_slice(&l->bpp.upp), hash);
	p->upp_sha256 = xcalloc(1, 65);
	hex_put(p->upp_sha256, slice_of(hash, sizeof(hash)));
	p->iccid = xstrdup(l->iccid);
	p->provider = slice_dup(l->meta.provider);
	p->name = slice_dup(l->meta.name);
	p->profile_class = l->meta.profile_class;
	p->ppr = l->meta.ppr;
	p->aid = l->aid;
	buf_set(&p->metadata, buf_slice(&l->bpp.metadata));
	load_contents(l, p);
	st->last_aid = l->aid;
	for (i = 0; i < l->meta.n_notify && i < VUICC_NOTIFY; i++) {
		p->notify[i].events = l->meta.notify[i].events;
		p->notify[i].address = slice_dup(l->meta.notify[i].address);
	}
	p->n_notify = i;
}

void
vuicc_card_aid(int64_t n, uint8_t aid[VUICC_AID])
{
	static const uint8_t	 first[VUICC_AID] = {
		0xa0, 0x00, 0x00, 0x05, 0x59, 0x10, 0x10, 0xff, 0xff, 0xff,
		0xff, 0x89, 0x00, 0x00, 0x00, 0x00
	};

	memcpy(aid, first, sizeof(first));
	aid[13] = (uint8_t)(n >> 8);
	aid[14] = (uint8_t)n;
}

/* ProfileInstallationResultData, BF27 (2.5.6). */
static int
load_result_data(struct load *l, bool success,
    const struct notification_meta *meta, struct buf *out)
{
	static const uint8_t	 ok[] = {
		0x30, 0x07, 0xa0, 0x05, 0x30, 0x03, 0x80, 0x01, 0x00
	};
	uint8_t			 aid[VUICC_AID];
	struct install_data	 d;
	struct buf		 copy = {0};
	int			 r;

	memset(&d, 0, sizeof(d));
	d.tid = vuicc_card_tid(l->card, l->s, ODD_WRONG_PIR_TID, &copy);
	d.meta = *meta;
	d.smdp_oid = vuicc_card_oid(l->card, &l->s->pb);
	d.success = success;
	vuicc_card_aid(l->aid, aid);
	d.aid = slice_of(aid, sizeof(aid));
	d.sima_response = success ? slice_of(ok, sizeof(ok)) :
	    slice_of(NULL, 0);
	d.bpp_command = l->fault.command;
	d.reason = l->fault.reason;
	r = install_data_encode(&d, out);
	buf_free(&copy);
	return r;
}

static int
load_result(struct load *l, bool success, struct why *why)
{
	struct notification_meta meta;
	struct buf		 data = {0};
	int			 r;

	memset(&meta, 0, sizeof(meta));
	meta.seq = ++l->card->state->seq;
	meta.events = 1;
	meta.address = buf_slice(&l->s->address);
	if (l->has_meta)
		meta.iccid = l->meta.iccid;
	if ((r = load_result_data(l, success, &meta, &data)) != 0)
		r = why_set(why, r, "ProfileInstallationResult: %s",
		    err_text(r));
	else
		r = vuicc_card_pending(l->card, &meta, true,
		    buf_slice(&data), why);
	buf_free(&data);
	/* An interrupted load may be tried again with the same key (3.1.5). */
	if (success || l->fault.reason != UNBSP_INTERRUPTED)
		vuicc_state_kept_drop(l->card->state);
	return r;
}

int
vuicc_card_load(struct vuicc_card *card, struct vuicc_session *s,
    struct slice bpp, struct buf *upp, struct why *why)
{
	struct load	 l;
	struct why	 inner;
	int		 r;

	memset(&l, 0, sizeof(l));
	l.card = card;
	l.s = s;
	l.aid = (unsigned)((card->state->last_aid + 1) & 0xffff);
	if ((r = load_unwrap(&l, bpp, why)) == 0 && s->metadata.len > 0 &&
	    !slice_eq(buf_slice(&l.bpp.metadata), buf_slice(&s->metadata))) {
		/* The LPA's to cancel, with no result of the card (3.1.3.2). */
		r = why_set(why, DPE_PEER,
		    "metadata in the package are not those that were offered");
		goto out;
	}
	if (r == 0 && upp != NULL)
		buf_set(upp, buf_slice(&l.bpp.upp));
	if (r == 0 && (r = load_metadata(&l, why)) == 0)
		r = load_profile(&l, why);
	if (r != 0) {
		if (load_result(&l, false, &inner) != 0)
			why_prefix(why, "%s", inner.text);
		goto out;
	}
	load_keep(&l);
	if ((r = load_result(&l, true, why)) == 0)
		r = vuicc_card_notify(card,
		    &card->state->profile[card->state->n_profile - 1], 1,
		    why);
out:
	msg_free(&l.meta.msg);
	unbsp_free(&l.bpp);
	return r;
}
