/* SPDX-License-Identifier: Apache-2.0 */
#include "server/http/tls.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "certs/crypto.h"
#include "server/http/tls_sign.h"

#define CHAIN_MAX	4	/* leaf and sub-CAs in one file */

/*
 * TLS 1.2 with the two suites that SGP.22 demands of a server, and TLS 1.3;
 * cheapest first (measured: docs/performance.md).  X25519 before P-256, since
 * clients that know both send a share for it: for another one they would be
 * asked again.
 */
static const char priorities[] =
    "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-KX-ALL:+ECDHE-ECDSA:"
    "-GROUP-ALL:+GROUP-X25519:+GROUP-SECP256R1:+GROUP-SECP384R1:"
    "-CIPHER-ALL:+AES-128-GCM:+AES-256-GCM:+CHACHA20-POLY1305:+AES-128-CBC:"
    "-MAC-ALL:+AEAD:+SHA256:%SERVER_PRECEDENCE";

struct tls_cert {
	struct tls_cert		*next;
	gnutls_x509_crt_t	 crt[CHAIN_MAX];
	unsigned		 n;		/* of crt */
	gnutls_pcert_st		 pcert[CHAIN_MAX];
	unsigned		 n_pcert;	/* as many, when all is well */
	gnutls_privkey_t	 key;
	struct privkey		*fast;		/* what key signs with */
};

struct tls {
	const char	 *dir;
	struct tls_cert	 *certs, **tail;
	struct why	 *why;
	int64_t		  now;
};

static struct tls	*tls_in_use;

static void
tls_cert_free(struct tls_cert *c)
{
	unsigned	 i;

	for (i = 0; i < c->n; i++)
		gnutls_x509_crt_deinit(c->crt[i]);
	for (i = 0; i < c->n_pcert; i++)
		gnutls_pcert_deinit(&c->pcert[i]);
	if (c->key != NULL)
		gnutls_privkey_deinit(c->key);
	privkey_free(c->fast);
	free(c);
}

void
tls_free(struct tls *t)
{
	struct tls_cert	*c;

	if (t == NULL)
		return;
	if (tls_in_use == t)
		tls_in_use = NULL;
	while ((c = t->certs) != NULL) {
		t->certs = c->next;
		tls_cert_free(c);
	}
	free(t);
}

/* PEM or DER, told apart by content. */
static gnutls_x509_crt_fmt_t
tls_format(const struct buf *b)
{
	return b->len > 0 && b->p[0] == 0x30 ? GNUTLS_X509_FMT_DER :
	    GNUTLS_X509_FMT_PEM;
}

static gnutls_datum_t
tls_datum(const struct buf *b)
{
	gnutls_datum_t	 d = { b->p, (unsigned)b->len };

	return d;
}

static int
tls_read_crt(struct tls_cert *c, const char *path, struct why *why)
{
	struct buf	 b = {0};
	gnutls_datum_t	 d;
	unsigned	 n = CHAIN_MAX;
	int		 r, g;

	if ((r = file_read(path, LIM_PEM, &b, why)) != 0)
		return r;
	d = tls_datum(&b);
	g = gnutls_x509_crt_list_import(c->crt, &n, &d, tls_format(&b),
	    GNUTLS_X509_CRT_LIST_IMPORT_FAIL_IF_EXCEED);
	buf_free(&b);
	if (g < 0 || n == 0)
		return why_set(why, DPE_SYNTAX, "%s: %s", path,
		    g < 0 ? gnutls_strerror(g) : "no certificate");
	c->n = n;
	for (; c->n_pcert < n; c->n_pcert++)
		if ((g = gnutls_pcert_import_x509(&c->pcert[c->n_pcert],
		    c->crt[c->n_pcert], 0)) < 0)
			return why_set(why, DPE_SYNTAX, "%s: %s", path,
			    gnutls_strerror(g));
	return 0;
}

static int
tls_read_key(struct tls_cert *c, const char *path, struct why *why)
{
	struct buf	 b = {0};
	gnutls_datum_t	 d;
	int		 r, g;

	if ((r = file_read(path, LIM_PEM, &b, why)) != 0)
		return r;
	d = tls_datum(&b);
	if ((g = gnutls_privkey_init(&c->key)) == 0)
		g = gnutls_privkey_import_x509_raw(c->key, &d, tls_format(&b),
		    NULL, 0);
	buf_free(&b);
	return g == 0 ? 0 : why_set(why, DPE_SYNTAX, "%s: %s", path,
	    gnutls_strerror(g));
}

/* Does the key belong to the certificate? */
static int
tls_pair(const struct tls_cert *c, const char *path, struct why *why)
{
	unsigned char	 a[64], b[64];
	size_t		 na = sizeof(a), nb = sizeof(b);
	gnutls_pubkey_t	 pub;
	bool		 same = false;

	if (gnutls_pubkey_init(&pub) != 0)
		return DPE_CRYPTO;
	if (gnutls_pubkey_import_privkey(pub, c->key, 0, 0) == 0 &&
	    gnutls_pubkey_get_key_id(pub, 0, a, &na) == 0 &&
	    gnutls_x509_crt_get_key_id(c->crt[0], 0, b, &nb) == 0)
		same = na == nb && memcmp(a, b, na) == 0;
	gnutls_pubkey_deinit(pub);
	return same ? 0 : why_set(why, DPE_CERT,
	    "%s: is not the key of its certificate", path);
}

/*
 * OpenSSL signs in a quarter of the time.  A key on a curve that certs/ does
 * not know stays with GnuTLS.
 */
