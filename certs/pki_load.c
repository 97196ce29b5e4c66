/* SPDX-License-Identifier: Apache-2.0 */
/* Read and check a PKI directory. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "certs/pki_parts.h"

#define PATH_SIZE	1024

struct load {
	struct pki	*p;
	const char	*dir;
	int64_t		 now;
	struct why	*why;
};

static int
load_cert(const char *path, struct buf *der, struct cert *out,
    struct why *why)
{
	int	 r;

	if ((r = cert_load(path, der, why)) != 0)
		return r;
	if ((r = cert_parse(buf_slice(der), out)) == DPE_UNSUPPORTED)
		return why_set(why, r, "%s: an algorithm or curve that is not "
		    "known", path);
	if (r != 0)
		return why_set(why, r, "%s: not a certificate", path);
	return 0;
}

/* What holds for every certificate here, whoever it is for. */
static int
check_any(const struct load *l, const struct cert *c, enum cert_role role,
    unsigned usage, const char *path)
{
	uint8_t	 ski[20];

	sha1(c->point, ski);
	if (!c->has_role || c->role != role)
		return why_set(l->why, DPE_CERT, "%s: its policy is not that "
		    "of its role", path);
	if ((c->key_usage & usage) == 0)
		return why_set(l->why, DPE_CERT, "%s: its keyUsage does not "
		    "allow what it is for", path);
	if (c->unknown_critical)
		return why_set(l->why, DPE_CERT, "%s: a critical extension "
		    "that is not known", path);
	if (!slice_eq(c->ski, slice_of(ski, sizeof(ski))))
		return why_set(l->why, DPE_CERT, "%s: its "
		    "SubjectKeyIdentifier is not that of its key", path);
	if (l->now < c->not_before)
		return why_set(l->why, DPE_CERT, "%s: not valid yet", path);
	if (l->now > c->not_after)
		return why_set(l->why, DPE_CERT, "%s: expired", path);
	return 0;
}

static int
check_ci(const struct load *l, const struct pki_ci *ci, const char *path,
    struct pubkey **key)
{
	const struct cert	*c = &ci->cert;
	int			 r;

	if ((r = check_any(l, c, ROLE_CI, CERT_KU_CERT_SIGN, path)) != 0)
		return r;
	if (!c->is_ca)
		return why_set(l->why, DPE_CERT, "%s: not a CA", path);
	if (pubkey_new(l->p->crypto, c->curve, c->point, key) != 0)
		return why_set(l->why, DPE_CERT, "%s: its key is not on its "
		    "curve", path);
	if (sig_verify_der(l->p->crypto, *key, c->tbs, c->signature) != 0)
		return why_set(l->why, DPE_CERT, "%s: not signed by itself",
		    path);
	return 0;
}

static int
load_ci(void *arg, const char *name)
{
	struct load	*l = arg;
	struct pki	*p = l->p;
	struct pki_ci	*ci = &p->ci[p->n_ci];
	char		 path[PATH_SIZE];
	int		 r;

	snprintf(path, sizeof(path), "%s/ci/%s", l->dir, name);
	if (p->n_ci == LIM_CI)
		return why_set(l->why, DPE_RANGE, "%s: more than %d CIs", path,
		    LIM_CI);
	p->n_ci++;
	if ((r = load_cert(path, &ci->der, &ci->cert, l->why)) != 0)
		return r;
	return check_ci(l, ci, path, &p->ci_key[p->n_ci - 1]);
}

static int
check_dp(const struct load *l, const struct cert *c, enum cert_role role,
    const char *path)
{
	const struct pki_ci	*ci;
	int			 r;

	if ((r = check_any(l, c, role, CERT_KU_DIGITAL_SIGNATURE, path)) != 0)
		return r;
	if (c->is_ca || c->rid.len == 0)
		return why_set(l->why, DPE_CERT, "%s: a CA, or without the "
		    "OID of the SM-DP+", path);
	if ((ci = pki_ci_find(l->p, c->aki)) == NULL)
		return why_set(l->why, DPE_CI, "%s: not of a CI in ci/", path);
	if (c->curve != ci->cert.curve || sig_verify_der(l->p->crypto,
	    pki_ci_key(l->p, ci), c->tbs, c->signature) != 0)
		return why_set(l->why, DPE_CERT, "%s: not signed by its CI",
		    path);
	return 0;
}

