/* SPDX-License-Identifier: Apache-2.0 */
/* New CIs, EUMs, DPauth + DPpb pairs, TLS and client certificates. */
#include "tools/pki_pair.h"

#include <arpa/inet.h>
#include <sys/stat.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"

#define RID_CI	"2.999.1"
#define RID_EUM	"2.999.5"
#define RID_DP	"2.999.10"
#define IIN_LAB	"89049032"

static const char *
or_usual(const char *given, const char *usual)
{
	return given != NULL ? given : usual;
}

/* The name wanted, or lab-CURVE. */
static int
lab_name(const struct pki_want *w, enum curve curve, char out[PKI_NAME],
    struct why *why)
{
	int	 r;

	if (w->name != NULL && (r = pki_name_check(w->name, why)) != 0)
		return r;
	if (w->name != NULL)
		snprintf(out, PKI_NAME, "%s", w->name);
	else
		snprintf(out, PKI_NAME, "lab-%s", pki_curve_word(curve));
	return 0;
}

/* DIR/SUB, made if it is not there, and the path of NAME in it. */
static int
lab_path(struct pki_lab *l, const char *sub, const char *name,
    struct buf *path, struct why *why)
{
	int	 r;

	buf_addf(path, "%s/%s", l->dir, sub);
	if ((r = file_mkdir(buf_cstr(path), 0755, why)) == 0)
		buf_addf(path, "/%s", name);
	return r;
}

static void
made_pair(const struct pki_want *w, struct buf *path)
{
	buf_add_str(path, ".crt");
	pki_made(w, buf_cstr(path));
}

int
pki_lab_ci_new(struct pki_lab *l, const struct pki_want *w, struct why *why)
{
	struct issue	 want = { .role = ROLE_CI };
	struct buf	 path = {0};
	char		 name[PKI_NAME], cn[PKI_NAME + 8], url[160];
	int		 r;

	if ((r = lab_name(w, w->curve, name, why)) != 0 ||
	    (r = lab_path(l, "ci", name, &path, why)) != 0)
		goto out;
	snprintf(cn, sizeof(cn), "CI %s", name);
	snprintf(url, sizeof(url), "http://localhost/crl/%s.crl", name);
	want.organization = or_usual(w->organization, PKI_ORG);
	want.common_name = cn;
	want.rid = or_usual(w->rid, RID_CI);
	want.crl_url = or_usual(w->crl_url, url);
	pki_dates(l, ROLE_CI, w->days, &want.not_before, &want.not_after);
	r = pki_issue(l, &want, w->curve, NULL, buf_cstr(&path), why);
	if (r == 0)
		made_pair(w, &path);
out:
	buf_free(&path);
	return r;
}

static int
iin_check(const char *iin, struct why *why)
{
	size_t	 n = strlen(iin);

	if (n != 8 || strspn(iin, "0123456789") != n)
		return why_set(why, DPE_RANGE,
		    "%.40s: an IIN has 8 digits, the first of every EID",
		    iin);
	return 0;
}

int
pki_lab_eum_new(struct pki_lab *l, const struct pki_want *w, struct why *why)
{
	struct issue	 want = { .role = ROLE_EUM };
	struct pki_pair	 ci = {0};
	struct buf	 path = {0};
	char		 name[PKI_NAME], cn[PKI_NAME + 8];
	int		 r;

	want.iin = or_usual(w->iin, IIN_LAB);
	if ((r = iin_check(want.iin, why)) != 0 ||
	    (r = pki_ci_choose(l, w->ci, w->curve, &ci, why)) != 0 ||
	    (r = lab_name(w, ci.cert.curve, name, why)) != 0 ||
	    (r = lab_path(l, "eum", name, &path, why)) != 0)
		goto out;
	/* A card finds its EUM by name: it must be the only one. */
	snprintf(cn, sizeof(cn), "EUM %s", name);
	want.organization = or_usual(w->organization, PKI_ORG);
	want.common_name = cn;
	want.rid = or_usual(w->rid, RID_EUM);
	pki_dates(l, ROLE_EUM, w->days, &want.not_before, &want.not_after);
	/* A chain has one curve (4.5.2): the CI's. */
	r = pki_issue(l, &want, ci.cert.curve, &ci, buf_cstr(&path), why);
	if (r == 0)
		made_pair(w, &path);
out:
	pki_pair_free(&ci);
	buf_free(&path);
	return r;
}

