/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test_vuicc_fix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/der.h"
#include "base/file.h"

#define EID	"89049032123451234512345678901235"

static const char *const folders[] = { "ci", "eum", "euicc" };

static void
fix_write(struct vfix *f, const char *name, struct slice data)
{
	char	 path[128];

	snprintf(path, sizeof(path), "%s/%s", f->dir, name);
	if (file_write(path, data, 0600, false, NULL) != 0)
		abort();
}

static void
fix_vec(struct vfix *f, const char *name, const char *path)
{
	struct buf	 b = {0};

	unit_vec(f->pki_vec, name, &b);
	fix_write(f, path, buf_slice(&b));
	buf_free(&b);
}

static struct privkey *
fix_key(struct vfix *f, const char *name)
{
	struct privkey	*k;
	struct buf	 d = {0};

	unit_vec(f->pki_vec, name, &d);
	if (privkey_from_scalar(f->crypto,
	    f->brainpool ? CURVE_BP256 : CURVE_P256, buf_slice(&d), &k) != 0)
		abort();
	buf_free(&d);
	return k;
}

static void
fix_files(struct vfix *f)
{
	struct privkey	*k;
	struct buf	 pem = {0};
	char		 path[64];
	size_t		 i;

	strcpy(f->dir, "/tmp/vuicc_card.XXXXXX");
	if (mkdtemp(f->dir) == NULL)
		abort();
	for (i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/%s", f->dir, folders[i]);
		if (file_mkdir(path, 0700, NULL) != 0)
			abort();
	}
	fix_vec(f, "ci", "ci/ci.crt");
	fix_vec(f, "eum", "eum/eum.crt");
	fix_vec(f, "euicc", "euicc/" EID ".crt");
	k = fix_key(f, "euicc_key");
	if (privkey_pem(k, &pem) != 0)
		abort();
	fix_write(f, "euicc/" EID ".key", buf_slice(&pem));
	buf_free(&pem);
	privkey_free(k);
}

/* The first 16 octets asked for are the recorded challenge. */
static void
fix_rnd(void *arg, void *p, size_t n)
{
	struct vfix	*f = arg;
	struct buf	 b = {0};

	if (n == 16) {
		unit_vec(f->file, "challenge", &b);
		memcpy(p, b.p, n);
		buf_free(&b);
	} else
		rnd_fill(&rnd_system, p, n);
}

static int64_t
fix_now(void *arg)
{
	(void)arg;
	return 1780000000;	/* in 2026 */
}

static void
fix_card(struct vfix *f)
{
	static const struct clock	 clock = { fix_now, NULL };
	static struct rnd		 rnd = { fix_rnd, NULL };
	struct why			 why;

	rnd.arg = f;
	if (pki_load(f->dir, f->crypto, fix_now(NULL), false, &f->pki,
	    &why) != 0 || vuicc_state_open(NULL, false, &f->state,
	    &why) != 0 || vuicc_card_open(&f->card, f->dir, EID, f->crypto,
	    f->pki, f->state, &why) != 0) {
		fprintf(stderr, "vfix_open: %s\n", why.text);
		abort();
	}
	f->card.odds = &f->odds;
	f->card.clock = &clock;
	f->card.rnd = &rnd;
}

void
vfix_open(struct vfix *f, bool brainpool)
{
	memset(f, 0, sizeof(*f));
	f->brainpool = brainpool;
	strcpy(f->pki_vec, brainpool ? "vuicc/pki_brainpool.txt" :
	    "vuicc/pki_nist.txt");
	strcpy(f->file, brainpool ? "vuicc/brainpool_skeys.txt" :
	    "vuicc/nist_skeys.txt");
	if (crypto_new(&f->crypto) != 0)
		abort();
	fix_files(f);
	fix_card(f);
	if (pubkey_new(f->crypto, f->card.euicc.curve, f->card.euicc.point,
	    &f->euicc) != 0)
		abort();
	f->dp_pb = fix_key(f, "dppb_key");
	unit_vec(f->file, "server_signed1", &f->signed1);
	unit_vec(f->file, "server_signature1", &f->signature1);
	unit_vec(f->file, "ci_id", &f->ci_id);
	unit_vec(f->file, "metadata", &f->metadata);
	unit_vec(f->pki_vec, "dpauth", &f->dp_auth);
	unit_vec(f->pki_vec, "dppb", &f->dp_pb_der);
	vuicc_session_init(&f->card, &f->s);
}

