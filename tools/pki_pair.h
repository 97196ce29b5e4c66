/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of libpkilab share: an open directory, issuers, saving. */
#ifndef TOOLS_PKI_PAIR_H
#define TOOLS_PKI_PAIR_H

#include "certs/issue.h"
#include "tools/pki_lab.h"

#define PKI_NAME	64	/* of a file, without suffix, with its NUL */
#define PKI_ORG		"smdpd lab"
#define DAY		86400
#define DAYS_TLS	398	/* what browsers and SGP.26 allow */
#define DAYS_CRL	365

struct pki_lab {
	char		*dir;
	struct crypto	*crypto;
	int64_t		 now;
};

/* A certificate and, if it was asked for, its key. */
struct pki_pair {
	char		 name[PKI_NAME];
	struct buf	 der;
	struct cert	 cert;
	struct privkey	*key;
};

/* DPE_RANGE if it is no file name of ours: [0-9A-Za-z._-], no dot first. */
MUST_CHECK int	pki_name_check(const char *name, struct why *why);
/* "p256", "bp256": in file names and on the command line. */
const char	*pki_curve_word(enum curve c);

/* Read DIR/SUB/NAME.crt and .key. */
MUST_CHECK int	pki_pair_load(struct pki_lab *l, const char *sub,
		    const char *name, struct pki_pair *out, struct why *why);
void		pki_pair_free(struct pki_pair *p);
/*
 * The first pair of DIR/SUB, in the order of their names, that has a key file
 * and fits.  DPE_NOTFOUND.
 */
MUST_CHECK int	pki_pair_find(struct pki_lab *l, const char *sub,
		    bool (*fits)(const struct cert *c, const void *arg),
		    const void *arg, struct pki_pair *out, struct why *why);
/* The CI to issue with: w->ci, or the first of this curve. */
MUST_CHECK int	pki_ci_choose(struct pki_lab *l, const char *name,
		    enum curve curve, struct pki_pair *out, struct why *why);
/* The issuer in DIR/SUB of a certificate, by AKI and SKI. */
MUST_CHECK int	pki_issuer_find(struct pki_lab *l, const char *sub,
		    const struct cert *c, struct pki_pair *out,
		    struct why *why);

/* Write PATH.crt and PATH.key, both new. */
MUST_CHECK int	pki_pair_save(const char *path, struct slice der,
		    const struct privkey *key, struct why *why);
/* A new key and a certificate for it in DIR/SUB/NAME.crt and .key. */
MUST_CHECK int	pki_issue(struct pki_lab *l, const struct issue *want,
		    enum curve curve, const struct pki_pair *issuer,
		    const char *path, struct why *why);
/* How long a certificate of this role is good, from now on. */
void		pki_dates(const struct pki_lab *l, enum cert_role role,
		    int64_t days, int64_t *not_before, int64_t *not_after);
void		pki_made(const struct pki_want *w, const char *what);
/* The host of HOST[:PORT], in lower case. DPE_RANGE. */
MUST_CHECK int	pki_host(const char *address, char *out, size_t size,
		    struct why *why);

#endif
