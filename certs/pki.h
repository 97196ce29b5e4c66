/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The PKI directory (docs/pki.md): trusted CIs, our DPauth + DPpb
 * pairs, revocation lists.  Loaded once, read-only, replaced whole on reload.
 * Private keys are not here: the signer alone opens them (certs/signer.h).
 */
#ifndef CERTS_PKI_H
#define CERTS_PKI_H

#include "base/limits.h"
#include "certs/cert.h"

struct crypto;
struct pki;

struct pki_ci {
	struct buf	der;
	struct cert	cert;
};

/* A DPauth + DPpb pair under one CI. */
struct pki_dp {
	char		name[64];	/* directory below dp/ */
	struct buf	auth_der, pb_der;
	struct cert	auth, pb;
	uint8_t		ci[20];		/* SKI of its CI */
};

/*
 * Load DIR/ci, DIR/dp and DIR/crl and check it: chains, roles, same curve, CI,
 * OID and subject in a pair, dates.  A problem with one pair is an error that
 * names the file.  need_dp false: a client's view (vuicc), dp/ may be absent.
 */
MUST_CHECK int	pki_load(const char *dir, struct crypto *c, int64_t now,
		    bool need_dp, struct pki **out, struct why *why);
void		pki_free(struct pki *p);

/* NULL when no trusted CI has this SubjectKeyIdentifier. */
const struct pki_ci	*pki_ci_find(const struct pki *p, struct slice ski);
/* The first of our pairs under this CI; NULL when there is none. */
const struct pki_dp	*pki_dp_find(const struct pki *p, struct slice ci_ski);
size_t			 pki_dp_count(const struct pki *p);
const struct pki_dp	*pki_dp_at(const struct pki *p, size_t i);
size_t			 pki_ci_count(const struct pki *p);
const struct pki_ci	*pki_ci_at(const struct pki *p, size_t i);
/* Is this certificate's serial on a list of its CI? */
bool			 pki_revoked(const struct pki *p, struct slice ci_ski,
			    struct slice serial);
/*
 * Are all lists of this CI past their nextUpdate (SGP.22 4.6: then a new one is
 * due)?  A CI without any list has none that is; neither has one whose
 * list names no time.  since, if not NULL: that nextUpdate.
 */
bool			 pki_crl_stale(const struct pki *p,
			    const struct pki_ci *ci, int64_t now,
			    int64_t *since);
/* Days until the first of our certificates expires; for status and warnings. */
int			 pki_days_left(const struct pki *p, int64_t now);

#endif
