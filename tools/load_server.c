/* SPDX-License-Identifier: Apache-2.0 */
/* The daemon as the kernel sees it: processes, CPU time, memory. */
#include <sys/socket.h>
#include <sys/un.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "server/settings.h"
#include "tools/load.h"

#define PROC_MAX	(64 * 1024)

/* settings_free() in any case. */
static int
server_settings(const char *dir, struct settings *set, struct why *why)
{
	struct buf	 path = {0};
	int		 r;

	buf_addf(&path, "%s/smdpd.conf", dir);
	r = settings_load(buf_cstr(&path), set, why);
	buf_free(&path);
	return r;
}

static int
server_socket(const char *dir, struct sockaddr_un *un, struct why *why)
{
	struct settings	 set;
	int		 r;

	if ((r = server_settings(dir, &set, why)) == 0)
		snprintf(un->sun_path, sizeof(un->sun_path), "%s",
		    set.listen_admin + strlen("unix:"));
	settings_free(&set);
	return r;
}

/* An address that means every interface is reached over the loopback. */
int
load_server_way(const char *dir, struct buf *out, struct why *why)
{
	static const char	 any4[] = "0.0.0.0:", any6[] = "[::]:";
	struct settings		 set;
	const char		*name, *at;
	int			 r;

	if ((r = server_settings(dir, &set, why)) != 0)
		goto out;
	name = set.address.item[0];
	at = set.listen_es9.item[0];
	buf_addf(out, "%s%s=", name, strchr(name, ':') == NULL ? ":443" : "");
	if (strncmp(at, any4, strlen(any4)) == 0)
		buf_addf(out, "127.0.0.1:%s", at + strlen(any4));
	else if (strncmp(at, any6, strlen(any6)) == 0)
		buf_addf(out, "[::1]:%s", at + strlen(any6));
	else
		buf_add_str(out, at);
out:
	settings_free(&set);
	return r;
}

/* Credentials of a listening socket are those of whoever listened. */
int
load_server_find(const char *dir, struct load_server *s, struct why *why)
{
	struct sockaddr_un	 un = { .sun_family = AF_UNIX };
	struct ucred		 cred;
	socklen_t		 n = sizeof(cred);
	int			 fd, r;

	if ((r = server_socket(dir, &un, why)) != 0)
		return r;
	if ((fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) == -1)
		return why_set(why, DPE_IO, "socket: %s", strerror(errno));
	if (connect(fd, (struct sockaddr *)&un, sizeof(un)) == -1 ||
	    getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &n) == -1)
		r = why_set(why, DPE_IO, "%s: %s", un.sun_path,
		    strerror(errno));
	close(fd);
	if (r == 0)
		s->parent = cred.pid;
	return r;
}

static int
proc_read(int pid, const char *what, struct buf *b, struct why *why)
{
	char	 path[80];

	buf_cut(b, 0);
	snprintf(path, sizeof(path), "/proc/%d/%s", pid, what);
	return file_read(path, PROC_MAX, b, why);
}

/*
 * By the process's own clock: what /proc says is counted by the timer's ticks
 * on many kernels, which is far off for work in slices of microseconds.
 */
static int
proc_add_cpu(int pid, struct load_server *s, struct why *why)
{
	struct timespec	 ts;
	clockid_t	 clk;

	if (clock_getcpuclockid(pid, &clk) != 0 ||
	    clock_gettime(clk, &ts) != 0)
		return why_set(why, DPE_IO, "process %d: no CPU clock", pid);
	s->cpu_us += (double)ts.tv_sec * 1e6 + (double)ts.tv_nsec / 1e3;
	return 0;
}

/* What children have used that are no more: a worker may begin anew. */
static int
proc_add_ended(int pid, struct load_server *s, struct why *why)
{
	struct buf	 b = {0};
	unsigned long	 user, sys;
	char		*p = NULL;
	int		 r;

	if ((r = proc_read(pid, "stat", &b, why)) == 0 &&
	    ((p = strrchr(buf_cstr(&b), ')')) == NULL ||
	    sscanf(p + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u "
	    "%*u %*u %lu %lu", &user, &sys) != 2))
		r = why_set(why, DPE_SYNTAX, "/proc/%d/stat: not as expected",
		    pid);
	if (r == 0)
		s->cpu_us += (double)(user + sys) * 1e6 /
		    (double)sysconf(_SC_CLK_TCK);
	buf_free(&b);
	return r;
}

static int
proc_add(int pid, struct load_server *s, struct why *why)
{
	struct buf	 b = {0};
	long		 rss = 0;
	int		 r;

	if ((r = proc_read(pid, "statm", &b, why)) != 0)
		goto out;
	if (sscanf(buf_cstr(&b), "%*u %ld", &rss) != 1) {
		r = why_set(why, DPE_SYNTAX,
		    "/proc/%d/statm: not as expected", pid);
		goto out;
	}
	s->rss_kb += rss * (sysconf(_SC_PAGESIZE) / 1024);
	r = proc_add_cpu(pid, s, why);
out:
	buf_free(&b);
	return r;
}

int
load_server_read(struct load_server *s, struct why *why)
{
	struct buf	 b = {0};
	char		 what[40], *at, *end;
	long		 pid;
	int		 r;

	s->cpu_us = 0;
	s->rss_kb = 0;
	snprintf(what, sizeof(what), "task/%d/children", s->parent);
	if ((r = proc_add(s->parent, s, why)) != 0 ||
	    (r = proc_add_ended(s->parent, s, why)) != 0 ||
	    (r = proc_read(s->parent, what, &b, why)) != 0)
		goto out;
	for (at = buf_cstr(&b); r == 0; at = end) {
		pid = strtol(at, &end, 10);
		if (end == at)
			break;
		r = proc_add((int)pid, s, why);
	}
out:
	buf_free(&b);
	return r;
}