static int
fix_unlink(void *arg, const char *name)
{
	char	 path[160];

	snprintf(path, sizeof(path), "%s/%s", (const char *)arg, name);
	return unlink(path);
}

static void
fix_remove(struct vfix *f)
{
	char	 path[64];
	size_t	 i;

	for (i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/%s", f->dir, folders[i]);
		CU_ASSERT_EQUAL(file_each(path, NULL, fix_unlink, path, NULL),
		    0);
		rmdir(path);
	}
	CU_ASSERT_EQUAL(rmdir(f->dir), 0);
}

void
vfix_close(struct vfix *f)
{
	fix_remove(f);
	vuicc_session_free(&f->s);
	vuicc_card_close(&f->card);
	vuicc_state_free(f->state);
	pki_free(f->pki);
	pubkey_free(f->euicc);
	privkey_free(f->dp_pb);
	crypto_free(f->crypto);
	buf_free(&f->signed1);
	buf_free(&f->signature1);
	buf_free(&f->ci_id);
	buf_free(&f->dp_auth);
	buf_free(&f->signed2);
	buf_free(&f->signature2);
	buf_free(&f->dp_pb_der);
	buf_free(&f->metadata);
}

void
vfix_again(struct vfix *f)
{
	vuicc_session_free(&f->s);
	vuicc_session_init(&f->card, &f->s);
}

int
vfix_authenticate(struct vfix *f, struct buf *out)
{
	struct vuicc_server	 in;

	in.signed1 = buf_slice(&f->signed1);
	in.signature1 = buf_slice(&f->signature1);
	in.ci_id = buf_slice(&f->ci_id);
	in.cert = buf_slice(&f->dp_auth);
	in.ctx = slice_of(NULL, 0);
	return vuicc_card_authenticate(&f->card, &f->s, &in, "MATCH-ME", out,
	    NULL);
}

void
vfix_sign(struct vfix *f, const struct vuicc_session *s, bool cc,
    struct slice otpk)
{
	struct buf	 tbs = {0};
	uint8_t		 sig[SIG_LEN];

	buf_cut(&f->signed2, 0);
	buf_cut(&f->signature2, 0);
	der_add(&f->signed2, 0x80, buf_slice(&s->tid));
	der_add(&f->signed2, 0x01, slice_of(cc ? "\xff" : "\x00", 1));
	if (otpk.len > 0)
		der_add(&f->signed2, 0x5F49, otpk);
	der_wrap(&f->signed2, 0, 0x30);
	buf_add_slice(&tbs, buf_slice(&f->signed2));
	buf_add_slice(&tbs, buf_slice(&s->sig1));
	if (sig_sign(f->crypto, f->dp_pb, buf_slice(&tbs), sig) != 0)
		abort();
	der_add(&f->signature2, 0x5F37, slice_of(sig, SIG_LEN));
	buf_free(&tbs);
}

int
vfix_offer(struct vfix *f, bool cc, struct slice otpk)
{
	struct vuicc_offer	 in;

	vfix_sign(f, &f->s, cc, otpk);
	in.metadata = buf_slice(&f->metadata);
	in.signed2 = buf_slice(&f->signed2);
	in.signature2 = buf_slice(&f->signature2);
	in.cert = buf_slice(&f->dp_pb_der);
	return vuicc_card_offer(&f->card, &f->s, &in, NULL);
}

int
vfix_prepare(struct vfix *f, const char *cc, struct buf *out)
{
	struct buf	 auth = {0};
	int		 r;

	if ((r = vfix_authenticate(f, &auth)) == 0 &&
	    (r = vfix_offer(f, cc != NULL, slice_of(NULL, 0))) == 0)
		r = vuicc_card_prepare(&f->card, &f->s, cc, out, NULL);
	buf_free(&auth);
	return r;
}

bool
vfix_signed(struct vfix *f, struct slice a, struct slice b, struct slice sig)
{
	struct slice	 part[2];

	part[0] = a;
	part[1] = b;
	return sig_verify(f->crypto, f->euicc, part, 2, sig) == 0;
}
