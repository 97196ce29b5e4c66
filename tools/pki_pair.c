/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/pki_pair.h"

#include <sys/stat.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/seam.h"

/* The end of the eUICCs of SGP.26: 7496-01-24 09:48:58 UTC. */
#define FAR_FUTURE	INT64_C(174385734538)

int
pki_lab_open(const char *dir, struct pki_lab **out, struct why *why)
{
	struct pki_lab	*l;
	struct stat	 st;

	*out = NULL;
	if (stat(dir, &st) != 0)
		return why_set(why, DPE_NOTFOUND, "%s: %s", dir,
		    strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return why_set(why, DPE_RANGE, "%s: not a directory", dir);
	l = xcalloc(1, sizeof(*l));
	if (crypto_new(&l->crypto) != 0) {
		free(l);
		return why_set(why, DPE_CRYPTO, "the crypto library does not "
		    "start");
	}
	l->dir = xstrdup(dir);
	l->now = clock_now(&clock_system);
	*out = l;
	return 0;
}

void
pki_lab_free(struct pki_lab *l)
{
	if (l == NULL)
		return;
	crypto_free(l->crypto);
	free(l->dir);
	free(l);
}

int
pki_name_check(const char *name, struct why *why)
{
	static const char	 set[] = "0123456789-._"
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

	if (name == NULL || name[0] == '\0')
		return why_set(why, DPE_USAGE, "a name is needed");
	if (name[0] == '.' || name[0] == '-' || strlen(name) >= PKI_NAME ||
	    name[strspn(name, set)] != '\0')
		return why_set(why, DPE_RANGE, "%.80s: not a name (letters, "
		    "digits, . _ -; at most %d)", name, PKI_NAME - 1);
	return 0;
}

const char *
pki_curve_word(enum curve c)
{
	return c == CURVE_BP256 ? "bp256" : "p256";
}

void
pki_pair_free(struct pki_pair *p)
{
	buf_free(&p->der);
	privkey_free(p->key);
	memset(p, 0, sizeof(*p));
}

static int
pair_load_cert(const char *path, struct pki_pair *out, struct why *why)
{
	int	 r;

	if ((r = cert_load(path, &out->der, why)) != 0)
		return r;
	if ((r = cert_parse(buf_slice(&out->der), &out->cert)) != 0)
		return why_set(why, r, "%s: not a certificate of ours: %s",
		    path, err_text(r));
	return 0;
}

int
pki_pair_load(struct pki_lab *l, const char *sub, const char *name,
    struct pki_pair *out, struct why *why)
{
	struct buf	 path = {0};
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = pki_name_check(name, why)) != 0)
		return r;
	snprintf(out->name, sizeof(out->name), "%s", name);
	buf_addf(&path, "%s/%s/%s.crt", l->dir, sub, name);
	if ((r = pair_load_cert(buf_cstr(&path), out, why)) == 0) {
		buf_cut(&path, path.len - 3);
		buf_add_str(&path, "key");
		r = privkey_load(buf_cstr(&path), &out->key, why);
	}
	buf_free(&path);
	if (r != 0)
		pki_pair_free(out);
	return r;
}

struct search {
	struct pki_lab	*l;
	const char	*sub;
	bool		(*fits)(const struct cert *c, const void *arg);
	const void	*arg;
	struct pki_pair	*out;
	struct why	*why;
};

/* file_each: 1 ends it, found. */
static int
search_one(void *arg, const char *file)
{
	struct search	*s = arg;
	struct pki_pair	 p = {0};
	struct buf	 path = {0};
	char		 name[PKI_NAME];
	int		 r = 0, n = (int)strlen(file) - 4;

	if (n < 1 || n >= PKI_NAME)
		return 0;
	snprintf(name, sizeof(name), "%.*s", n, file);
	buf_addf(&path, "%s/%s/%s.key", s->l->dir, s->sub, name);
	if (access(buf_cstr(&path), F_OK) != 0)
		goto out;
	buf_cut(&path, path.len - 3);
	buf_add_str(&path, "crt");
	if ((r = pair_load_cert(buf_cstr(&path), &p, s->why)) != 0)
		goto out;
	if (s->fits(&p.cert, s->arg))
		r = pki_pair_load(s->l, s->sub, name, s->out, s->why) == 0 ?
		    1 : DPE_CERT;
out:
	pki_pair_free(&p);
	buf_free(&path);
	return r;
}

int
pki_pair_find(struct pki_lab *l, const char *sub,
    bool (*fits)(const struct cert *c, const void *arg), const void *arg,
    struct pki_pair *out, struct why *why)
{
	struct search	 s = { l, sub, fits, arg, out, why };
	struct buf	 dir = {0};
	int		 r;

	memset(out, 0, sizeof(*out));
	buf_addf(&dir, "%s/%s", l->dir, sub);
	r = file_each(buf_cstr(&dir), ".crt", search_one, &s, why);
	if (r == 1)
		r = 0;
	else if (r == 0)
		r = why_set(why, DPE_NOTFOUND,
		    "%s: no certificate with a key that fits",
		    buf_cstr(&dir));
	buf_free(&dir);
	return r;
}

