/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Issuing in a PKI directory (layout: smdp-pki(1)).  Everything is written
 * aside and renamed; a key file is never overwritten.
 */
#ifndef TOOLS_PKI_LAB_H
#define TOOLS_PKI_LAB_H

#include "base/buf.h"
#include "certs/cert.h"

/*
 * Fill dir, which must be absent or empty: a CI, an EUM, a card and a DPauth +
 * DPpb pair per curve, and a TLS certificate for address, HOST[:PORT].
 * DPE_EXISTS when dir is not empty; nothing is left behind on failure.
 */
MUST_CHECK int	pki_lab_init(const char *dir, const char *address,
		    struct why *why);

struct pki_lab;
MUST_CHECK int	pki_lab_open(const char *dir, struct pki_lab **out,
		    struct why *why);
void		pki_lab_free(struct pki_lab *l);

/* What to issue; NULL and 0 mean the usual. */
struct pki_want {
	enum curve	 curve;
	const char	*name;		/* of the files */
	const char	*ci, *eum;	/* issuer; else the first that fits */
	const char	*organization;
	const char	*rid;		/* dotted OID */
	const char	*iin;		/* eum */
	const char	*eid;		/* euicc */
	size_t		 count;		/* euicc */
	const char	*const *hosts;	/* tls; ends with NULL */
	const char	*crl_url;	/* ci */
	int64_t		 days;		/* of validity */
	/* Told of every thing made: its path, or the EID of a card. */
	void		(*made)(void *arg, const char *what);
	void		*arg;
};

/* DPE_EXISTS, DPE_NOTFOUND (no issuer), DPE_RANGE, DPE_USAGE, DPE_IO. */
MUST_CHECK int	pki_lab_ci_new(struct pki_lab *l, const struct pki_want *w,
		    struct why *why);
MUST_CHECK int	pki_lab_eum_new(struct pki_lab *l, const struct pki_want *w,
		    struct why *why);
MUST_CHECK int	pki_lab_euicc_new(struct pki_lab *l,
		    const struct pki_want *w, struct why *why);
MUST_CHECK int	pki_lab_dp_new(struct pki_lab *l, const struct pki_want *w,
		    struct why *why);
MUST_CHECK int	pki_lab_tls_new(struct pki_lab *l, const struct pki_want *w,
		    struct why *why);
/* es2/client-NAME; es2/ca first if there is none. */
MUST_CHECK int	pki_lab_client_new(struct pki_lab *l,
		    const struct pki_want *w, struct why *why);
/* An empty list of the CI called name, or of every CI with a key. */
MUST_CHECK int	pki_lab_crl_new(struct pki_lab *l, const struct pki_want *w,
		    struct why *why);

enum pki_kind {
	PKI_CI, PKI_EUM, PKI_EUICC, PKI_DP, PKI_TLS, PKI_CLIENT, PKI_CRL
};

/* Where a kind's files stand: DIR/ci/NAME.crt, DIR/dp/NAME/auth.crt. */
void		pki_lab_path(const struct pki_lab *l, enum pki_kind kind,
		    const char *name, struct buf *out);
/* Same keys and names, new dates from now. */
MUST_CHECK int	pki_lab_renew(struct pki_lab *l, enum pki_kind kind,
		    const struct pki_want *w, struct why *why);
/* Put on its CI's list.  DPE_EXISTS when it is there, DPE_USAGE for a card. */
MUST_CHECK int	pki_lab_revoke(struct pki_lab *l, enum pki_kind kind,
		    const struct pki_want *w, struct why *why);
/* Append a view for people of a certificate's or CRL's file. */
MUST_CHECK int	pki_lab_show(const char *path, struct buf *out,
		    struct why *why);

#endif
