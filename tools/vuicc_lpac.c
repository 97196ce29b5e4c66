/* SPDX-License-Identifier: Apache-2.0 */
/* The child process and its two pipes. */
#include "tools/vuicc_lpac.h"

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/vuicc_lpa.h"

extern char	**environ;

struct lpac {
	struct vuicc_es10	 es10;
	struct vuicc_apdu	 apdu;
	const char		*name;
	pid_t			 pid;		/* 0: not started */
	int			 to, from;	/* -1: closed */
	FILE			*in, *out;
	struct why		*why;
};

static int
lpac_fault(struct lpac *l, int r, const char *what)
{
	return why_set(l->why, r, "%s: %s: %s", l->name, what,
	    strerror(errno));
}

/* Pipes of which the child gets two ends as 0 and 1, and no other. */
static int
lpac_spawn(struct lpac *l, char *const *argv, const int to[2],
    const int from[2])
{
	posix_spawn_file_actions_t	 files;
	posix_spawnattr_t		 attr;
	sigset_t			 usual;
	int				 e;

	sigemptyset(&usual);
	sigaddset(&usual, SIGINT);
	sigaddset(&usual, SIGPIPE);
	if (posix_spawn_file_actions_init(&files) != 0 ||
	    posix_spawnattr_init(&attr) != 0)
		abort();	/* out of memory */
	if ((e = posix_spawn_file_actions_adddup2(&files, to[0], 0)) == 0 &&
	    (e = posix_spawn_file_actions_adddup2(&files, from[1], 1)) == 0 &&
	    (e = posix_spawnattr_setsigdefault(&attr, &usual)) == 0 &&
	    (e = posix_spawnattr_setflags(&attr,
	    POSIX_SPAWN_SETSIGDEF)) == 0)
		e = posix_spawnp(&l->pid, argv[0], &files, &attr, argv,
		    environ);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attr);
	if (e == 0)
		return 0;
	l->pid = 0;
	errno = e;
	return lpac_fault(l, e == ENOENT ? DPE_NOTFOUND : DPE_IO,
	    "cannot be started");
}

static int
lpac_start(struct lpac *l, char *const *argv)
{
	int	 to[2], from[2], r;

	if (setenv("LPAC_APDU", "stdio", 1) == -1 ||
	    setenv("LPAC_HTTP", "curl", 0) == -1)
		return lpac_fault(l, DPE_IO, "environment");
	if (pipe2(to, O_CLOEXEC) == -1)
		return lpac_fault(l, DPE_IO, "pipe");
	if (pipe2(from, O_CLOEXEC) == -1) {
		close(to[0]);
		close(to[1]);
		return lpac_fault(l, DPE_IO, "pipe");
	}
	r = lpac_spawn(l, argv, to, from);
	close(to[0]);
	close(from[1]);
	l->to = to[1];
	l->from = from[0];
	return r;
}

/* A child that reads no more is one that ends: its status tells of it. */
static void
lpac_send(struct lpac *l, struct slice s)
{
	ssize_t	 n;

	while (s.len > 0 && l->to != -1) {
		if ((n = write(l->to, s.p, s.len)) > 0)
			s = slice_sub(s, (size_t)n, s.len);
		else if (n == -1 && errno != EINTR) {
			close(l->to);
			l->to = -1;
		}
	}
}

/*
 * One character, as lpac reads no more: the first of the user's line, n when
 * there is none.
 */
static void
lpac_ask(struct lpac *l)
{
	int	 ch, first;
	uint8_t	 answer;

	first = ch = getc(l->in);
	while (ch != EOF && ch != '\n')
		ch = getc(l->in);
	answer = (uint8_t)(first == EOF || first == '\n' ? 'n' : first);
	lpac_send(l, slice_of(&answer, 1));
}

