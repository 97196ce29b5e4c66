/* SPDX-License-Identifier: Apache-2.0 */
/* The worker's side of the signer. */
#include "certs/signer.h"

#include <sys/socket.h>
#include <sys/time.h>

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/seam.h"
#include "certs/signer_wire.h"

#define TRIES		5
#define TRY_MS		1000

struct signer {
	int		 fd;
	uint64_t	 number;
};

struct signer *
signer_new(int fd)
{
	static const struct timeval	 patience = { TRY_MS / 1000, 0 };
	struct signer			*s = xcalloc(1, sizeof(*s));

	s->fd = fd;
	/* One call that waits costs less than asking, waiting and asking. */
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
	    sizeof(patience));
	/* Not where a worker before this one began: its answers may come. */
	rnd_fill(&rnd_system, &s->number, sizeof(s->number));
	return s;
}

void
signer_free(struct signer *s)
{
	if (s == NULL)
		return;
	close(s->fd);
	free(s);
}

static int64_t
now_ms(void)
{
	struct timespec	 t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Wait until it can be sent to. DPE_BUSY when the time is over. */
static int
signer_wait(const struct signer *s, int64_t until)
{
	struct pollfd	 p = { s->fd, POLLOUT, 0 };
	int64_t		 left;
	int		 n;

	for (;;) {
		if ((left = until - now_ms()) <= 0)
			return DPE_BUSY;
		n = poll(&p, 1, (int)left);
		if (n > 0)
			return 0;	/* an error shows at the next call */
		if (n == -1 && errno != EINTR)
			return DPE_IO;
	}
}

static int
signer_send(const struct signer *s, const struct signer_request *q, size_t n,
    int64_t until)
{
	int	 r;

	for (;;) {
		if (send(s->fd, q, n, MSG_NOSIGNAL | MSG_DONTWAIT) ==
		    (ssize_t)n)
			return 0;
		if (errno == EAGAIN || errno == EWOULDBLOCK) {
			if ((r = signer_wait(s, until)) != 0)
				return r;
		} else if (errno != EINTR)
			return DPE_PEER;
	}
}

/* The answer to this number; others are stale. */
static int
signer_receive(const struct signer *s, uint64_t number,
    struct signer_answer *a, int64_t until)
{
	ssize_t	 n;

	do {
		n = recv(s->fd, a, sizeof(*a), 0);
		if (n == (ssize_t)sizeof(*a) && a->number == number)
			return 0;
		if (n == 0)
			return DPE_PEER;
		if (n < 0 && errno != EINTR && errno != EAGAIN &&
		    errno != EWOULDBLOCK)
			return DPE_PEER;
	} while (now_ms() < until);
	return DPE_BUSY;
}

int
signer_sign(struct signer *s, enum signer_role role, const uint8_t ci[20],
    struct slice data, uint8_t out[SIG_LEN])
{
	struct signer_request	 q;
	struct signer_answer	 a;
	int64_t			 until;
	int			 i, r;

	if (data.len < 1 || data.len > SIGNER_DATA)
		return DPE_USAGE;
	q.number = ++s->number;
	q.role = (uint32_t)role;
	memcpy(q.ci, ci, sizeof(q.ci));
	memcpy(q.data, data.p, data.len);
	for (r = DPE_BUSY, i = 0; i < TRIES && r == DPE_BUSY; i++) {
		until = now_ms() + TRY_MS;
		if ((r = signer_send(s, &q, SIGNER_HEAD + data.len,
		    until)) == 0)
			r = signer_receive(s, q.number, &a, until);
	}
	if (r != 0)
		return r == DPE_BUSY ? DPE_PEER : r;
	memcpy(out, a.sig, SIG_LEN);
	return a.result;
}
