/* SPDX-License-Identifier: Apache-2.0 */
/* What is so after the calls: read from the store, never from the answer. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/der.h"
#include "base/hex.h"
#include "server/rsp/ticket.h"
#include "tests/conformance/bench.h"

struct fact {
	struct bench	*b;
	char		*out;
	size_t		 size;
};

static void
fact_text(struct fact *f, const char *text)
{
	snprintf(f->out, f->size, "%s", text);
}

static void
fact_number(struct fact *f, int64_t n)
{
	snprintf(f->out, f->size, "%" PRId64, n);
}

static void
fact_profile(struct fact *f)
{
	struct profile	 p = {0};

	if (store_profile_get(f->b->env.ctx.db, TENANT_DEFAULT, f->b->iccid,
	    &p) == 0)
		fact_text(f, life_state_name(p.state));
	profile_free(&p);
}

static void
fact_card(struct fact *f)
{
	struct profile	 p = {0};

	if (store_profile_get(f->b->env.ctx.db, TENANT_DEFAULT, f->b->iccid,
	    &p) == 0)
		fact_text(f, p.card == CARD_NONE ? "unknown" :
		    card_state_name(p.card));
	profile_free(&p);
}

static struct order
fact_of_order(struct fact *f)
{
	struct order	 o = {0};

	if (store_order_get(f->b->env.ctx.db, TENANT_DEFAULT, f->b->order,
	    &o) != 0)
		bench_broken("order", "there is none");
	return o;
}

static void
fact_downloads(struct fact *f)
{
	struct order	 o = fact_of_order(f);

	fact_number(f, o.downloads);
	order_free(&o);
}

static void
fact_codes(struct fact *f)
{
	struct order	 o = fact_of_order(f);

	fact_number(f, o.cc_attempts);
	order_free(&o);
}

static void
fact_order(struct fact *f)
{
	static const char *const ends[] = { "live", "cancelled", "expired" };
	struct order	 o = fact_of_order(f);

	fact_text(f, ends[o.end]);
	order_free(&o);
}

/* Whose is it? */
static void
fact_lock(struct fact *f)
{
	struct order	 o = fact_of_order(f);
	size_t		 i;

	fact_text(f, o.eid[0] == '\0' ? "open" : "of another");
	for (i = 0; i < BENCH_CARDS; i++)
		if (f->b->cards[i].state != NULL &&
		    strcmp(f->b->cards[i].card.eid, o.eid) == 0)
			snprintf(f->out, f->size, "card %c", (char)('A' + i));
	order_free(&o);
}

static void
fact_session(struct fact *f)
{
	struct session	 s = {0};
	char		 tid[TID_TEXT];

	hex_put(tid, buf_slice(&f->b->s.tid));
	if (store_session_get(f->b->env.ctx.db, TENANT_DEFAULT, tid, &s) == 0)
		fact_text(f, session_step_name(s.step));
	else if (ticket_open(&f->b->env.ctx, buf_slice(&f->b->s.tid),
	    &s) == 0)
		fact_text(f, session_step_name(s.step));
	session_free(&s);
}

struct fact_notes {
	size_t	 n, verified;
};

static int
fact_note(void *arg, const struct notification *n)
{
	struct fact_notes	*c = arg;

	c->n++;
	c->verified += n->verified;
	return 0;
}

static struct fact_notes
fact_of_notes(struct fact *f)
{
	struct fact_notes	 c = {0};

	if (store_notification_each(f->b->env.ctx.db, TENANT_DEFAULT, 0, 100,
	    fact_note, &c) != 0)
		bench_broken("notifications", "cannot be read");
	return c;
}

static void
fact_verified(struct fact *f)
{
	fact_number(f, (int64_t)fact_of_notes(f).verified);
}

static void
fact_unverified(struct fact *f)
{
	struct fact_notes	 c = fact_of_notes(f);

	fact_number(f, (int64_t)(c.n - c.verified));
}

/* A member of the last answer as bytes. */
static struct slice
fact_member(struct fact *f, const char *name, struct buf *b)
{
	const char	*text;

	text = json_string_value(json_object_get(f->b->answer, name));
	if (text != NULL && base64_decode(slice_str(text), b) != 0)
		buf_cut(b, 0);
	return buf_slice(b);
}

static void
fact_which_ci(struct fact *f, struct slice ski)
{
	static const struct { char which; const char *name; } cis[] = {
		{ 'P', "P-256" }, { 'B', "brainpool" }, { 'O', "other" },
	};
	size_t	 i;

	for (i = 0; i < NELEM(cis); i++)
		if (slice_eq(ski, bench_ci(f->b, cis[i].which)))
			fact_text(f, cis[i].name);
}

static void
fact_ci(struct fact *f)
{
	struct buf	 b = {0};
	struct der	 d;

	if (der_whole(fact_member(f, "euiccCiPKIdToBeUsed", &b), 0x04,
	    &d) == 0)
		fact_which_ci(f, d.value);
	buf_free(&b);
}

static void
fact_cert(struct fact *f)
{
	struct buf	 b = {0};
	struct cert	 c;

	if (cert_parse(fact_member(f, "serverCertificate", &b), &c) == 0)
		fact_which_ci(f, c.aki);
	buf_free(&b);
}

/* Does smdpSigned2 offer the one-time key that a package is kept for? */
static void
fact_key(struct fact *f)
{
	struct buf		 b = {0};
	struct smdp_signed2	 m = {0};

	if (smdp_signed2_decode(fact_member(f, "smdpSigned2", &b), &m) == 0)
		fact_text(f, m.bpp_euicc_otpk.len > 0 ? "offered" :
		    "not offered");
	msg_free(&m.msg);
	buf_free(&b);
}