static int
lpac_line(struct lpac *l, struct slice line)
{
	enum vuicc_lpac_kind	 kind;
	struct buf		 answer = {0};

	kind = vuicc_lpac_line(&l->apdu, line, &answer);
	if (kind == LPAC_ANSWERED) {
		if (l->es10.why.text[0] != '\0')
			fprintf(stderr, "vuicc: %s\n", l->es10.why.text);
		l->es10.why.text[0] = '\0';
		lpac_send(l, buf_slice(&answer));
		buf_free(&answer);
		return 0;
	}
	if (fwrite(line.p, 1, line.len, l->out) != line.len ||
	    putc('\n', l->out) == EOF || fflush(l->out) == EOF)
		return lpac_fault(l, DPE_IO, "standard output");
	if (kind == LPAC_ASKED)
		lpac_ask(l);
	return 0;
}

/* All whole lines of b; what is left is the beginning of the next. */
static int
lpac_lines(struct lpac *l, struct buf *b)
{
	struct slice	 rest = buf_slice(b);
	struct buf	 left = {0};
	const uint8_t	*end;
	size_t		 n;
	int		 r = 0;

	while (r == 0 && rest.len > 0 &&
	    (end = memchr(rest.p, '\n', rest.len)) != NULL) {
		n = (size_t)(end - rest.p);
		r = lpac_line(l, slice_sub(rest, 0, n));
		rest = slice_sub(rest, n + 1, rest.len);
	}
	if (r == 0 && rest.len > LPAC_LINE)
		r = why_set(l->why, DPE_RANGE, "%s: a line of more than %d "
		    "octets", l->name, LPAC_LINE);
	buf_add_slice(&left, rest);
	buf_free(b);
	*b = left;
	return r;
}

/* Until it says no more. */
static int
lpac_serve(struct lpac *l)
{
	struct buf	 b = {0};
	ssize_t		 n;
	size_t		 at;
	int		 r = 0;

	while (r == 0) {
		at = b.len;
		n = read(l->from, buf_grow(&b, 4096), 4096);
		buf_cut(&b, at + (n > 0 ? (size_t)n : 0));
		if (n == 0)
			break;
		if (n > 0)
			r = lpac_lines(l, &b);
		else if (errno != EINTR)
			r = lpac_fault(l, DPE_IO, "read");
	}
	if (r == 0 && b.len > 0)
		r = lpac_line(l, buf_slice(&b));
	buf_free(&b);
	return r;
}

/* Wait for its end; after a fault of ours it is ended. */
static int
lpac_end(struct lpac *l, int r)
{
	int	 status = 0;

	if (l->to != -1)
		close(l->to);
	if (l->from != -1)
		close(l->from);
	if (l->pid == 0)
		return r;
	if (r != 0)
		kill(l->pid, SIGTERM);
	while (waitpid(l->pid, &status, 0) == -1)
		if (errno != EINTR)
			return lpac_fault(l, DPE_IO, "wait");
	if (r != 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 0))
		return r;
	why_set(l->why, DPE_PEER, "%s: ended %s %d", l->name,
	    WIFEXITED(status) ? "with status" : "by signal",
	    WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
	return VUICC_REFUSED;
}

/*
 * SIGINT is for the child, which has a session to cancel and needs its card
 * for that.
 */
int
vuicc_lpac_run(struct vuicc_card *card, char *const *argv, FILE *in,
    FILE *out, struct why *why)
{
	struct lpac	 l;
	int		 r;

	memset(&l, 0, sizeof(l));
	l.to = l.from = -1;
	l.name = argv[0];
	l.in = in;
	l.out = out;
	l.why = why;
	vuicc_es10_init(&l.es10, card);
	vuicc_apdu_init(&l.apdu, vuicc_es10_call, &l.es10);
	signal(SIGINT, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	if ((r = lpac_start(&l, argv)) == 0)
		r = lpac_serve(&l);
	r = lpac_end(&l, r);
	vuicc_apdu_free(&l.apdu);
	vuicc_es10_free(&l.es10);
	return r;
}
