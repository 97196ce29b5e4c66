/* SPDX-License-Identifier: Apache-2.0 */
/* The signer itself: keys, a thread a socket, a shape check, a signature. */
#include <sys/socket.h>

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/seam.h"
#include "certs/internal.h"
#include "certs/pki.h"
#include "certs/signer_wire.h"

struct keys {
	struct pki	*pki;
	struct privkey	*auth[LIM_DP], *pb[LIM_DP];
};

struct desk {			/* one socket and its thread */
	const struct keys	*keys;
	struct crypto		*crypto;
	pthread_t		 thread;
	int			 fd;
	bool			 started;
};

static int
key_load(const char *dir, const char *pair, const char *name,
    const struct cert *cert, struct privkey **out, struct why *why)
{
	uint8_t	 point[POINT_LEN];
	char	 path[1024];
	int	 r;

	snprintf(path, sizeof(path), "%s/dp/%s/%s", dir, pair, name);
	if ((r = privkey_load(path, out, why)) != 0)
		return r;
	privkey_point(*out, point);
	if (privkey_curve(*out) != cert->curve ||
	    !slice_eq(slice_of(point, sizeof(point)), cert->point))
		return why_set(why, DPE_CERT, "%s: not the key of its "
		    "certificate", path);
	return 0;
}

static void
keys_free(struct keys *k)
{
	size_t	 i;

	for (i = 0; i < LIM_DP; i++) {
		privkey_free(k->auth[i]);
		privkey_free(k->pb[i]);
	}
	pki_free(k->pki);
}

static int
keys_load(const char *dir, struct keys *k, struct why *why)
{
	const struct pki_dp	*dp;
	struct crypto		*c;
	size_t			 i;
	int			 r;

	if ((r = crypto_new(&c)) != 0)
		return why_set(why, r, "the crypto library lacks an "
		    "algorithm");
	r = pki_load(dir, c, clock_now(&clock_system), true, &k->pki, why);
	crypto_free(c);
	for (i = 0; r == 0 && i < pki_dp_count(k->pki); i++) {
		dp = pki_dp_at(k->pki, i);
		if ((r = key_load(dir, dp->name, "auth.key", &dp->auth,
		    &k->auth[i], why)) == 0)
			r = key_load(dir, dp->name, "pb.key", &dp->pb,
			    &k->pb[i], why);
	}
	return r;
}

static int
desk_sign(struct desk *d, const struct signer_request *q, size_t n,
    uint8_t sig[SIG_LEN])
{
	const struct keys	*k = d->keys;
	const struct pki_dp	*dp;
	struct slice		 data;
	size_t			 i;
	int			 r;

	if ((r = signer_request_data(q, n, &data)) != 0)
		return r;
	dp = pki_dp_find(k->pki, slice_of(q->ci, sizeof(q->ci)));
	if (dp == NULL)
		return DPE_NOTFOUND;
	i = (size_t)(dp - pki_dp_at(k->pki, 0));
	return sig_sign(d->crypto, q->role == SIGNER_DP_AUTH ? k->auth[i] :
	    k->pb[i], data, sig);
}

static void *
desk_run(void *arg)
{
	struct desk		*d = arg;
	struct signer_request	 q;
	struct signer_answer	 a;
	ssize_t			 n;

	for (;;) {
		/* With MSG_TRUNC the length is that of what was sent. */
		n = recv(d->fd, &q, sizeof(q), MSG_TRUNC);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		if ((size_t)n < sizeof(q.number))
			continue;	/* nobody to answer to */
		memset(&a, 0, sizeof(a));
		a.number = q.number;
		a.result = desk_sign(d, &q, (size_t)n, a.sig);
		if (send(d->fd, &a, sizeof(a), MSG_NOSIGNAL) == -1 &&
		    errno != EINTR)
			break;
	}
	return NULL;
}

static int
desks_run(struct desk *desks, size_t n, int ready_fd, struct why *why)
{
	size_t	 i;
	int	 r = 0;

	for (i = 0; i < n; i++)
		if (crypto_new(&desks[i].crypto) != 0)
			return why_set(why, DPE_CRYPTO, "no crypto contexts");
	for (i = 0; i < n; i++) {
		if (pthread_create(&desks[i].thread, NULL, desk_run,
		    &desks[i]) != 0) {
			r = why_set(why, DPE_IO, "cannot start thread %zu of "
			    "%zu", i + 1, n);
			break;
		}
		desks[i].started = true;
	}
	if (r == 0 && ready_fd >= 0 && write(ready_fd, "", 1) != 1)
		r = why_set(why, DPE_PEER, "nobody waits for the signer");
	for (i = 0; i < n; i++) {
		if (!desks[i].started)
			continue;
		if (r != 0)	/* not shutdown(): the parent has it too */
			pthread_cancel(desks[i].thread);
		pthread_join(desks[i].thread, NULL);
	}
	return r;
}

int
signer_serve(const char *pki_dir, const int *fds, size_t n, int ready_fd,
    struct why *why)
{
	struct keys	 keys = {0};
	struct desk	*desks = xcalloc(n, sizeof(*desks));
	size_t		 i;
	int		 r;

	if ((r = keys_load(pki_dir, &keys, why)) == 0) {
		for (i = 0; i < n; i++) {
			desks[i].keys = &keys;
			desks[i].fd = fds[i];
		}
		r = desks_run(desks, n, ready_fd, why);
	}
	for (i = 0; i < n; i++)
		crypto_free(desks[i].crypto);
	free(desks);
	keys_free(&keys);
	return r;
}
