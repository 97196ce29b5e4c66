/* SPDX-License-Identifier: Apache-2.0 */
#include "server/daily.h"

#include "base/hex.h"
#include "base/log.h"
#include "certs/pki.h"
#include "server/http/tls.h"

#define WARN_DAYS	60

static void
daily_expire(const char *what, int days)
{
	if (days < WARN_DAYS)
		log_warn("certificates-expire what=%s days=%d", what, days);
}

static void
daily_revoked(const struct pki *p, const struct pki_dp *dp,
    const struct cert *c, const char *file)
{
	if (pki_revoked(p, slice_of(dp->ci, sizeof(dp->ci)), c->serial))
		log_warn("certificate-revoked file=dp/%s/%s", dp->name, file);
}

static void
daily_crl(const struct pki *p, const struct pki_ci *ci, int64_t now)
{
	char	 ski[41];
	int64_t	 since;

	if (ci->cert.ski.len != 20 || !pki_crl_stale(p, ci, now, &since))
		return;
	hex_put(ski, ci->cert.ski);
	log_warn("crl-stale ci=%s days=%lld", ski,
	    (long long)((now - since) / 86400));
}

void
daily(const struct pki *p, const struct tls *t, int64_t now)
{
	const struct pki_dp	*dp;
	size_t			 i;

	daily_expire("dp", pki_days_left(p, now));
	if (t != NULL)
		daily_expire("tls", tls_days_left(t, now));
	for (i = 0; (dp = pki_dp_at(p, i)) != NULL; i++) {
		daily_revoked(p, dp, &dp->auth, "auth.crt");
		daily_revoked(p, dp, &dp->pb, "pb.crt");
	}
	for (i = 0; i < pki_ci_count(p); i++)
		daily_crl(p, pki_ci_at(p, i), now);
}