static int
tls_key_fast(struct tls_cert *c, const char *path, struct why *why)
{
	gnutls_privkey_t	 key;
	struct why		 none;

	if (privkey_load(path, &c->fast, &none) != 0)
		return 0;
	if (privkey_curve(c->fast) != CURVE_P256)
		return 0;
	if (tls_sign_key(c->fast, &key) != 0)
		return why_set(why, DPE_CRYPTO, "%s: cannot be used", path);
	gnutls_privkey_deinit(c->key);
	c->key = key;
	return 0;
}

/* No LPA goes on with one of these, so it is better to know at once. */
static int
tls_dates(const struct tls_cert *c, const char *path, int64_t now,
    struct why *why)
{
	unsigned	 i;

	for (i = 0; i < c->n; i++) {
		if (now > (int64_t)gnutls_x509_crt_get_expiration_time(
		    c->crt[i]))
			return why_set(why, DPE_CERT, "%s: expired", path);
		if (now < (int64_t)gnutls_x509_crt_get_activation_time(
		    c->crt[i]))
			return why_set(why, DPE_CERT, "%s: not valid yet",
			    path);
	}
	return 0;
}

int
tls_days_left(const struct tls *t, int64_t now)
{
	const struct tls_cert	*c;
	int64_t			 days, first = INT_MAX;
	unsigned		 i;

	for (c = t->certs; c != NULL; c = c->next)
		for (i = 0; i < c->n; i++) {
			days = ((int64_t)gnutls_x509_crt_get_expiration_time(
			    c->crt[i]) - now) / 86400;
			if (days < first)
				first = days;
		}
	return first < INT_MIN ? INT_MIN : (int)first;
}

static int
tls_load_one(void *arg, const char *name)
{
	struct tls	*t = arg;
	struct tls_cert	*c = xcalloc(1, sizeof(*c));
	struct buf	 crt = {0}, key = {0};
	int		 r;

	buf_addf(&crt, "%s/%s", t->dir, name);
	buf_addf(&key, "%s/%.*s.key", t->dir, (int)(strlen(name) - 4), name);
	if ((r = tls_read_crt(c, buf_cstr(&crt), t->why)) != 0 ||
	    (r = tls_read_key(c, buf_cstr(&key), t->why)) != 0 ||
	    (r = tls_pair(c, buf_cstr(&key), t->why)) != 0 ||
	    (r = tls_key_fast(c, buf_cstr(&key), t->why)) != 0 ||
	    (r = tls_dates(c, buf_cstr(&crt), t->now, t->why)) != 0)
		tls_cert_free(c);
	else {
		*t->tail = c;
		t->tail = &c->next;
	}
	buf_free(&crt);
	buf_free(&key);
	return r;
}

int
tls_load(const char *pki_dir, int64_t now, struct tls **out, struct why *why)
{
	struct tls	*t = xcalloc(1, sizeof(*t));
	struct buf	 dir = {0};
	int		 r;

	buf_addf(&dir, "%s/tls", pki_dir);
	t->dir = buf_cstr(&dir);
	t->tail = &t->certs;
	t->why = why;
	t->now = now;
	r = file_each(t->dir, ".crt", tls_load_one, t, why);
	if (r == 0 && t->certs == NULL)
		r = why_set(why, DPE_NOTFOUND, "%s: no TLS certificate",
		    t->dir);
	t->dir = NULL;
	t->why = NULL;
	buf_free(&dir);
	if (r != 0) {
		tls_free(t);
		t = NULL;
	}
	*out = t;
	return r;
}

/* By the name the client asked for; else the first. */
static const struct tls_cert *
tls_choose(gnutls_session_t session)
{
	const struct tls_cert	*c;
	char			 name[256];
	size_t			 n = sizeof(name) - 1;
	unsigned		 type;

	if (gnutls_server_name_get(session, name, &n, &type, 0) != 0 ||
	    type != GNUTLS_NAME_DNS)
		return tls_in_use->certs;
	name[n] = '\0';
	for (c = tls_in_use->certs; c != NULL; c = c->next)
		if (gnutls_x509_crt_check_hostname(c->crt[0], name) != 0)
			return c;
	return tls_in_use->certs;
}

static int
tls_retrieve(gnutls_session_t session, const gnutls_datum_t *cas, int n_cas,
    const gnutls_pk_algorithm_t *algos, int n_algos, gnutls_pcert_st **pcert,
    unsigned int *n, gnutls_privkey_t *key)
{
	const struct tls_cert	*c;

	(void)cas;
	(void)n_cas;
	(void)algos;
	(void)n_algos;
	if (tls_in_use == NULL)
		return -1;
	c = tls_choose(session);
	*pcert = (gnutls_pcert_st *)(uintptr_t)c->pcert;
	*n = c->n;
	*key = c->key;
	return 0;
}

void
tls_use(struct tls *t)
{
	tls_in_use = t;
}

void
tls_options(struct tls *t, struct MHD_OptionItem out[3])
{
	struct MHD_OptionItem	 end = { MHD_OPTION_END, 0, NULL };
	struct MHD_OptionItem	 cb = { MHD_OPTION_HTTPS_CERT_CALLBACK, 0,
				    (void *)(uintptr_t)tls_retrieve };
	struct MHD_OptionItem	 prio = { MHD_OPTION_HTTPS_PRIORITIES, 0,
				    (void *)(uintptr_t)priorities };

	out[0] = t == NULL ? end : cb;
	out[1] = t == NULL ? end : prio;
	out[2] = end;
}
