/* SPDX-License-Identifier: Apache-2.0 */
#include "server/listen.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <netinet/in.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BACKLOG		1024
#define BIND_TRIES	20	/* tenths of a second */
#define LISTEN_FD_FIRST	3	/* of the socket activation protocol */

/* "ADDR:PORT" or "[ADDR]:PORT" into two strings. */
static int
listen_split(const char *spec, char *host, size_t size, const char **port)
{
	const char	*colon = strrchr(spec, ':');
	size_t		 n;

	if (colon == NULL || colon[1] == '\0')
		return DPE_USAGE;
	n = (size_t)(colon - spec);
	if (n >= 2 && spec[0] == '[' && spec[n - 1] == ']') {
		spec++;
		n -= 2;
	}
	if (n == 0 || n >= size)
		return DPE_USAGE;
	memcpy(host, spec, n);
	host[n] = '\0';
	*port = colon + 1;
	return 0;
}

static int
listen_bind(const struct addrinfo *ai)
{
	int	 fd, on = 1;

	fd = socket(ai->ai_family, ai->ai_socktype | SOCK_CLOEXEC, 0);
	if (fd == -1)
		return -1;
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) == 0 &&
	    bind(fd, ai->ai_addr, ai->ai_addrlen) == 0 &&
	    listen(fd, BACKLOG) == 0)
		return fd;
	close(fd);
	return -1;
}

static int
listen_tcp(const char *spec, int *fd, struct why *why)
{
	struct addrinfo	 hints = { .ai_socktype = SOCK_STREAM,
			    .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
	struct addrinfo	*list;
	const char	*port;
	char		 host[256];
	int		 e, i;

	if (listen_split(spec, host, sizeof(host), &port) != 0)
		return why_set(why, DPE_USAGE,
		    "listen-es9 expects ADDR:PORT, not %.80s", spec);
	if ((e = getaddrinfo(host, port, &hints, &list)) != 0)
		return why_set(why, DPE_USAGE, "listen-es9 %.80s: %s", spec,
		    gai_strerror(e));
	*fd = listen_bind(list);
	/* Children of a parent that was killed may hold it for a moment. */
	for (i = 0; *fd == -1 && errno == EADDRINUSE && i < BIND_TRIES; i++) {
		usleep(100000);
		*fd = listen_bind(list);
	}
	freeaddrinfo(list);
	if (*fd == -1)
		return why_set(why, DPE_IO, "listen-es9 %.80s: %s", spec,
		    strerror(errno));
	return 0;
}

/* Group members may connect; the peer is judged again by its credentials. */
static int
permit(const char *path, const char *group, struct why *why)
{
	struct group	*gr;
	gid_t		 gid = getgid();

	if (group != NULL) {
		if ((gr = getgrnam(group)) == NULL)
			return why_set(why, DPE_NOTFOUND,
			    "admin-group %s: no such group", group);
		gid = gr->gr_gid;
	}
	if (chown(path, (uid_t)-1, gid) != 0 ||
	    chmod(path, group != NULL ? 0660 : 0600) != 0)
		return why_set(why, DPE_IO, "%s: %s", path, strerror(errno));
	return 0;
}

int
listen_permit(const struct listeners *l, const char *group, struct why *why)
{
	return l->admin_path[0] == '\0' ? 0 :
	    permit(l->admin_path, group, why);
}

static int
listen_unix(const char *path, const char *group, int *fd, struct why *why)
{
	struct sockaddr_un	 un = { .sun_family = AF_UNIX };
	int			 r;

	if (strlen(path) >= sizeof(un.sun_path))
		return why_set(why, DPE_RANGE, "%.60s...: a socket path has "
		    "at most %zu octets", path, sizeof(un.sun_path) - 1);
	memcpy(un.sun_path, path, strlen(path) + 1);
	if ((*fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) == -1)
		return why_set(why, DPE_IO, "socket: %s", strerror(errno));
	/* We hold the lock of this configuration: what is there is stale. */
	unlink(path);
	if (bind(*fd, (struct sockaddr *)&un, sizeof(un)) == -1 ||
	    listen(*fd, BACKLOG) == -1)
		r = why_set(why, DPE_IO, "%s: %s", path, strerror(errno));
	else
		r = permit(path, group, why);
	if (r != 0) {
		close(*fd);
		*fd = -1;
	}
	return r;
}

static int
listen_inherited(struct listeners *out)
{
	struct sockaddr_storage	 ss;
	const char		*pid = getenv("LISTEN_PID");
	const char		*fds = getenv("LISTEN_FDS");
	socklen_t		 len;
	int			 i, fd, n;

	if (pid == NULL || fds == NULL || atoi(pid) != (int)getpid())
		return 0;
	n = atoi(fds);
	for (i = 0; i < n && i < LISTEN_MAX; i++) {
		fd = LISTEN_FD_FIRST + i;
		len = sizeof(ss);
		if (getsockname(fd, (struct sockaddr *)&ss, &len) != 0)
			continue;
		fcntl(fd, F_SETFD, FD_CLOEXEC);
		if (ss.ss_family == AF_UNIX)
			out->admin = fd;
		else
			out->es9[out->n_es9++] = fd;
	}
	return n;
}

int
listen_open(const struct settings *s, struct listeners *out, struct why *why)
{
	size_t	 i;
	int	 r = 0;

	memset(out, 0, sizeof(*out));
	out->admin = -1;
	listen_inherited(out);
	if (out->n_es9 == 0) {
		if (s->listen_es9.n > LISTEN_MAX)
			return why_set(why, DPE_RANGE,
			    "more than %d listen-es9", LISTEN_MAX);
		for (i = 0; i < s->listen_es9.n && r == 0; i++)
			if ((r = listen_tcp(s->listen_es9.item[i],
			    &out->es9[out->n_es9], why)) == 0)
				out->n_es9++;
	}
	if (r == 0 && out->admin == -1 &&
	    (r = listen_unix(s->listen_admin + strlen("unix:"),
	    s->admin_group, &out->admin, why)) == 0)
		snprintf(out->admin_path, sizeof(out->admin_path), "%s",
		    s->listen_admin + strlen("unix:"));
	if (r != 0)
		listen_close(out);
	return r;
}

void
listen_close(struct listeners *l)
{
	size_t	 i;

	for (i = 0; i < l->n_es9; i++)
		close(l->es9[i]);
	l->n_es9 = 0;
	if (l->admin != -1)
		close(l->admin);
	l->admin = -1;
}

void
listen_name(int fd, char *out, size_t size)
{
	struct sockaddr_storage	 ss;
	socklen_t		 len = sizeof(ss);
	char			 host[64], port[8];

	if (getsockname(fd, (struct sockaddr *)&ss, &len) != 0 ||
	    getnameinfo((struct sockaddr *)&ss, len, host, sizeof(host), port,
	    sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		snprintf(out, size, "?");
	else
		snprintf(out, size, ss.ss_family == AF_INET6 ? "[%s]:%s" :
		    "%s:%s", host, port);
}