/* Both pairs of files into the directory at path. */
static int
dp_fill(struct pki_lab *l, struct issue *want, const struct pki_pair *ci,
    const char *dir, struct why *why)
{
	static const struct {
		enum cert_role	 role;
		const char	*file;
	} two[] = { { ROLE_DP_AUTH, "auth" }, { ROLE_DP_PB, "pb" } };
	struct buf	 path = {0};
	size_t		 i;
	int		 r = 0;

	for (i = 0; r == 0 && i < 2; i++) {
		want->role = two[i].role;
		buf_cut(&path, 0);
		buf_addf(&path, "%s/%s", dir, two[i].file);
		r = pki_issue(l, want, ci->cert.curve, ci, buf_cstr(&path),
		    why);
	}
	buf_free(&path);
	return r;
}

/* Remove what dp_fill() made. */
static void
dp_undo(const char *dir)
{
	static const char *const files[] = { "auth.crt", "auth.key", "pb.crt",
	    "pb.key" };
	struct buf	 path = {0};
	size_t		 i;

	for (i = 0; i < NELEM(files); i++) {
		buf_cut(&path, 0);
		buf_addf(&path, "%s/%s", dir, files[i]);
		unlink(buf_cstr(&path));
	}
	rmdir(dir);
	buf_free(&path);
}

/* The whole directory aside, then its name. */
static int
dp_save(struct pki_lab *l, struct issue *want, const struct pki_pair *ci,
    const char *path, struct why *why)
{
	char	*aside;
	int	 r;

	aside = xmalloc(strlen(path) + 8);
	/* A dot first: whoever reads dp/ meanwhile does not see it. */
	sprintf(aside, "%.*s.XXXXXX", (int)(strrchr(path, '/') + 1 - path),
	    path);
	if (mkdtemp(aside) == NULL) {
		r = why_set(why, DPE_IO, "%s: %s", path, strerror(errno));
		free(aside);
		return r;
	}
	r = dp_fill(l, want, ci, aside, why);
	if (r == 0 && (chmod(aside, 0755) != 0 || rename(aside, path) != 0)) {
		r = errno == ENOTEMPTY || errno == EEXIST ? DPE_EXISTS :
		    DPE_IO;
		why_set(why, r, "%s: %s", path, r == DPE_EXISTS ?
		    err_text(r) : strerror(errno));
	}
	if (r != 0)
		dp_undo(aside);
	free(aside);
	return r;
}

int
pki_lab_dp_new(struct pki_lab *l, const struct pki_want *w, struct why *why)
{
	struct issue	 want = {0};
	struct pki_pair	 ci = {0};
	struct buf	 path = {0};
	char		 name[PKI_NAME], cn[PKI_NAME + 8];
	int		 r;

	if ((r = pki_ci_choose(l, w->ci, w->curve, &ci, why)) != 0 ||
	    (r = lab_name(w, ci.cert.curve, name, why)) != 0 ||
	    (r = lab_path(l, "dp", name, &path, why)) != 0)
		goto out;
	snprintf(cn, sizeof(cn), "SM-DP+ %s", name);
	want.organization = or_usual(w->organization, PKI_ORG);
	want.common_name = cn;
	want.rid = or_usual(w->rid, RID_DP);
	pki_dates(l, ROLE_DP_AUTH, w->days, &want.not_before,
	    &want.not_after);
	if ((r = dp_save(l, &want, &ci, buf_cstr(&path), why)) == 0)
		pki_made(w, buf_cstr(&path));
out:
	pki_pair_free(&ci);
	buf_free(&path);
	return r;
}