/* Both certificates of a pair differ in key, policy and serial alone. */
static int
check_pair(const struct load *l, const struct pki_dp *dp)
{
	if (!slice_eq(dp->auth.aki, dp->pb.aki))
		return why_set(l->why, DPE_CERT, "%s/dp/%s: auth.crt and "
		    "pb.crt are of different CIs", l->dir, dp->name);
	if (!slice_eq(dp->auth.rid, dp->pb.rid) ||
	    !slice_eq(dp->auth.subject, dp->pb.subject))
		return why_set(l->why, DPE_CERT, "%s/dp/%s: auth.crt and "
		    "pb.crt name different SM-DP+", l->dir, dp->name);
	return 0;
}

static int
load_dp(void *arg, const char *name)
{
	struct load	*l = arg;
	struct pki	*p = l->p;
	struct pki_dp	*dp = &p->dp[p->n_dp];
	char		 auth[PATH_SIZE], pb[PATH_SIZE];
	int		 r;

	snprintf(auth, sizeof(auth), "%s/dp/%s/auth.crt", l->dir, name);
	snprintf(pb, sizeof(pb), "%s/dp/%s/pb.crt", l->dir, name);
	if (p->n_dp == LIM_DP || strlen(name) >= sizeof(dp->name))
		return why_set(l->why, DPE_RANGE, "%s/dp/%s: more than %d "
		    "pairs, or too long a name", l->dir, name, LIM_DP);
	p->n_dp++;
	snprintf(dp->name, sizeof(dp->name), "%s", name);
	if ((r = load_cert(auth, &dp->auth_der, &dp->auth, l->why)) != 0 ||
	    (r = check_dp(l, &dp->auth, ROLE_DP_AUTH, auth)) != 0 ||
	    (r = load_cert(pb, &dp->pb_der, &dp->pb, l->why)) != 0 ||
	    (r = check_dp(l, &dp->pb, ROLE_DP_PB, pb)) != 0 ||
	    (r = check_pair(l, dp)) != 0)
		return r;
	memcpy(dp->ci, dp->auth.aki.p, sizeof(dp->ci));
	return 0;
}

static int
load_crl(void *arg, const char *name)
{
	struct load	*l = arg;
	char		 path[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/crl/%s", l->dir, name);
	return pki_crl_load(l->p, path, l->why);
}

/* fn for each name in DIR/sub; an absent folder is empty if it may be. */
static int
load_each(struct load *l, const char *sub, const char *suffix,
    int (*fn)(void *, const char *), bool may_be_absent)
{
	char	 path[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/%s", l->dir, sub);
	if (may_be_absent && access(path, F_OK) == -1 && errno == ENOENT)
		return 0;
	return file_each(path, suffix, fn, l, l->why);
}

int
pki_load(const char *dir, struct crypto *c, int64_t now, bool need_dp,
    struct pki **out, struct why *why)
{
	struct pki	*p = xcalloc(1, sizeof(*p));
	struct load	 l = { p, dir, now, why };
	int		 r;

	*out = NULL;
	pthread_mutex_init(&p->lock, NULL);
	p->crypto = c;
	p->ci = xcalloc(LIM_CI, sizeof(*p->ci));
	p->dp = xcalloc(LIM_DP, sizeof(*p->dp));
	if (strlen(dir) > PATH_SIZE / 2) {
		r = why_set(why, DPE_RANGE, "%s: too long", dir);
		goto out;
	}
	if ((r = load_each(&l, "ci", ".crt", load_ci, false)) != 0 ||
	    (r = load_each(&l, "crl", ".crl", load_crl, true)) != 0)
		goto out;
	pki_crl_sort(p);
	if (p->n_ci == 0)
		r = why_set(why, DPE_NOTFOUND, "%s/ci: no CI (*.crt)", dir);
	else if (need_dp && (r = load_each(&l, "dp", NULL, load_dp,
	    false)) == 0 && p->n_dp == 0)
		r = why_set(why, DPE_NOTFOUND, "%s/dp: no DPauth and DPpb "
		    "pair", dir);
	p->crypto = NULL;	/* it was lent */
	if (r == 0) {
		*out = p;
		p = NULL;
	}
out:
	pki_free(p);
	return r;
}