static void
fact_code(struct fact *f)
{
	struct buf		 b = {0};
	struct smdp_signed2	 m = {0};

	if (smdp_signed2_decode(fact_member(f, "smdpSigned2", &b), &m) == 0)
		fact_text(f, m.cc_required ? "asked for" : "not asked for");
	msg_free(&m.msg);
	buf_free(&b);
}

/* Profiles on the card in hand. */
static void
fact_installed(struct fact *f)
{
	fact_number(f, (int64_t)f->b->at->state->n_profile);
}

/* Is it the profile of the order in hand that is offered? */
static void
fact_offer(struct fact *f)
{
	char			 iccid[ICCID_TEXT];
	struct buf		 b = {0};
	struct store_metadata	 m = {0};

	if (store_metadata_decode(fact_member(f, "profileMetadata", &b),
	    &m) == 0 && iccid_from_ef(m.iccid, iccid) == 0)
		fact_text(f, strcmp(iccid, f->b->iccid) == 0 ? "this" :
		    "another");
	msg_free(&m.msg);
	buf_free(&b);
}

/* Is the transactionId echoed as it is to be written (6.5.2)? */
static void
fact_tid(struct fact *f)
{
	const char	*text;
	char		 tid[TID_TEXT];

	text = json_string_value(json_object_get(f->b->answer,
	    "transactionId"));
	hex_put(tid, buf_slice(&f->b->s.tid));
	if (text != NULL)
		fact_text(f, strcmp(text, tid) == 0 ? "upper" : "another");
}

/* The subjectIdentifier, 6.5.1.4; the ASN.1 binding has none. */
static void
fact_about(struct fact *f)
{
	const char	*text = NULL;

	if (json_unpack(f->b->answer, "{s:{s:{s:{s:s}}}}", "header",
	    "functionExecutionStatus", "statusCodeData", "subjectIdentifier",
	    &text) == 0)
		fact_text(f, text);
	else if (f->b->asn1)
		fact_text(f, "-");
}

/* Is there an A2, with keys that are not of the session (2.5.4)? */
static void
fact_keys(struct fact *f)
{
	struct buf	 b = {0};
	struct der	 bpp, d;

	if (der_whole(fact_member(f, "boundProfilePackage", &b), 0xBF36,
	    &bpp) == 0)
		fact_text(f, der_find(bpp.value, 0xA2, &d) == 0 ? "random" :
		    "of the session");
	buf_free(&b);
}

/* How many '88' segments the metadata have (2.5.4.3). */
static void
fact_segments(struct fact *f)
{
	struct buf	 b = {0};
	struct der	 bpp, list, d;
	int64_t		 n = 0;

	if (der_whole(fact_member(f, "boundProfilePackage", &b), 0xBF36,
	    &bpp) == 0 && der_find(bpp.value, 0xA1, &list) == 0)
		while (list.value.len > 0 &&
		    der_expect(&list.value, 0x88, &d) == 0)
			n++;
	fact_number(f, n);
	buf_free(&b);
}

/* What the card in hand has of its last profile: kind and octets. */
static void
fact_icon(struct fact *f)
{
	struct vuicc_state	*st = f->b->at->state;
	struct store_metadata	 m;
	char			 text[40];

	if (st->n_profile == 0 || store_metadata_decode(buf_slice(
	    &st->profile[st->n_profile - 1].metadata), &m) != 0)
		return;
	snprintf(text, sizeof(text), "%s %zu", m.icon_type < 0 ? "none" :
	    m.icon_type == 1 ? "png" : "jpeg", m.icon.len);
	fact_text(f, text);
	msg_free(&m.msg);
}

/* The last two packages: equal but for BF23? */
static void
fact_package(struct fact *f)
{
	struct slice	 rest[2];
	struct der	 d;
	size_t		 i;

	for (i = 0; i < 2; i++)
		if (der_whole(buf_slice(&f->b->packages[i]), 0xBF36, &d) != 0 ||
		    (rest[i] = d.value, der_expect(&rest[i], 0xBF23, &d)) != 0)
			return;
	fact_text(f, slice_eq(rest[0], rest[1]) ? "same" : "new");
}

static void
fact_answer(struct fact *f)
{
	fact_text(f, slice_eq(buf_slice(&f->b->answers[0]),
	    buf_slice(&f->b->answers[1])) ? "same" : "another");
}

/* Facts that are asked of the fact itself, not of an order. */
static const struct {
	const char	*name;
	void		(*fn)(struct fact *f);
} facts[] = {
	{ "about", fact_about },
	{ "tid", fact_tid },
	{ "profile", fact_profile },
	{ "card", fact_card },
	{ "session", fact_session },
	{ "verified", fact_verified },
	{ "unverified", fact_unverified },
	{ "ci", fact_ci },
	{ "certificate", fact_cert },
	{ "key", fact_key },
	{ "code", fact_code },
	{ "offer", fact_offer },
	{ "keys", fact_keys },
	{ "segments", fact_segments },
	{ "icon", fact_icon },
	{ "package", fact_package },
	{ "answer", fact_answer },
	{ "installed", fact_installed },
	{ "downloads", fact_downloads },
	{ "codes", fact_codes },
	{ "order", fact_order },
	{ "lock", fact_lock },
};

void
bench_fact(struct bench *b, const char *fact, char *out, size_t size)
{
	struct fact	 f = { b, out, size };
	size_t		 i;

	snprintf(out, size, "nothing");
	for (i = 0; i < NELEM(facts); i++)
		if (strcmp(facts[i].name, fact) == 0) {
			facts[i].fn(&f);
			return;
		}
	bench_broken(fact, "no such fact");
}
