/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/ctl_decode.h"

#include <stdio.h>

#include "base/file.h"
#include "base/jfield.h"
#include "base/limits.h"
#include "server/saip/show.h"
#include "tools/ctl_call.h"
#include "tools/ctl_print.h"

const struct ctl_opt	ctl_decode_opts[] = {
	{ "decode", 0, CTL_FLAG, NULL, true, NULL,
	    "its package: elements, files and what they hold" },
	{ "file", 0, CTL_TEXT, NULL, true, "FILE",
	    "decode this package (DER), without a server" },
	{ "keys", 0, CTL_FLAG, NULL, true, NULL,
	    "show PINs, PUKs and keys; goes into the audit trail" },
	{ "reason", 0, CTL_TEXT, NULL, true, "TEXT",
	    "why, for the audit trail; needed with --keys" },
	{ NULL, 0, CTL_TEXT, NULL, false, NULL, NULL }
};

static int
show_package(const struct ctl *c, const json_t *package)
{
	struct buf	 b = { 0 };
	size_t		 n;

	if (c->json) {
		json_write(package, &b);
		buf_add_u8(&b, '\n');
	} else
		ctl_tree_package(package, &b);
	n = fwrite(b.p, 1, b.len, stdout);
	buf_free(&b);
	return n > 0 ? CTL_DONE : CTL_FAILED;	/* main() says it */
}

/* A file that is broken is shown as far as it goes, and is a failure. */
static int
decode_file(struct ctl *c, const char *path, bool keys)
{
	struct buf	 upp = { 0 };
	struct why	 why;
	json_t		*out = NULL;
	int		 r, shown;

	if ((r = file_read(path, LIM_UPP, &upp, &why)) != 0)
		return ctl_say(r == DPE_NOTFOUND ? CTL_NOTFOUND : CTL_FAILED,
		    "%s", why.text);
	r = saip_show(buf_slice(&upp), keys, &out);
	shown = show_package(c, out);
	if (r != 0)
		shown = ctl_say(CTL_FAILED, "%s: %s", path,
		    json_string_value(json_object_get(out, "fault")));
	json_free_wiped(out);
	buf_free(&upp);
	return shown;
}

static int
decode_profile(struct ctl *c, struct ctl_args *a, bool keys)
{
	const char	*reason = ctl_text(a, "reason");
	json_t		*out, *package;
	int		 r;

	if (keys && reason == NULL)
		return ctl_say(CTL_USAGE, "profile show: --keys of a stored "
		    "profile needs --reason TEXT, for the audit trail");
	if (keys) {
		json_object_set_new(a->in, "keys", json_true());
		json_object_set_new(a->in, "reason", json_string(reason));
	}
	if ((r = ctl_call_say(c, "profile", "decode", a->in,
	    &out)) != CTL_DONE)
		return r;
	package = json_object_get(out, "package");
	if (c->json)
		r = show_package(c, out);
	else if (json_is_object(package))
		r = show_package(c, package);
	else
		r = ctl_say(CTL_FAILED, "smdpd: an answer without package");
	json_free_wiped(out);
	return r;
}

int
ctl_profile_show(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	const char	*file = ctl_text(a, "file");
	bool		 keys = ctl_flag(a, "keys");

	if (!ctl_flag(a, "decode")) {
		if (file != NULL || keys || ctl_text(a, "reason") != NULL)
			return ctl_say(CTL_USAGE, "profile show: --file, "
			    "--keys and --reason go with --decode");
		return a->words == 1 ? ctl_run_one(c, v, a) :
		    ctl_say(CTL_USAGE, "profile show: ICCID is missing "
		    "(--help)");
	}
	if ((file != NULL) == (a->words == 1))
		return ctl_say(CTL_USAGE, "profile show --decode: one ICCID, "
		    "or --file FILE");
	if (file != NULL)
		return decode_file(c, file, keys);
	return decode_profile(c, a, keys);
}
