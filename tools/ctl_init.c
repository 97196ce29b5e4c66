/* SPDX-License-Identifier: Apache-2.0 */
/* `smdpctl init`: a lab directory, whole or not at all. */
#include <sys/stat.h>

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/seam.h"
#include "certs/seal.h"
#include "db/store.h"
#include "server/settings_bad.h"
#include "tools/ctl.h"
#include "tools/ctl_print.h"
#include "tools/pki_lab.h"
#include "tools/pki_pair.h"

#define SOCKET_MAX	107	/* bytes of a socket's path */

static const struct ctl_opt	init_opts[] = {
	{ "dir", 0, CTL_TEXT, NULL, true, "D",
	    "the directory to make (or -d D)" },
	{ "address", 0, CTL_TEXT, NULL, true, "HOST[:PORT]",
	    "what phones connect to (required)" },
	{ "listen", 0, CTL_TEXT, NULL, true, "ADDR:PORT",
	    "where the server listens (0.0.0.0 and that port)" },
	{ NULL, 0, CTL_TEXT, NULL, false, NULL, NULL }
};

struct init {
	const char	*dir, *address;
	char		 listen[LIM_HOST + 16];
	char		 full[PATH_MAX];	/* of dir */
	bool		 made;			/* dir itself */
};

static int
init_address(struct init *in)
{
	const char	*colon = strchr(in->address, ':'), *port = "443";
	char		 host[LIM_HOST + 1];
	struct why	 why;

	if (colon != NULL)
		port = colon + 1;
	if (bad_address(in->address) != NULL ||
	    pki_host(in->address, host, sizeof(host), &why) != 0)
		return ctl_say(CTL_USAGE, "--address %s: HOST or HOST:PORT is "
		    "needed", in->address);
	if (in->listen[0] == '\0')
		snprintf(in->listen, sizeof(in->listen), "0.0.0.0:%s", port);
	return CTL_DONE;
}

static int
init_listen(struct init *in, const char *text)
{
	const char	*bad;

	if (text == NULL)
		return CTL_DONE;
	if ((bad = bad_listen(text)) != NULL)
		return ctl_say(CTL_USAGE, "--listen %s: %s; ADDR:PORT is "
		    "needed", text, bad);
	snprintf(in->listen, sizeof(in->listen), "%s", text);
	return CTL_DONE;
}

static int
name_seen(void *arg, const char *name)
{
	(void)name;
	*(bool *)arg = true;
	return 1;
}

static int
init_dir(struct init *in, struct why *why)
{
	bool	 full = false;
	int	 r;

	if (mkdir(in->dir, 0700) == 0)
		in->made = true;
	else if (errno != EEXIST)
		return why_set(why, errno == ENOENT ? DPE_NOTFOUND : DPE_IO,
		    "%s: %s", in->dir, strerror(errno));
	else if ((r = file_each(in->dir, NULL, name_seen, &full, why)) < 0)
		return r;
	if (full)
		return why_set(why, DPE_EXISTS, "%s: is not empty", in->dir);
	if (realpath(in->dir, in->full) == NULL)
		return why_set(why, DPE_IO, "%s: %s", in->dir,
		    strerror(errno));
	return 0;
}

/* In the directory, or, where that path is too long, in the run directory. */
static void
init_socket(const struct init *in, struct buf *out)
{
	const char	*run = getenv("XDG_RUNTIME_DIR");
	char		 name[9];

	if (strlen(in->full) + strlen("/admin.sock") <= SOCKET_MAX) {
		buf_add_str(out, "admin.sock");
		return;
	}
	if (geteuid() == 0)
		run = "/run";
	else if (run == NULL || strlen(run) > SOCKET_MAX - 24)
		run = "/tmp";
	rnd_chars(&rnd_system, "0123456789abcdef", name, 8);
	buf_addf(out, "%s/smdpd-%s.sock", run, name);
}

