/* SPDX-License-Identifier: Apache-2.0 */
/* The file for the network's subscriber database. */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/file.h"
#include "base/limits.h"
#include "tools/ctl_call.h"
#include "tools/ctl_print.h"

static const struct ctl_opt	hss_opts[] = {
	{ "format", 0, CTL_TEXT, NULL, false, "F",
	    "csv, open5gs, osmo-hlr or free5gc (required)" },
	{ "recipient", 0, CTL_TEXT, NULL, true, "CERT",
	    "encrypt for this certificate (PEM or DER)" },
	{ "plain", 0, CTL_FLAG, NULL, false, NULL,
	    "in a lab: all keys in clear" },
	{ "output", 'o', CTL_TEXT, NULL, true, "FILE",
	    "write to FILE, which must not exist (required)" },
	{ "type", 0, CTL_TEXT, NULL, false, "NAME", "of this type" },
	{ "batch", 0, CTL_INT, NULL, false, "B", "made together" },
	{ "iccid", 0, CTL_TEXT, NULL, false, "A..B", "from A to B" },
	{ "state", 0, CTL_TEXT, NULL, false, "S",
	    "in this state (else all but unavailable)" },
	{ "columns", 0, CTL_TEXT, NULL, false, "A,B,...",
	    "csv: these columns, in this order" },
	{ "apn", 0, CTL_TEXT, NULL, false, "NAME",
	    "open5gs, free5gc: data network (internet)" },
	{ "pem", 0, CTL_FLAG, NULL, false, NULL,
	    "the encrypted file in PEM" },
	{ "reason", 0, CTL_TEXT, NULL, false, "TEXT", "for the audit trail" },
	{ NULL, 0, CTL_TEXT, NULL, false, NULL, NULL }
};

/* The certificate goes to the daemon: that is who encrypts. */
static int
hss_recipient(struct ctl_args *a)
{
	const char	*path = ctl_text(a, "recipient");
	struct buf	 cert = { 0 }, text = { 0 };
	struct why	 why;
	int		 r;

	if (path == NULL)
		return CTL_DONE;
	if ((r = file_read(path, LIM_PEM, &cert, &why)) != 0)
		r = ctl_say(r == DPE_NOTFOUND ? CTL_NOTFOUND : CTL_FAILED,
		    "%s", why.text);
	else {
		base64_add(&text, buf_slice(&cert));
		json_object_set_new(a->in, "recipient",
		    json_string(buf_cstr(&text)));
	}
	buf_free(&text);
	buf_free(&cert);
	return r;
}

static int
hss_usage(const struct ctl_args *a)
{
	bool		 plain = json_object_get(a->in, "plain") != NULL;
	const char	*path = ctl_text(a, "output");
	struct stat	 st;

	if (plain == (ctl_text(a, "recipient") != NULL))
		return ctl_say(CTL_USAGE, "export hss: --recipient CERT is "
		    "needed (or --plain, in a lab)");
	if (path == NULL)
		return ctl_say(CTL_USAGE, "export hss: -o FILE is needed");
	if (strcmp(path, "-") == 0)
		path = "/dev/stdout";
	if (stat(path, &st) == 0 && S_ISCHR(st.st_mode))
		return ctl_say(CTL_USAGE, "export hss: keys are not written "
		    "to a terminal or a device");
	return CTL_DONE;
}

/* Beside its place, for its owner alone, so that it is whole or not there. */
static int
hss_open(const char *path, struct buf *aside)
{
	int	 fd;

	if (strcmp(path, "-") == 0)
		return dup(STDOUT_FILENO);
	if (access(path, F_OK) == 0) {
		ctl_say(CTL_FAILED, "%s: is there already", path);
		return -1;
	}
	buf_addf(aside, "%s.XXXXXX", path);
	if ((fd = mkostemp(buf_cstr(aside), O_CLOEXEC)) == -1)
		ctl_say(CTL_FAILED, "%s: %s", path, strerror(errno));
	return fd;
}

/* link(2) refuses a file that somebody has made meanwhile. */
static int
hss_close(int fd, const char *path, struct buf *aside, int r)
{
	bool	 bad = aside->len > 0 && r == CTL_DONE && fsync(fd) == -1;

	if (close(fd) == -1 || bad || (r == CTL_DONE && aside->len > 0 &&
	    link(buf_cstr(aside), path) == -1))
		r = ctl_say(CTL_FAILED, "%s: %s", path, strerror(errno));
	if (aside->len > 0)
		unlink(buf_cstr(aside));
	return r;
}

static void
hss_show(struct ctl *c, const char *path, const json_t *out)
{
	FILE	*f = strcmp(path, "-") == 0 ? stderr : stdout;

	if (c->json && f == stdout) {
		ctl_print_json(out);
		return;
	}
	fprintf(f, "%s: %" JSON_INTEGER_FORMAT " subscribers, SHA-256 %s\n",
	    path, json_integer_value(json_object_get(out, "count")),
	    json_string_value(json_object_get(out, "sha256")));
	if (json_integer_value(json_object_get(out, "erased")) > 0)
		fprintf(f, "%" JSON_INTEGER_FORMAT " more have no keys any "
		    "more: they were erased after installation\n",
		    json_integer_value(json_object_get(out, "erased")));
}

static int
export_hss(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	const char	*path = ctl_text(a, "output");
	struct buf	 aside = { 0 };
	json_t		*out = NULL;
	int		 fd, r;

	if ((r = hss_usage(a)) != CTL_DONE ||
	    (r = hss_recipient(a)) != CTL_DONE)
		return r;
	if ((fd = hss_open(path, &aside)) == -1) {
		buf_free(&aside);
		return CTL_FAILED;
	}
	r = ctl_call_file(c, v->noun, v->verb, a->in, fd, &out);
	if ((r = hss_close(fd, path, &aside, r)) == CTL_DONE)
		hss_show(c, path, out);
	json_decref(out);
	buf_free(&aside);
	return r;
}

const struct ctl_verb	ctl_export_verbs[] = {
	{ "export", "hss", NULL, NULL, 0, 0, hss_opts, NULL, export_hss,
	    "the file for the network's subscriber database",
	    "export hss --format csv --type staff --recipient hss.crt "
	    "-o staff.cms" },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL }
};
