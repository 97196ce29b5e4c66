/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an LPA can send to the card.  The first octet chooses: command APDUs;
 * whole commands of ES10; pieces of a package in a session that is prepared; a
 * line of lpac's backend.  Parts stand behind their length in two octets.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tools/pki_lab.h"
#include "tools/vuicc_lpac.h"

static struct crypto		*crypto;
static struct pki		*pki;
static struct vuicc_card	 card;
static char			 eid[EID_TEXT];

/* The first card of the lab. */
static void
fuzz_made(void *arg, const char *what)
{
	(void)arg;
	snprintf(eid, sizeof(eid), "%s", what);
}

/* A card of a lab that is made for it, and removed when it was read. */
static void
fuzz_card(void)
{
	struct pki_want		 want;
	struct pki_lab		*lab = NULL;
	struct vuicc_state	*st = NULL;
	char			 dir[] = "/tmp/fuzz_apdu.XXXXXX";
	char			 pki_dir[64], command[96];

	memset(&want, 0, sizeof(want));
	want.count = 1;
	want.made = fuzz_made;
	fuzz_must(mkdtemp(dir) != NULL);
	snprintf(pki_dir, sizeof(pki_dir), "%s/pki", dir);
	fuzz_must(pki_lab_init(pki_dir, "localhost", NULL) == 0 &&
	    pki_lab_open(pki_dir, &lab, NULL) == 0 &&
	    pki_lab_euicc_new(lab, &want, NULL) == 0);
	pki_lab_free(lab);
	fuzz_must(crypto_new(&crypto) == 0 && pki_load(pki_dir, crypto,
	    clock_now(&clock_system), false, &pki, NULL) == 0 &&
	    vuicc_state_open(NULL, false, &st, NULL) == 0 &&
	    vuicc_card_open(&card, pki_dir, eid, crypto, pki, st,
	    NULL) == 0);
	vuicc_state_free(st);
	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	fuzz_must(system(command) == 0);
}

/* Something to list, to move and to tell of. */
static struct vuicc_state *
fuzz_state(void)
{
	struct vuicc_state	*st;
	struct vuicc_profile	*p;

	fuzz_must(vuicc_state_open(NULL, false, &st, NULL) == 0);
	p = vuicc_state_profile_add(st);
	p->iccid = xstrdup("89000123456789012341");
	p->provider = xstrdup("Provider");
	p->name = xstrdup("Name");
	p->profile_class = 2;
	p->aid = st->last_aid = 1;
	p->notify[0].events = 15;
	p->notify[0].address = xstrdup("a.example");
	p->n_notify = 1;
	card.state = st;
	fuzz_must(vuicc_card_notify(&card, p, 1, NULL) == 0);
	return st;
}

/* The next part of *in; false at its end. */
static bool
fuzz_part(struct slice *in, struct slice *part)
{
	size_t	 n;

	if (in->len < 2)
		return false;
	n = (size_t)in->p[0] << 8 | in->p[1];
	*part = slice_sub(*in, 2, n);
	*in = slice_sub(*in, 2 + n, in->len);
	return true;
}

static void
fuzz_apdus(struct vuicc_apdu *a, struct slice in)
{
	struct buf	 out = {0};
	struct slice	 part;

	fuzz_must(vuicc_apdu_open(a, slice_of("\xa0\x00\x00\x05\x59",
	    5)) == 1);
	while (fuzz_part(&in, &part)) {
		buf_cut(&out, 0);
		vuicc_apdu_transmit(a, part, &out);
		fuzz_must(out.len >= 2 && out.len <= 258);
	}
	buf_free(&out);
}

/* A status word; no answer but with 9000, and then one TLV or none. */
static void
fuzz_commands(struct vuicc_es10 *e, struct slice in)
{
	struct buf	 out = {0};
	struct slice	 part;
	struct der	 d;
	unsigned	 sw;

	while (fuzz_part(&in, &part)) {
		buf_cut(&out, 0);
		sw = vuicc_es10_call(e, part, &out);
		fuzz_must(sw >= 0x6000 && sw <= 0x9000);
		fuzz_must(out.len == 0 || (sw == SW_OK && der_whole(
		    buf_slice(&out), der_peek(buf_slice(&out)), &d) == 0));
	}
	buf_free(&out);
}

/* PrepareDownload is done: all that is missing is the package. */
static void
fuzz_prepared(struct vuicc_es10 *e)
{
	static const uint8_t	 scalar[32] = { 1, 2, 3 };

	vuicc_session_init(&card, &e->s);
	buf_add(&e->s.tid, scalar, 16);
	fuzz_must(privkey_from_scalar(crypto, CURVE_P256,
	    slice_of(scalar, 32), &e->s.otsk) == 0);
	privkey_point(e->s.otsk, e->s.otpk);
	fuzz_must(pubkey_new(crypto, CURVE_P256, slice_of(e->s.otpk,
	    POINT_LEN), &e->s.pb_key) == 0);
	e->s.pb = card.euicc;
	e->step = ES10_PREPARED;
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct vuicc_es10	 e;
	struct vuicc_apdu	 a;
	struct vuicc_state	*st;
	struct buf		 answer = {0};
	struct slice		 in;

	if (crypto == NULL)
		fuzz_card();
	if (n < 1 || n > 4096)
		return 0;
	in = slice_of(p + 1, n - 1);
	st = fuzz_state();
	vuicc_es10_init(&e, &card);
	vuicc_apdu_init(&a, vuicc_es10_call, &e);
	if ((p[0] & 3) == 0)
		fuzz_apdus(&a, in);
	else if ((p[0] & 3) == 3)
		vuicc_lpac_line(&a, in, &answer);
	else {
		if ((p[0] & 3) == 2)
			fuzz_prepared(&e);
		fuzz_commands(&e, in);
	}
	fuzz_must(st->n_pending <= VUICC_PENDING && st->n_profile <= 1);
	buf_free(&answer);
	vuicc_apdu_free(&a);
	vuicc_es10_free(&e);
	vuicc_state_free(st);
	return 0;
}
