/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/limits.h"
#include "tools/ctl_call.h"
#include "tools/ctl_print.h"

#define OPT_END		{ NULL, 0, CTL_TEXT, NULL, false, NULL, NULL }

static const struct ctl_opt	new_opts[] = {
	{ "iccid", 0, CTL_TEXT, NULL, false, "I", "this profile" },
	{ "type", 0, CTL_TEXT, NULL, false, "T",
	    "any available profile of this type" },
	{ "eid", 0, CTL_TEXT, NULL, false, "E", "for this eUICC alone" },
	{ "lock", 0, CTL_TEXT, NULL, false, "HOW",
	    "eid, tofu (first eUICC keeps it), open (lab)" },
	{ "matching-id", 0, CTL_TEXT, NULL, false, "M",
	    "MatchingID; else one is drawn" },
	{ "default", 0, CTL_FLAG, NULL, false, NULL,
	    "found by its EID alone: no activation code" },
	{ "cc", 0, CTL_TEXT, NULL, true, "CODE",
	    "confirmation code; - reads it, random draws it" },
	{ "expires", 0, CTL_TEXT, NULL, false, "WHEN",
	    "2030-12-31T23:59:59Z, +72h, never" },
	{ "max-downloads", 0, CTL_INT, NULL, false, "N",
	    "attempts to download (10; 0 is no limit)" },
	{ "max-cc", 0, CTL_INT, NULL, false, "N",
	    "wrong confirmation codes (3; 0 is no limit)" },
	{ "subject", 0, CTL_TEXT, NULL, false, "S",
	    "for whom, at most 200 bytes" },
	{ "hold", 0, CTL_FLAG, NULL, false, NULL,
	    "stop at Confirmed, until `order release`" },
	{ "reusable", 0, CTL_FLAG, NULL, false, NULL,
	    "lab: released again after every result" },
	{ "downloads", 0, CTL_INT, NULL, false, "N",
	    "lab: so many attempts were used" },
	{ "cc-attempts", 0, CTL_INT, NULL, false, "N",
	    "lab: so many wrong codes were given" },
	OPT_END
};
static const struct ctl_opt	list_opts[] = {
	{ "iccid", 0, CTL_TEXT, NULL, false, "I", "of this profile" },
	{ "eid", 0, CTL_TEXT, NULL, false, "E", "of this eUICC" },
	{ "type", 0, CTL_TEXT, NULL, false, "T", "of this type" },
	{ "state", 0, CTL_TEXT, NULL, false, "S", "live, in this state" },
	{ "limit", 0, CTL_INT, NULL, true, "N", "at most N rows" },
	OPT_END
};
static const struct ctl_opt	cancel_opts[] = {
	{ "profile", 0, CTL_TEXT, NULL, false, "STATE",
	    "available or unavailable (by whether it was issued)" },
	{ "reason", 0, CTL_TEXT, NULL, false, "TEXT", "for the audit trail" },
	OPT_END
};
static const struct ctl_opt	reinstall_opts[] = {
	{ "reason", 0, CTL_TEXT, NULL, false, "TEXT",
	    "for the audit trail (required)" },
	{ "expires", 0, CTL_TEXT, NULL, false, "WHEN",
	    "a new time, needed when the old one is up" },
	OPT_END
};

static const struct ctl_col	order_cols[] = {
	{ "order", "ORDER" }, { "iccid", "ICCID" }, { "type", "TYPE" },
	{ "state", "STATE" }, { "lock", "LOCK" }, { "cc_required", "CC" },
	{ "eid", "EID" }, { "downloads", "DOWNLOADS" },
	{ "expires", "EXPIRES" }, { "subject", "SUBJECT" }, { NULL, NULL }
};

/* One line of standard input; not shown while it is typed. */
static int
cc_read(char *out, size_t size)
{
	struct termios	 old, quiet;
	bool		 tty = tcgetattr(STDIN_FILENO, &old) == 0;
	char		*p;

	if (tty) {
		fputs("Confirmation code: ", stderr);
		quiet = old;
		quiet.c_lflag &= (tcflag_t)~ECHO;
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	}
	p = fgets(out, (int)size, stdin);
	if (tty) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &old);
		fputc('\n', stderr);
	}
	if (p == NULL)
		return ctl_say(CTL_FAILED, "standard input: no confirmation "
		    "code in it");
	out[strcspn(out, "\r\n")] = '\0';
	return CTL_DONE;
}

static int
new_cc(struct ctl_args *a)
{
	const char	*cc = ctl_text(a, "cc");
	char		 line[LIM_CC + 3] = "";
	int		 r;

	if (cc == NULL)
		return CTL_DONE;
	if (strcmp(cc, "random") == 0) {
		json_object_set_new(a->in, "cc_random", json_true());
		return CTL_DONE;
	}
	if (strcmp(cc, "-") == 0) {
		if ((r = cc_read(line, sizeof(line))) != CTL_DONE)
			return r;
		cc = line;
	}
	r = json_object_set_new(a->in, "cc", json_string(cc)) == 0 ?
	    CTL_DONE : ctl_say(CTL_USAGE, "--cc: is not UTF-8");
	mem_wipe(line, sizeof(line));
	return r;
}

static int
order_new(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	const char	*warning;
	json_t		*out;
	int		 r;

	(void)v;
	if ((r = new_cc(a)) != CTL_DONE ||
	    (r = ctl_call_say(c, "order", "new", a->in, &out)) != CTL_DONE)
		return r;
	warning = json_string_value(json_object_get(out, "warning"));
	if (warning != NULL)
		ctl_say(0, "warning: %s", warning);
	json_object_del(out, "warning");
	if (c->json)
		ctl_print_json(out);
	else
		ctl_print_object(out);
	json_decref(out);
	return CTL_DONE;
}

const struct ctl_verb	ctl_order_verbs[] = {
	{ "order", "new", NULL, NULL, 0, 0, new_opts, NULL, order_new,
	    "give a profile to someone: a download order",
	    "order new --type staff --cc random --expires +72h" },
	{ "order", "list", NULL, NULL, 0, 0, list_opts, order_cols,
	    ctl_run_list, "the orders, oldest first",
	    "order list --state released" },
	{ "order", "show", "ID", "order", 1, 1, NULL, NULL, ctl_run_one,
	    "one order",
	    "order show 0123456789abcdef0123456789abcdef" },
	{ "order", "release", "ID", "order", 1, 1, NULL, NULL, ctl_run_one,
	    "let a held order be downloaded",
	    "order release 0123456789abcdef0123456789abcdef" },
	{ "order", "cancel", "ID", "order", 1, 1, cancel_opts, NULL,
	    ctl_run_one, "end an order before it was downloaded",
	    "order cancel 0123456789abcdef0123456789abcdef" },
	{ "order", "reinstall", "ID", "order", 1, 1, reinstall_opts, NULL,
	    ctl_run_one, "let the same eUICC download once more",
	    "order reinstall 0123456789abcdef0123456789abcdef "
	    "--reason 'phone was reset'" },
	{ "order", "reset", "ID", "order", 1, 1, NULL, NULL, ctl_run_one,
	    "lab: back to how it was made",
	    "order reset 0123456789abcdef0123456789abcdef" },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL }
};
