/* SPDX-License-Identifier: Apache-2.0 */
/* What happened: sessions, eUICCs, notifications, the audit trail. */
#include <stddef.h>

#include "tools/ctl.h"

#define OPT_LIMIT	{ "limit", 0, CTL_INT, NULL, true, "N", \
			    "at most N rows" }
#define OPT_END		{ NULL, 0, CTL_TEXT, NULL, false, NULL, NULL }

static const struct ctl_opt	session_opts[] = {
	{ "all", 0, CTL_FLAG, NULL, false, NULL, "closed ones, too" },
	OPT_LIMIT, OPT_END
};
static const struct ctl_opt	euicc_opts[] = { OPT_LIMIT, OPT_END };
static const struct ctl_opt	notify_opts[] = {
	{ "raw", 0, CTL_FLAG, NULL, false, NULL,
	    "with the octets received (Base64; --json)" },
	OPT_LIMIT, OPT_END
};
static const struct ctl_opt	audit_opts[] = {
	{ "order", 0, CTL_TEXT, NULL, false, "ID", "of this order" },
	{ "iccid", 0, CTL_TEXT, NULL, false, "I", "of this profile" },
	{ "eid", 0, CTL_TEXT, NULL, false, "E", "of this eUICC" },
	OPT_LIMIT, OPT_END
};

static const struct ctl_col	session_cols[] = {
	{ "tid", "TID" }, { "step", "STEP" }, { "eid", "EID" },
	{ "iccid", "ICCID" }, { "created", "CREATED" },
	{ "touched", "TOUCHED" }, { NULL, NULL }
};
static const struct ctl_col	euicc_cols[] = {
	{ "eid", "EID" }, { "eum", "EUM" }, { "svn", "SVN" },
	{ "profile_version", "PROFILES" }, { "free_nvm", "FREE" },
	{ "tac", "TAC" }, { "last_seen", "LAST SEEN" }, { NULL, NULL }
};
static const struct ctl_col	notify_cols[] = {
	{ "id", "ID" }, { "received", "RECEIVED" }, { "kind", "KIND" },
	{ "event", "EVENT" }, { "result", "RESULT" },
	{ "verified", "VERIFIED" }, { "eid", "EID" }, { "iccid", "ICCID" },
	{ "seq", "SEQ" }, { NULL, NULL }
};
static const struct ctl_col	audit_cols[] = {
	{ "id", "ID" }, { "at", "AT" }, { "actor", "ACTOR" },
	{ "action", "ACTION" }, { "order", "ORDER" }, { "iccid", "ICCID" },
	{ "detail", "DETAIL" }, { NULL, NULL }
};

const struct ctl_verb	ctl_event_verbs[] = {
	{ "session", "list", NULL, NULL, 0, 0, session_opts, session_cols,
	    ctl_run_list, "open sessions, newest first (at most 1000)",
	    "session list --all" },
	{ "euicc", "list", NULL, NULL, 0, 0, euicc_opts, euicc_cols,
	    ctl_run_list, "the eUICCs that were here", "euicc list" },
	{ "euicc", "show", "EID", "eid", 1, 1, NULL, NULL, ctl_run_one,
	    "one eUICC",
	    "euicc show 89049032123451234512345678901235" },
	{ "notify", "list", NULL, NULL, 0, 0, notify_opts, notify_cols,
	    ctl_run_list, "notifications received, newest first",
	    "notify list --limit 20" },
	{ "audit", "list", NULL, NULL, 0, 0, audit_opts, audit_cols,
	    ctl_run_list, "who did what, newest first",
	    "audit list --iccid 8999901001234567897" },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL }
};