/* Split hosts into what the certificate calls them by. */
static int
tls_hosts(const struct pki_want *w, struct issue *want, const char **names,
    size_t max, struct why *why)
{
	struct in_addr	 v4;
	size_t		 n = 0;
	const char	*const *h;
	char		 host[LIM_HOST + 1];
	int		 r;

	for (h = w->hosts; h != NULL && *h != NULL; h++) {
		if ((r = pki_host(*h, host, sizeof(host), why)) != 0)
			return r;
		if (strcmp(host, *h) != 0)
			return why_set(why, DPE_RANGE, "%s: a host name in "
			    "lower case, without port", *h);
		if (inet_pton(AF_INET, *h, &v4) == 1)
			want->ip = *h;
		else if (n + 1 < max)
			names[n++] = *h;
		else
			return why_set(why, DPE_RANGE,
			    "%s: more host names than %zu", *h, max - 1);
	}
	if (n == 0)
		return why_set(why, DPE_USAGE,
		    "a TLS certificate needs a host name");
	names[n] = NULL;
	want->dns = names[0];
	want->dns_more = names + 1;
	/* One of them is the CN, which holds 64 characters. */
	for (; n > 1 && strlen(*names) > 64; n--)
		names++;
	want->common_name = *names;
	return 0;
}

/* The first host, but for the star of a wildcard. */
static void
tls_name(const struct pki_want *w, char out[PKI_NAME])
{
	if (w->name != NULL)
		snprintf(out, PKI_NAME, "%.*s", PKI_NAME - 1, w->name);
	else
		snprintf(out, PKI_NAME, "%.*s", PKI_NAME - 1, w->hosts[0]);
	if (out[0] == '*')
		out[0] = '_';
}

int
pki_lab_tls_new(struct pki_lab *l, const struct pki_want *w, struct why *why)
{
	struct issue	 want = { .role = ROLE_DP_TLS };
	struct pki_pair	 ci = {0};
	struct buf	 path = {0};
	const char	*names[16];
	char		 name[PKI_NAME];
	int		 r;

	if ((r = tls_hosts(w, &want, names, 16, why)) != 0)
		return r;
	tls_name(w, name);
	if ((r = pki_name_check(name, why)) != 0 ||
	    (r = pki_ci_choose(l, w->ci, CURVE_P256, &ci, why)) != 0 ||
	    (r = lab_path(l, "tls", name, &path, why)) != 0)
		goto out;
	want.organization = or_usual(w->organization, PKI_ORG);
	want.rid = or_usual(w->rid, RID_DP);
	pki_dates(l, ROLE_DP_TLS, w->days, &want.not_before, &want.not_after);
	/* GnuTLS has no brainpool, whatever the CI's curve. */
	r = pki_issue(l, &want, CURVE_P256, &ci, buf_cstr(&path), why);
	if (r == 0)
		made_pair(w, &path);
out:
	pki_pair_free(&ci);
	buf_free(&path);
	return r;
}

/* The CA of clients, made when it is first needed. */
static int
client_ca(struct pki_lab *l, struct pki_pair *out, struct why *why)
{
	struct issue	 want = { .role = ROLE_NONE, .organization = PKI_ORG,
	    .common_name = "ES2+ client CA" };
	struct buf	 path = {0};
	int		 r;

	if ((r = lab_path(l, "es2", "ca", &path, why)) != 0)
		goto out;
	buf_add_str(&path, ".crt");
	r = access(buf_cstr(&path), F_OK);
	buf_cut(&path, path.len - 4);
	if (r != 0) {
		pki_dates(l, ROLE_CI, 0, &want.not_before, &want.not_after);
		r = pki_issue(l, &want, CURVE_P256, NULL, buf_cstr(&path),
		    why);
	}
	if (r == 0)
		r = pki_pair_load(l, "es2", "ca", out, why);
out:
	buf_free(&path);
	return r;
}

int
pki_lab_client_new(struct pki_lab *l, const struct pki_want *w,
    struct why *why)
{
	struct issue	 want = { .role = ROLE_NONE };
	struct pki_pair	 ca = {0};
	struct buf	 path = {0};
	int		 r;

	if ((r = pki_name_check(w->name, why)) != 0 ||
	    (r = client_ca(l, &ca, why)) != 0)
		return r;
	pki_lab_path(l, PKI_CLIENT, w->name, &path);
	want.organization = or_usual(w->organization, PKI_ORG);
	want.common_name = w->name;
	pki_dates(l, ROLE_NONE, w->days, &want.not_before, &want.not_after);
	r = pki_issue(l, &want, CURVE_P256, &ca, buf_cstr(&path), why);
	if (r == 0)
		made_pair(w, &path);
	pki_pair_free(&ca);
	buf_free(&path);
	return r;
}
