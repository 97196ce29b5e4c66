/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_forge.h"

#include <string.h>

#include "base/file.h"
#include "certs/issue.h"

#define DAY	((int64_t)86400)

/* Look in DIR/SUB/ *.key for the private key of a certificate. */
struct key_search {
	const char	*dir;
	struct slice	 point;
	struct privkey	*key;
};

static int
forge_key_try(void *arg, const char *name)
{
	struct key_search	*q = arg;
	struct buf		 path = {0};
	uint8_t			 point[POINT_LEN];
	struct privkey		*k = NULL;

	buf_addf(&path, "%s/%s", q->dir, name);
	if (privkey_load(buf_cstr(&path), &k, NULL) == 0) {
		privkey_point(k, point);
		if (slice_eq(slice_of(point, POINT_LEN), q->point)) {
			q->key = k;
			k = NULL;
		}
	}
	privkey_free(k);
	buf_free(&path);
	return q->key != NULL;
}

static int
forge_key(const char *pki_dir, const char *sub, const struct cert *of,
    struct privkey **out, struct why *why)
{
	struct key_search	 q;
	struct buf		 dir = {0};
	int			 r;

	buf_addf(&dir, "%s/%s", pki_dir, sub);
	q.dir = buf_cstr(&dir);
	q.point = of->point;
	q.key = NULL;
	if ((r = file_each(q.dir, ".key", forge_key_try, &q, why)) == 0)
		r = why_set(why, DPE_NOTFOUND,
		    "%s: no private key of the issuer, which this needs",
		    q.dir);
	else if (r > 0)
		r = 0;
	*out = q.key;
	buf_free(&dir);
	return r;
}

static int
forge_take(struct vuicc_card *card, struct buf *eum, struct buf *euicc)
{
	int	 r = 0;

	if (eum->len > 0) {
		buf_set(&card->eum_der, buf_slice(eum));
		r = cert_parse(buf_slice(&card->eum_der), &card->eum);
	}
	if (r == 0 && euicc->len > 0) {
		buf_set(&card->euicc_der, buf_slice(euicc));
		r = cert_parse(buf_slice(&card->euicc_der), &card->euicc);
	}
	return r;
}

/*
 * A new EUM with this IIN that issues the card's certificate.  With ci NULL
 * the EUM signs its own certificate under the name of the CI.
 */
static int
forge_chain(struct vuicc_card *card, const struct privkey *ci,
    struct slice ci_der, const char *iin)
{
	struct issue	 want;
	struct privkey	*key = NULL;
	struct buf	 eum = {0}, euicc = {0};
	int64_t		 now = clock_now(card->clock);
	int		 r;

	memset(&want, 0, sizeof(want));
	want.role = ROLE_EUM;
	want.organization = "Another Card Maker";
	want.common_name = "Another EUM";
	want.rid = "2.999.77";
	want.iin = iin;
	want.crl_url = "http://ci.example.com/crl";
	want.not_before = now - DAY;
	want.not_after = now + 365 * DAY;
	if ((r = privkey_generate(card->crypto, card->euicc.curve,
	    &key)) != 0 ||
	    (r = issue_cert(card->crypto, &want, key, ci == NULL ? key : ci,
	    ci_der, &eum)) != 0)
		goto out;
	want.role = ROLE_EUICC;
	want.common_name = want.rid = want.iin = want.crl_url = NULL;
	want.eid = card->eid;
	if ((r = issue_cert(card->crypto, &want, card->key, key,
	    buf_slice(&eum), &euicc)) == 0)
		r = forge_take(card, &eum, &euicc);
out:
	privkey_free(key);
	buf_free(&eum);
	buf_free(&euicc);
	return r;
}

static int
forge_expired(struct vuicc_card *card, const struct privkey *issuer,
    bool is_eum)
{
	struct buf	 eum = {0}, euicc = {0};
	int64_t		 now = clock_now(card->clock);
	int		 r;

	r = issue_renew(card->crypto,
	    buf_slice(is_eum ? &card->eum_der : &card->euicc_der), issuer,
	    now - 30 * DAY, now - DAY, is_eum ? &eum : &euicc);
	if (r == 0)
		r = forge_take(card, &eum, &euicc);
	buf_free(&eum);
	buf_free(&euicc);
	return r;
}

int
vuicc_forge(struct vuicc_card *card, const char *pki_dir, struct why *why)
{
	const struct vuicc_odds	*o = card->odds;
	const struct pki_ci	*ci;
	struct privkey		*ci_key = NULL, *eum_key = NULL;
	char			 iin[9];
	int			 r = 0;

	memcpy(iin, card->eid, 8);
	iin[8] = '\0';
	if ((ci = pki_ci_find(card->pki, card->eum.aki)) == NULL)
		return why_set(why, DPE_CI,
		    "the CI of the card's EUM is not in %s/ci", pki_dir);
	if ((vuicc_odd(o, ODD_FOREIGN_CHAIN) ||
	    vuicc_odd(o, ODD_EXPIRED_EUM)) && (r = forge_key(pki_dir, "ci",
	    &ci->cert, &ci_key, why)) != 0)
		goto out;
	if (vuicc_odd(o, ODD_EXPIRED_EUICC) && (r = forge_key(pki_dir, "eum",
	    &card->eum, &eum_key, why)) != 0)
		goto out;
	if (vuicc_odd(o, ODD_EXPIRED_EUICC))
		r = forge_expired(card, eum_key, false);
	if (r == 0 && vuicc_odd(o, ODD_EXPIRED_EUM))
		r = forge_expired(card, ci_key, true);
	if (r == 0 && vuicc_odd(o, ODD_FOREIGN_CHAIN))
		r = forge_chain(card, ci_key, buf_slice(&ci->der),
		    iin[0] == '9' ? "89999999" : "99999999");
	if (r == 0 && vuicc_odd(o, ODD_FORGED_EUM))
		r = forge_chain(card, NULL, buf_slice(&ci->der), iin);
	if (r != 0)
		why_set(why, r, "wrong certificates: %s", err_text(r));
out:
	privkey_free(ci_key);
	privkey_free(eum_key);
	return r;
}
