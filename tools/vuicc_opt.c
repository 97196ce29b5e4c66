/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_opt.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"

enum opt_word {
	OPT_ASN1 = 256, OPT_CAFILE, OPT_CANCEL, OPT_CC, OPT_CONNECT,
	OPT_CONNECTIONS, OPT_EID, OPT_EIM_ID, OPT_HELP, OPT_JSON,
	OPT_MISBEHAVE, OPT_ORDERS, OPT_PAUSE, OPT_PKI, OPT_RECONNECT,
	OPT_REENCODE, OPT_SAVE_UPP, OPT_STATE, OPT_TRACE, OPT_VERSION
};

static const struct option words[] = {
	{ "asn1", no_argument, NULL, OPT_ASN1 },
	{ "cafile", required_argument, NULL, OPT_CAFILE },
	{ "cancel", required_argument, NULL, OPT_CANCEL },
	{ "cc", required_argument, NULL, OPT_CC },
	{ "connect", required_argument, NULL, OPT_CONNECT },
	{ "connections", required_argument, NULL, OPT_CONNECTIONS },
	{ "eid", required_argument, NULL, OPT_EID },
	{ "eim-id", required_argument, NULL, OPT_EIM_ID },
	{ "help", no_argument, NULL, OPT_HELP },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "misbehave", required_argument, NULL, OPT_MISBEHAVE },
	{ "orders", required_argument, NULL, OPT_ORDERS },
	{ "pause", required_argument, NULL, OPT_PAUSE },
	{ "pki", required_argument, NULL, OPT_PKI },
	{ "reconnect", no_argument, NULL, OPT_RECONNECT },
	{ "reencode", no_argument, NULL, OPT_REENCODE },
	{ "save-upp", required_argument, NULL, OPT_SAVE_UPP },
	{ "state", required_argument, NULL, OPT_STATE },
	{ "trace", required_argument, NULL, OPT_TRACE },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ NULL, 0, NULL, 0 }
};

static const struct {
	const char	*name;
	long		 value;
} reasons[] = {
	{ "endUserRejection", 0 },
	{ "postponed", 1 },
	{ "timeout", 2 },
	{ "pprNotAllowed", 3 },
	{ "metadataMismatch", 4 },
	{ "loadBppExecutionError", 5 },
	{ "undefinedReason", 127 },
};

static const struct verb {
	const char	*name;
	enum { ARG_NONE, ARG_ONE, ARG_COMMAND } args;
} verbs[] = {
	{ "download", ARG_ONE },
	{ "list", ARG_NONE },
	{ "show", ARG_ONE },
	{ "enable", ARG_ONE },
	{ "disable", ARG_ONE },
	{ "delete", ARG_ONE },
	{ "notify", ARG_NONE },
	{ "relay", ARG_NONE },
	{ "lpac", ARG_COMMAND },
};

static void
opt_help(void)
{
	struct buf	 b = {0};

	buf_add_str(&b,
"usage: vuicc --pki DIR --eid EID [options] download 'LPA:1$...'\n"
"       vuicc --state FILE list | notify | show ICCID | enable ICCID |\n"
"             disable ICCID | delete ICCID\n"
"       vuicc --pki DIR --orders FILE --state DIR [options] relay\n"
"       vuicc --state FILE lpac -- COMMAND...\n"
"\n"
"With lpac it is the card behind that LPA, which COMMAND starts:\n"
"lpac profile download -a 'LPA:1$...', say.\n"
"\n"
"  --pki DIR               PKI directory: euicc/, eum/, ci/\n"
"  --eid EID               which card of euicc/ to be\n"
"  --state FILE            what the card keeps; without it, memory only;\n"
"                          with relay a folder, one file for each card\n"
"  --connect HOST:PORT=IP:PORT   where HOST:PORT really is\n"
"  --cafile FILE           roots for TLS instead of those in ci/\n"
"  --reconnect             a new connection for every call\n"
"  --cc CODE               confirmation code\n"
"  --cancel REASON@STEP    cancel after STEP, auth or bpp; REASON is\n"
"                          endUserRejection, postponed, timeout,\n"
"                          pprNotAllowed, metadataMismatch,\n"
"                          loadBppExecutionError or undefinedReason\n"
"  --orders FILE           relay: what to download, lines of EID,CODE;\n"
"                          CODE is an activation code or an address\n"
"  --connections N         relay: at a time, 1 to 100 (4)\n"
"  --eim-id ID             relay: functionRequesterIdentifier (vuicc-eim)\n"
"  --reencode              decode and encode all DER that passes; what is\n"
"                          not the same then is an error\n"
"  --save-upp FILE         write the unwrapped package to FILE\n"
"  --asn1                  speak the ASN.1 binding, not JSON\n"
"  --json                  one JSON object instead of text\n"
"  --trace FILE            append the answers of the server to FILE\n"
"  --pause STEP=FILE       after STEP (init, auth, bpp, install) make FILE,\n"
"                          and wait until somebody removes it\n"
"  --misbehave NAME        do something wrong, any number of times:\n");
	vuicc_odd_help(&b);
	fputs(buf_cstr(&b), stdout);
	buf_free(&b);
}