static bool
fits_curve(const struct cert *c, const void *arg)
{
	return c->curve == *(const enum curve *)arg;
}

int
pki_ci_choose(struct pki_lab *l, const char *name, enum curve curve,
    struct pki_pair *out, struct why *why)
{
	int	 r;

	if (name != NULL)
		return pki_pair_load(l, "ci", name, out, why);
	r = pki_pair_find(l, "ci", fits_curve, &curve, out, why);
	if (r == DPE_NOTFOUND)
		why_set(why, r, "%s/ci: no CI for %s with a key", l->dir,
		    curve_name(curve));
	return r;
}

static bool
fits_ski(const struct cert *c, const void *arg)
{
	return slice_eq(c->ski, *(const struct slice *)arg);
}

int
pki_issuer_find(struct pki_lab *l, const char *sub, const struct cert *c,
    struct pki_pair *out, struct why *why)
{
	struct slice	 ski = c->aki.len > 0 ? c->aki : c->ski;
	int		 r;

	r = pki_pair_find(l, sub, fits_ski, &ski, out, why);
	if (r == DPE_NOTFOUND)
		why_set(why, r, "%s/%s: the issuer is not here, or not its "
		    "key", l->dir, sub);
	return r;
}

int
pki_pair_save(const char *path, struct slice der, const struct privkey *key,
    struct why *why)
{
	struct buf	 file = {0}, text = {0};
	int		 r;

	buf_addf(&file, "%s.key", path);
	if ((r = privkey_pem(key, &text)) != 0) {
		why_set(why, r, "%s: %s", buf_cstr(&file), err_text(r));
		goto out;
	}
	if ((r = file_write(buf_cstr(&file), buf_slice(&text), 0600, true,
	    why)) != 0)
		goto out;
	buf_cut(&text, 0);
	issue_pem(der, "CERTIFICATE", &text);
	buf_cut(&file, 0);
	buf_addf(&file, "%s.crt", path);
	r = file_write(buf_cstr(&file), buf_slice(&text), 0644, true, why);
	if (r != 0) {
		buf_cut(&file, file.len - 3);
		buf_add_str(&file, "key");
		unlink(buf_cstr(&file));
	}
out:
	buf_free(&file);
	buf_free(&text);
	return r;
}

int
pki_issue(struct pki_lab *l, const struct issue *want, enum curve curve,
    const struct pki_pair *issuer, const char *path, struct why *why)
{
	struct privkey	*key = NULL;
	struct buf	 der = {0};
	int		 r;

	if ((r = privkey_generate(l->crypto, curve, &key)) != 0 ||
	    (r = issue_cert(l->crypto, want, key, issuer == NULL ? NULL :
	    issuer->key, issuer == NULL ? slice_of(NULL, 0) :
	    buf_slice(&issuer->der), &der)) != 0)
		why_set(why, r, "%s: cannot be issued: %s", path,
		    err_text(r));
	else
		r = pki_pair_save(path, buf_slice(&der), key, why);
	privkey_free(key);
	buf_free(&der);
	return r;
}

void
pki_dates(const struct pki_lab *l, enum cert_role role, int64_t days,
    int64_t *not_before, int64_t *not_after)
{
	static const int	 usual[] = {
		[ROLE_CI] = 35 * 365, [ROLE_EUM] = 34 * 365,
		[ROLE_DP_TLS] = DAYS_TLS, [ROLE_DP_AUTH] = 10 * 365,
		[ROLE_DP_PB] = 10 * 365, [ROLE_DS_TLS] = DAYS_TLS,
		[ROLE_DS_AUTH] = 10 * 365, [ROLE_NONE] = DAYS_TLS
	};

	/* Clocks differ: good an hour ago as well. */
	*not_before = l->now - 3600;
	if (days > 0)
		*not_after = *not_before + days * DAY;
	else if (role == ROLE_EUICC)
		*not_after = FAR_FUTURE;
	else
		*not_after = *not_before + (int64_t)usual[role] * DAY;
}

void
pki_made(const struct pki_want *w, const char *what)
{
	if (w->made != NULL)
		w->made(w->arg, what);
}

int
pki_host(const char *address, char *out, size_t size, struct why *why)
{
	static const char	 set[] = "0123456789-.*"
	    "abcdefghijklmnopqrstuvwxyz";
	size_t			 n = strcspn(address, ":"), i, port;

	port = address[n] == ':' ? strspn(address + n + 1, "0123456789") : 0;
	for (i = 0; i < n && n < size && n <= LIM_HOST; i++)
		out[i] = address[i] >= 'A' && address[i] <= 'Z' ?
		    (char)(address[i] - 'A' + 'a') : address[i];
	if (i == n && i < size)
		out[i] = '\0';
	if (n == 0 || i < n || i >= size || out[strspn(out, set)] != '\0' ||
	    out[0] == '.' || out[0] == '-' || strstr(out, "..") != NULL ||
	    (address[n] == ':' && (port < 1 || port > 5 ||
	    address[n + 1 + port] != '\0')))
		return why_set(why, DPE_RANGE, "%.80s: not a HOST[:PORT]",
		    address);
	return 0;
}