static void
init_conf(const struct init *in, struct buf *out)
{
	buf_addf(out,
	    "# smdpd.conf, made by `smdpctl init`.  `smdpd -T -f FILE` "
	    "prints all keywords.\n"
	    "# Paths that do not begin with / are taken from this file's "
	    "folder.\n\n"
	    "# The name that phones are given in activation codes.  More "
	    "names: more lines.\n"
	    "address %s\n\n"
	    "# Where the server waits for phones (HTTPS).\n"
	    "listen-es9 %s\n\n"
	    "# Where it waits for smdpctl.\n"
	    "listen-admin unix:", in->address, in->listen);
	init_socket(in, out);
	buf_add_str(out, "\n\n"
	    "# Certificates and keys; see smdp-pki(1).\n"
	    "pki pki\n\n"
	    "# The database, and the key that its secrets are sealed with.  "
	    "Keep a copy of\n"
	    "# the key apart from the database: without it the profiles "
	    "cannot be read.\n"
	    "db sqlite:smdp.db\n"
	    "kek file:kek\n\n"
	    "# A test bench: orders that any number of cards may use, a "
	    "clock that can be\n"
	    "# moved.  Say no for real subscribers.\n"
	    "lab yes\n");
}

static int
init_fill(const struct init *in, struct why *why)
{
	struct buf	 path = { 0 }, conf = { 0 };
	struct store	*st = NULL;
	int		 r;

	buf_addf(&path, "%s/pki", in->dir);
	if ((r = pki_lab_init(buf_cstr(&path), in->address, why)) != 0)
		goto out;
	buf_cut(&path, 0);
	buf_addf(&path, "%s/kek", in->dir);
	if ((r = seal_kek_create(buf_cstr(&path), why)) != 0)
		goto out;
	buf_cut(&path, 0);
	buf_addf(&path, "%s/smdp.db", in->dir);
	if ((r = store_open(buf_cstr(&path), true, &st, why)) != 0)
		goto out;
	store_close(st);
	buf_cut(&path, 0);
	buf_addf(&path, "%s/smdpd.conf", in->dir);
	init_conf(in, &conf);
	r = file_write(buf_cstr(&path), buf_slice(&conf), 0644, true, why);
out:
	buf_free(&conf);
	buf_free(&path);
	return r;
}

static int
undo_one(const char *path, const struct stat *st, int kind, struct FTW *f)
{
	(void)st;
	(void)kind;
	return f->level == 0 ? 0 : remove(path);
}

/* The directory was empty, so whatever is in it is ours. */
static void
init_undo(const struct init *in)
{
	nftw(in->full, undo_one, 16, FTW_DEPTH | FTW_PHYS);
	if (in->made)
		rmdir(in->full);
}

static void
init_show(const struct ctl *c, const struct init *in)
{
	json_t	*o;

	if (!c->json) {
		printf("%s is ready.  Start the server:\n"
		    "    smdpd -f %s/smdpd.conf\n", in->dir, in->dir);
		return;
	}
	o = json_pack("{s:s,s:s,s:s}", "dir", in->full, "address",
	    in->address, "listen", in->listen);
	if (o == NULL)
		return;
	ctl_print_json(o);
	json_decref(o);
}

static int
init_run(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	struct init	 in = { 0 };
	struct why	 why = { "" };
	int		 r;

	(void)v;
	in.dir = ctl_text(a, "dir") != NULL ? ctl_text(a, "dir") : c->dir;
	in.address = ctl_text(a, "address");
	if (in.dir == NULL)
		return ctl_say(CTL_USAGE, "init: --dir is missing");
	if (in.address == NULL)
		return ctl_say(CTL_USAGE, "init: --address is missing");
	if ((r = init_listen(&in, ctl_text(a, "listen"))) != CTL_DONE ||
	    (r = init_address(&in)) != CTL_DONE)
		return r;
	if ((r = init_dir(&in, &why)) != 0)
		return ctl_say(r == DPE_NOTFOUND ? CTL_NOTFOUND : CTL_FAILED,
		    "%s", why.text);
	if (init_fill(&in, &why) != 0) {
		init_undo(&in);
		return ctl_say(CTL_FAILED, "%s", why.text);
	}
	init_show(c, &in);
	return CTL_DONE;
}

const struct ctl_verb	ctl_init_verbs[] = {
	{ "init", NULL, NULL, NULL, 0, 0, init_opts, NULL, init_run,
	    "make a lab directory: certificates, database, configuration",
	    "init --address smdp.example.com --listen 0.0.0.0:443" },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL }
};