static int
opt_cancel(const char *text, struct vuicc_want *want, struct why *why)
{
	const char	*at = strchr(text, '@');
	size_t		 i, n = at == NULL ? 0 : (size_t)(at - text);

	for (i = 0; at != NULL && i < NELEM(reasons);
	    i++)
		if (strlen(reasons[i].name) == n &&
		    strncmp(reasons[i].name, text, n) == 0)
			break;
	if (at == NULL || i == NELEM(reasons))
		return why_set(why, DPE_USAGE,
		    "--cancel %s: is not REASON@STEP; see --help", text);
	if (vuicc_step_parse(slice_str(at + 1), &want->cancel_step) != 0 ||
	    (want->cancel_step != STEP_AUTH && want->cancel_step != STEP_BPP))
		return why_set(why, DPE_USAGE,
		    "--cancel %s: the step is auth or bpp", text);
	want->cancel = true;
	want->cancel_reason = reasons[i].value;
	return 0;
}

static int
opt_pause(const char *text, struct vuicc_want *want, struct why *why)
{
	const char	*eq = strchr(text, '=');

	if (eq == NULL || eq[1] == '\0')
		return why_set(why, DPE_USAGE,
		    "--pause %s: is not STEP=FILE; see --help", text);
	if (vuicc_step_parse(slice_of(text, (size_t)(eq - text)),
	    &want->pause_step) != 0 || want->pause_step > STEP_INSTALL)
		return why_set(why, DPE_USAGE,
		    "--pause %s: the step is init, auth, bpp or install",
		    text);
	want->pause_file = eq + 1;
	return 0;
}

static int
opt_connect(char *text, struct vuicc_opt *opt, struct why *why)
{
	if (opt->n_connect == VUICC_CONNECT)
		return why_set(why, DPE_USAGE, "--connect: at most %d",
		    VUICC_CONNECT);
	opt->connect[opt->n_connect++] = text;
	return 0;
}

static int
opt_connections(const char *text, long *out, struct why *why)
{
	char	*end;

	*out = strtol(text, &end, 10);
	if (*text == '\0' || *end != '\0' || *out < 1 ||
	    *out > VUICC_CONNECTIONS)
		return why_set(why, DPE_USAGE, "--connections %s: 1 to %d is "
		    "needed", text, VUICC_CONNECTIONS);
	return 0;
}

/* What an eIM may be called: printable, so that it can be shown. */
static int
opt_eim_id(const char *text, const char **out, struct why *why)
{
	size_t	 i, n = strlen(text);

	for (i = 0; i < n && text[i] > ' ' && text[i] <= '~'; i++)
		;
	if (n == 0 || n > VUICC_EIM_ID || i < n)
		return why_set(why, DPE_USAGE, "--eim-id: 1 to %d printable "
		    "characters are needed", VUICC_EIM_ID);
	*out = text;
	return 0;
}

/* The options that need more than to be kept. */
static int
opt_act(int word, struct vuicc_opt *opt, struct why *why)
{
	switch (word) {
	case OPT_CANCEL:
		return opt_cancel(optarg, &opt->want, why);
	case OPT_CONNECTIONS:
		return opt_connections(optarg, &opt->connections, why);
	case OPT_EIM_ID:
		return opt_eim_id(optarg, &opt->eim_id, why);
	case OPT_CONNECT:
		return opt_connect(optarg, opt, why);
	case OPT_PAUSE:
		return opt_pause(optarg, &opt->want, why);
	case OPT_MISBEHAVE:
		return vuicc_odd_parse(optarg, &opt->odds, why);
	case OPT_HELP:
		opt_help();
		opt->done = true;
		return 0;
	case OPT_VERSION:
		printf("vuicc %s\n", PACKAGE_VERSION);
		opt->done = true;
		return 0;
	}
	return why_set(why, DPE_USAGE, "bad option; see --help");
}

