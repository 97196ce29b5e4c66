/* SPDX-License-Identifier: Apache-2.0 */
/* The PKI directory as tools/pki_lab.h makes it. */
#include <sys/stat.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ident.h"
#include "certs/chain.h"
#include "tests/unit/unit.h"
#include "tools/pki_pair.h"

static char	top[] = "/tmp/unit-pki.XXXXXX";
static char	dir[sizeof(top) + 8];

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

/* A fresh PKI, open. */
static struct pki_lab *
fresh(void)
{
	struct why	 why = {0};
	struct pki_lab	*l = NULL;

	CU_ASSERT_FATAL(mkdtemp(top) != NULL);
	snprintf(dir, sizeof(dir), "%s/pki", top);
	CU_ASSERT_EQUAL_FATAL(pki_lab_init(dir, "dp.example.com:443", &why),
	    0);
	CU_ASSERT_EQUAL_FATAL(pki_lab_open(dir, &l, &why), 0);
	return l;
}

static void
gone(struct pki_lab *l)
{
	pki_lab_free(l);
	CU_ASSERT_EQUAL(nftw(top, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
	memcpy(top + sizeof(top) - 7, "XXXXXX", 6);
}

static bool
fits_curve(const struct cert *c, const void *arg)
{
	return c->curve == *(const enum curve *)arg;
}

/* Of each curve: CI, EUM, card; each issued by the one before. */
static void
init_chains(void)
{
	struct pki_lab	*l = fresh();
	struct pki_pair	 ci, eum, card;
	enum curve	 c;

	for (c = 0; c < CURVE_COUNT; c++) {
		CU_ASSERT_EQUAL_FATAL(pki_pair_find(l, "ci", fits_curve, &c,
		    &ci, NULL), 0);
		CU_ASSERT_EQUAL_FATAL(pki_pair_find(l, "eum", fits_curve, &c,
		    &eum, NULL), 0);
		CU_ASSERT_EQUAL_FATAL(pki_pair_find(l, "euicc", fits_curve,
		    &c, &card, NULL), 0);
		unit_same("eum", eum.cert.aki, ci.cert.ski);
		unit_same("card", card.cert.aki, eum.cert.ski);
		unit_same("name", card.cert.issuer, eum.cert.subject);
		unit_same("O", card.cert.organization,
		    eum.cert.permitted[0].organization);
		unit_same("file", slice_str(card.name),
		    card.cert.serial_number);
		CU_ASSERT_TRUE(eid_check_digits(card.name));
		CU_ASSERT_TRUE(slice_starts(card.cert.serial_number,
		    eum.cert.permitted[0].iin));
		pki_pair_free(&ci);
		pki_pair_free(&eum);
		pki_pair_free(&card);
	}
	gone(l);
}

/* DPauth and DPpb differ in nothing but what SGP.22 names; TLS is of them. */
static void
init_servers(void)
{
	static const char *const names[] = { "lab-p256", "lab-bp256" };
	struct pki_lab	*l = fresh();
	struct pki_pair	 auth, pb, tls;
	char		 sub[32];
	size_t		 i;

	CU_ASSERT_EQUAL_FATAL(pki_pair_load(l, "tls", "dp.example.com", &tls,
	    NULL), 0);
	CU_ASSERT_EQUAL(tls.cert.not_after - tls.cert.not_before,
	    398 * DAY);
	for (i = 0; i < 2; i++) {
		snprintf(sub, sizeof(sub), "dp/%s", names[i]);
		CU_ASSERT_EQUAL_FATAL(pki_pair_load(l, sub, "auth", &auth,
		    NULL), 0);
		CU_ASSERT_EQUAL_FATAL(pki_pair_load(l, sub, "pb", &pb, NULL),
		    0);
		CU_ASSERT_EQUAL(auth.cert.role, ROLE_DP_AUTH);
		CU_ASSERT_EQUAL(pb.cert.role, ROLE_DP_PB);
		unit_same("subject", pb.cert.subject, auth.cert.subject);
		unit_same("OID", pb.cert.rid, auth.cert.rid);
		unit_same("CI", pb.cert.aki, auth.cert.aki);
		CU_ASSERT_EQUAL(pb.cert.not_before, auth.cert.not_before);
		CU_ASSERT_EQUAL(pb.cert.not_after, auth.cert.not_after);
		CU_ASSERT_EQUAL(pb.cert.curve, auth.cert.curve);
		unit_same("TLS OID", tls.cert.rid, auth.cert.rid);
		unit_same("TLS O", tls.cert.organization,
		    auth.cert.organization);
		pki_pair_free(&auth);
		pki_pair_free(&pb);
	}
	pki_pair_free(&tls);
	gone(l);
}

struct told {
	size_t	n;
	char	last[EID_TEXT];
};

static void
told_made(void *arg, const char *what)
{
	struct told	*t = arg;

	t->n++;
	snprintf(t->last, sizeof(t->last), "%s", what);
}

static void
cards(void)
{
	struct pki_lab	*l = fresh();
	struct told	 t = {0};
	struct pki_want	 w = { .curve = CURVE_BP256, .count = 5,
	    .made = told_made, .arg = &t };
	struct pki_pair	 card;
	struct why	 why = {0};

	CU_ASSERT_EQUAL(pki_lab_euicc_new(l, &w, &why), 0);
	CU_ASSERT_EQUAL(t.n, 5);
	CU_ASSERT_EQUAL_FATAL(pki_pair_load(l, "euicc", t.last, &card, &why),
	    0);
	CU_ASSERT_EQUAL(card.cert.curve, CURVE_BP256);
	pki_pair_free(&card);
	w.eid = "89049032000000000000000000000123";
	CU_ASSERT_EQUAL(pki_lab_euicc_new(l, &w, &why), DPE_USAGE);
	w.count = 1;
	CU_ASSERT_EQUAL(pki_lab_euicc_new(l, &w, &why), 0);
	CU_ASSERT_STRING_EQUAL(t.last, w.eid);
	CU_ASSERT_EQUAL(pki_lab_euicc_new(l, &w, &why), DPE_EXISTS);
	w.eid = "89049033000000000000000000000120";
	CU_ASSERT_EQUAL(pki_lab_euicc_new(l, &w, &why), DPE_RANGE);
	w.eum = "lab-bp256";
	CU_ASSERT_EQUAL(pki_lab_euicc_new(l, &w, &why), DPE_RANGE);
	w.eum = "other";
	CU_ASSERT_EQUAL(pki_lab_euicc_new(l, &w, &why), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(t.n, 6);
	gone(l);
}

/* A key that is there already is neither replaced nor left without cause. */
static void
keys_stay(void)
{
	struct pki_lab	*l = fresh();
	struct pki_want	 w = { .name = "lab-p256" };
	struct pki_pair	 before, after;
	char		 path[sizeof(dir) + 32];

	CU_ASSERT_EQUAL_FATAL(pki_pair_load(l, "ci", w.name, &before, NULL),
	    0);
	CU_ASSERT_EQUAL(pki_lab_ci_new(l, &w, NULL), DPE_EXISTS);
	CU_ASSERT_EQUAL(pki_lab_renew(l, PKI_CI, &w, NULL), 0);
	/* pki_pair_load() does not compare key and certificate: we do. */
	CU_ASSERT_EQUAL_FATAL(pki_pair_load(l, "ci", w.name, &after, NULL),
	    0);
	unit_same("point", after.cert.point, before.cert.point);
	CU_ASSERT_FALSE(slice_eq(after.cert.serial, before.cert.serial));
	pki_pair_free(&before);
	pki_pair_free(&after);
	/* A certificate in the way: the new key goes again. */
	snprintf(path, sizeof(path), "%s/ci/lab-p256.key", dir);
	CU_ASSERT_EQUAL(unlink(path), 0);
	CU_ASSERT_EQUAL(pki_lab_ci_new(l, &w, NULL), DPE_EXISTS);
	CU_ASSERT_NOT_EQUAL(access(path, F_OK), 0);
	gone(l);
}

static void
hosts(void)
{
	static const struct {
		const char	*address, *host;	/* NULL: refused */
	} cases[] = {
		{ "localhost", "localhost" }, { "A.Example:1", "a.example" },
		{ "127.0.0.1:65535", "127.0.0.1" }, { "*.a.b", "*.a.b" },
		{ "", NULL }, { ":1", NULL }, { "a:", NULL },
		{ "a:123456", NULL }, { "a:1x", NULL }, { "a b", NULL },
		{ "a..b", NULL }, { ".a", NULL }, { "-a", NULL },
		{ "a/b", NULL }, { "a\nb", NULL }, { "[::1]:1", NULL }
	};
	char	 host[32], many[300];
	size_t	 i;
	int	 r;

	for (i = 0; i < NELEM(cases); i++) {
		r = pki_host(cases[i].address, host, sizeof(host), NULL);
		CU_ASSERT_EQUAL(r, cases[i].host == NULL ? DPE_RANGE : 0);
		if (r == 0 && cases[i].host != NULL)
			CU_ASSERT_STRING_EQUAL(host, cases[i].host);
	}
	memset(many, 'a', sizeof(many));
	many[32] = '\0';
	CU_ASSERT_EQUAL(pki_host(many, host, sizeof(host), NULL), DPE_RANGE);
	many[31] = '\0';
	CU_ASSERT_EQUAL(pki_host(many, host, sizeof(host), NULL), 0);
}

/* A certificate's text cannot steer the terminal it is shown on. */
static void
show_is_safe(void)
{
	struct pki_lab	*l = fresh();
	struct pki_want	 w = { .name = "odd",
	    .organization = "a\033[2J\xc2\x9b" "1m\\\xc3\xbc" };
	struct buf	 out = {0};
	char		 path[sizeof(dir) + 32];

	CU_ASSERT_EQUAL(pki_lab_ci_new(l, &w, NULL), 0);
	snprintf(path, sizeof(path), "%s/ci/odd.crt", dir);
	CU_ASSERT_EQUAL(pki_lab_show(path, &out, NULL), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&out),
	    "O=a\\x1b[2J\\xc2\\x9b1m\\x5c\xc3\xbc,"));
	CU_ASSERT_PTR_NULL(strchr(buf_cstr(&out), '\033'));
	buf_free(&out);
	gone(l);
}

/* The server's verdict over a card and its EUM, with dir as it stands now. */
static int
verdict(struct pki_lab *l, const struct pki_pair *eum,
    const struct buf *card, char eid[EID_TEXT])
{
	struct chain	 chain = {0};
	struct why	 why = {0};
	struct pki	*pki = NULL;
	int		 r;

	if ((r = pki_load(dir, l->crypto, l->now, true, &pki, &why)) != 0) {
		printf("# %s\n", why.text);
		return r;
	}
	r = chain_verify_euicc(l->crypto, pki, buf_slice(card),
	    buf_slice(&eum->der), l->now, true, &chain);
	if (r == 0 && eid != NULL)
		snprintf(eid, EID_TEXT, "%s", chain.eid);
	pubkey_free(chain.euicc);
	pki_free(pki);
	return r;
}

static void
server_accepts(void)
{
	struct pki_lab	*l = fresh();
	struct pki_pair	 eum, card;
	char		 eid[EID_TEXT];
	enum curve	 c;

	for (c = 0; c < CURVE_COUNT; c++) {
		CU_ASSERT_EQUAL_FATAL(pki_pair_find(l, "eum", fits_curve, &c,
		    &eum, NULL), 0);
		CU_ASSERT_EQUAL_FATAL(pki_pair_find(l, "euicc", fits_curve,
		    &c, &card, NULL), 0);
		CU_ASSERT_EQUAL(verdict(l, &eum, &card.der, eid), 0);
		CU_ASSERT_STRING_EQUAL(eid, card.name);
		pki_pair_free(&eum);
		pki_pair_free(&card);
	}
	gone(l);
}

/* What the issuer was not asked, the server is: O and IIN of the EUM. */
static void
server_refuses(void)
{
	static const struct issue wrong[] = {
		{ .role = ROLE_EUICC, .organization = PKI_ORG,
		    .eid = "89049033000000000000000000000120" },
		{ .role = ROLE_EUICC, .organization = "somebody else",
		    .eid = "89049032000000000000000000000123" },
		{ .role = ROLE_DP_AUTH, .organization = PKI_ORG,
		    .common_name = "a server", .rid = "2.999.10" }
	};
	struct pki_lab	*l = fresh();
	struct pki_pair	 eum;
	struct issue	 want;
	struct buf	 der = {0};
	size_t		 i;

	CU_ASSERT_EQUAL_FATAL(pki_pair_load(l, "eum", "lab-p256", &eum,
	    NULL), 0);
	for (i = 0; i < NELEM(wrong); i++) {
		want = wrong[i];
		want.not_before = l->now;
		want.not_after = l->now + DAY;
		buf_cut(&der, 0);
		CU_ASSERT_EQUAL(issue_cert(l->crypto, &want, eum.key,
		    eum.key, buf_slice(&eum.der), &der), 0);
		CU_ASSERT_EQUAL(verdict(l, &eum, &der, NULL), DPE_EUICC);
	}
	buf_free(&der);
	pki_pair_free(&eum);
	gone(l);
}

/* After every renewal the server still accepts; after revocation no more. */
static void
server_follows(void)
{
	static const enum pki_kind kinds[] = { PKI_CI, PKI_EUM, PKI_DP };
	struct pki_want	 w = { .name = "lab-bp256" };
	struct pki_lab	*l = fresh();
	enum curve	 c = CURVE_BP256;
	struct pki_pair	 eum, card;
	size_t		 i;

	CU_ASSERT_EQUAL_FATAL(pki_pair_find(l, "euicc", fits_curve, &c,
	    &card, NULL), 0);
	for (i = 0; i < NELEM(kinds); i++) {
		CU_ASSERT_EQUAL(pki_lab_renew(l, kinds[i], &w, NULL), 0);
		CU_ASSERT_EQUAL_FATAL(pki_pair_load(l, "eum", w.name, &eum,
		    NULL), 0);
		CU_ASSERT_EQUAL(verdict(l, &eum, &card.der, NULL), 0);
		pki_pair_free(&eum);
	}
	CU_ASSERT_EQUAL_FATAL(pki_pair_load(l, "eum", w.name, &eum, NULL), 0);
	w.name = NULL;
	CU_ASSERT_EQUAL(pki_lab_crl_new(l, &w, NULL), 0);
	CU_ASSERT_EQUAL(verdict(l, &eum, &card.der, NULL), 0);
	w.name = "lab-bp256";
	CU_ASSERT_EQUAL(pki_lab_revoke(l, PKI_EUM, &w, NULL), 0);
	CU_ASSERT_EQUAL(verdict(l, &eum, &card.der, NULL), DPE_EUM);
	pki_pair_free(&eum);
	pki_pair_free(&card);
	gone(l);
}

int
main(void)
{
	static const struct unit_case cases[] = {
		UNIT_CASE(init_chains), UNIT_CASE(init_servers),
		UNIT_CASE(cards), UNIT_CASE(keys_stay), UNIT_CASE(hosts),
		UNIT_CASE(show_is_safe), UNIT_CASE(server_accepts),
		UNIT_CASE(server_refuses), UNIT_CASE(server_follows),
	};

	return unit_main("pki_lab", cases, NELEM(cases));
}