static int
opt_one(int word, struct vuicc_opt *opt, struct why *why)
{
	switch (word) {
	case OPT_ASN1:
		opt->asn1 = true;
		return 0;
	case OPT_CAFILE:
		opt->cafile = optarg;
		return 0;
	case OPT_CC:
		opt->want.cc = optarg;
		return 0;
	case OPT_EID:
		opt->eid = optarg;
		return 0;
	case OPT_JSON:
		opt->json = true;
		return 0;
	case OPT_ORDERS:
		opt->orders = optarg;
		return 0;
	case OPT_PKI:
		opt->pki = optarg;
		return 0;
	case OPT_RECONNECT:
		opt->reconnect = true;
		return 0;
	case OPT_REENCODE:
		opt->reencode = true;
		return 0;
	case OPT_SAVE_UPP:
		opt->save_upp = optarg;
		return 0;
	case OPT_STATE:
		opt->state = optarg;
		return 0;
	case OPT_TRACE:
		opt->trace = optarg;
		return 0;
	}
	return opt_act(word, opt, why);
}

/* The arguments that belong to a verb. */
static int
opt_args(const struct verb *v, int n, struct why *why)
{
	if (v->args == ARG_COMMAND && n < 1)
		return why_set(why, DPE_USAGE, "%s: needs the command to run,"
		    " behind --", v->name);
	if (v->args != ARG_COMMAND && n != (v->args == ARG_ONE ? 1 : 0))
		return why_set(why, DPE_USAGE, "%s: takes %s", v->name,
		    v->args == ARG_ONE ? "one argument" : "no argument");
	return 0;
}

/* lpac talks to the server itself, in its own way. */
static int
opt_lpac(const struct vuicc_opt *o, struct why *why)
{
	if (o->want.cc != NULL || o->want.cancel || o->save_upp != NULL ||
	    o->want.pause_file != NULL || o->trace != NULL || o->asn1 ||
	    o->json || o->reconnect || o->reencode || o->n_connect > 0 ||
	    o->cafile != NULL)
		return why_set(why, DPE_USAGE, "lpac: no options but --pki, "
		    "--eid, --state and --misbehave go with it");
	return 0;
}

static int
opt_relay(struct vuicc_opt *opt, struct why *why)
{
	if (opt->pki == NULL || opt->orders == NULL || opt->state == NULL)
		return why_set(why, DPE_USAGE,
		    "relay: needs --pki, --orders and --state");
	if (opt->eid != NULL || opt->save_upp != NULL)
		return why_set(why, DPE_USAGE,
		    "relay: takes no --eid and no --save-upp");
	if (opt->connections == 0)
		opt->connections = 4;
	if (opt->trace != NULL && opt->connections > 1)
		return why_set(why, DPE_USAGE,
		    "--trace: only with --connections 1");
	if (opt->eim_id == NULL)
		opt->eim_id = "vuicc-eim";
	return 0;
}

static int
opt_verb(struct vuicc_opt *opt, char **rest, int n, struct why *why)
{
	size_t	 i;
	int	 r;

	if (n < 1)
		return why_set(why, DPE_USAGE, "no command; see --help");
	for (i = 0; i < NELEM(verbs); i++)
		if (strcmp(verbs[i].name, rest[0]) == 0)
			break;
	if (i == NELEM(verbs))
		return why_set(why, DPE_USAGE, "%s: no such command; see "
		    "--help", rest[0]);
	if ((r = opt_args(&verbs[i], n - 1, why)) != 0)
		return r;
	opt->verb = verbs[i].name;
	opt->arg = rest[1];
	if (strcmp(opt->verb, "relay") == 0)
		return opt_relay(opt, why);
	if (opt->orders != NULL || opt->connections != 0 ||
	    opt->eim_id != NULL)
		return why_set(why, DPE_USAGE, "--orders, --connections and "
		    "--eim-id: only with relay");
	opt->command = rest + 1;
	if (i == 0)
		return actcode_parse(opt->arg, &opt->want.code, why) == 0 ?
		    0 : DPE_USAGE;
	if (opt->state == NULL)
		return why_set(why, DPE_USAGE, "%s: needs --state", rest[0]);
	return verbs[i].args == ARG_COMMAND ? opt_lpac(opt, why) : 0;
}

int
vuicc_opt_read(int argc, char **argv, struct vuicc_opt *opt, struct why *why)
{
	int	 word, r;

	memset(opt, 0, sizeof(*opt));
	opterr = 0;
	while ((word = getopt_long(argc, argv, "", words, NULL)) != -1) {
		if (word == '?')
			return why_set(why, DPE_USAGE, "%s: no such option, "
			    "or its value is missing; see --help",
			    argv[optind - 1]);
		if ((r = opt_one(word, opt, why)) != 0 || opt->done)
			return r;
	}
	return opt_verb(opt, argv + optind, argc - optind, why);
}
