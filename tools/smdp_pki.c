/* SPDX-License-Identifier: Apache-2.0 */
/* smdp-pki: make the certificates of an RSP lab. */
#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "tools/smdp_pki.h"

#define PROGRESS_FROM	100	/* cards */
#define OPTION_FIRST	256	/* past every character */
#define OPTION_HELP	255

#define AT(member)	offsetof(struct cli, member)

/* at: where a text goes; 0 for those that option_set() knows by letter. */
static const struct {
	char		 letter;
	size_t		 at;
	const char	*name, *value, *help;
} cli_options[] = {
	{ 'a', AT(address), "address", "HOST[:PORT]",
	    "the server's address" },
	{ 'c', 0, "curve", "p256|bp256",
	    "P-256 (the default) or brainpoolP256r1" },
	{ 'i', AT(want.ci), "ci", "NAME", "the CI that issues" },
	{ 'm', AT(want.eum), "eum", "NAME", "the EUM that issues" },
	{ 'e', AT(want.eid), "eid", "EID", "32 digits" },
	{ 'N', 0, "count", "N", "so many cards" },
	{ 'n', AT(want.iin), "iin", "IIN",
	    "the first 8 digits of its EIDs" },
	{ 'h', 0, "host", "HOST", "a name of the server; may be repeated" },
	{ 'o', AT(want.organization), "org", "TEXT",
	    "the organization in the subject" },
	{ 'd', AT(want.rid), "oid", "OID", "the registeredID" },
	{ 'u', AT(want.crl_url), "crl-url", "URL",
	    "where its list is published" },
	{ 't', 0, "days", "DAYS", "how long it is good" },
};
#define N_OPTIONS	NELEM(cli_options)

static int
fail(int r, const struct why *why)
{
	fprintf(stderr, "smdp-pki: %s\n",
	    why->text[0] != '\0' ? why->text : err_text(r));
	if (r == DPE_USAGE)
		return 2;
	return r == DPE_NOTFOUND ? 3 : 1;
}

/* "euicc new", "init": until the next call. */
static const char *
verb_text(const struct cli_verb *v)
{
	static char	 text[32];

	snprintf(text, sizeof(text), "%s%s%s", v->noun == NULL ? "" : v->noun,
	    v->noun == NULL ? "" : " ", v->verb);
	return text;
}

static void
usage_verb(const struct cli_verb *v, FILE *f)
{
	size_t	 i;

	fprintf(f, "usage: smdp-pki %s %s%s\n%s\n", verb_text(v),
	    v->operands, v->options[0] == '\0' ? "" : " [option ...]",
	    v->help);
	for (i = 0; i < N_OPTIONS; i++)
		if (strchr(v->options, cli_options[i].letter) != NULL)
			fprintf(f, "  --%s %-*s  %s\n", cli_options[i].name,
			    (int)(20 - strlen(cli_options[i].name)),
			    cli_options[i].value, cli_options[i].help);
}

static void
usage(const char *noun, FILE *f)
{
	const struct cli_verb	*v;

	fputs("usage: smdp-pki init DIR --address HOST[:PORT]\n"
	    "       smdp-pki NOUN VERB DIR [NAME] [option ...]\n"
	    "       smdp-pki [NOUN [VERB]] --help | --version\n", f);
	for (v = cli_verbs; v < cli_verbs + cli_n_verbs; v++)
		if (noun == NULL ||
		    (v->noun != NULL && strcmp(noun, v->noun) == 0))
			fprintf(f, "  %-6s %-7s %-16s  %s\n", v->noun == NULL ?
			    "" : v->noun, v->verb, v->operands, v->help);
}

static bool
noun_known(const char *noun)
{
	size_t	 i;

	for (i = 0; i < cli_n_verbs; i++)
		if (cli_verbs[i].noun != NULL &&
		    strcmp(cli_verbs[i].noun, noun) == 0)
			return true;
	return false;
}

static const struct cli_verb *
verb_find(const char *first, const char *second)
{
	const struct cli_verb	*v;

	for (v = cli_verbs; v < cli_verbs + cli_n_verbs; v++)
		if (v->noun == NULL ? strcmp(first, v->verb) == 0 :
		    second != NULL && strcmp(first, v->noun) == 0 &&
		    strcmp(second, v->verb) == 0)
			return v;
	return NULL;
}

static int
number(const char *name, const char *text, unsigned long max,
    unsigned long *out, struct why *why)
{
	char	*end;

	errno = 0;
	*out = strtoul(text, &end, 10);
	if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 ||
	    *out < 1 || *out > max)
		return why_set(why, DPE_USAGE,
		    "--%s %.40s: not a number from 1 to %lu", name, text,
		    max);
	return 0;
}

static int
option_curve(struct cli *cli, const char *text, struct why *why)
{
	if (strcmp(text, "p256") == 0)
		cli->want.curve = CURVE_P256;
	else if (strcmp(text, "bp256") == 0)
		cli->want.curve = CURVE_BP256;
	else
		return why_set(why, DPE_USAGE,
		    "--curve %.40s: not p256 or bp256", text);
	return 0;
}

static int
option_host(struct cli *cli, const char *text, struct why *why)
{
	if (cli->n_hosts == CLI_HOSTS)
		return why_set(why, DPE_USAGE, "--host: more than %d",
		    CLI_HOSTS);
	cli->hosts[cli->n_hosts++] = text;
	cli->want.hosts = cli->hosts;
	return 0;
}

static int
option_set(struct cli *cli, size_t option, const char *text, struct why *why)
{
	unsigned long	 n = 0;
	int		 r;

	if (cli_options[option].at != 0) {
		memcpy((char *)cli + cli_options[option].at, &text,
		    sizeof(text));
		return 0;
	}
	switch (cli_options[option].letter) {
	case 'c':
		return option_curve(cli, text, why);
	case 'h':
		return option_host(cli, text, why);
	case 'N':
		r = number("count", text, LIM_PKI_FILES / 2, &n, why);
		cli->want.count = n;
		return r;
	default:
		r = number("days", text, 1000000, &n, why);
		cli->want.days = (int64_t)n;
		return r;
	}
}

/* Options anywhere behind the verb; 1: --help was asked for. */
static int
options_read(struct cli *cli, int argc, char **argv, struct why *why)
{
	struct option	 opts[N_OPTIONS + 2] = {0};
	size_t		 i;
	int		 ch, r;

	for (i = 0; i < N_OPTIONS; i++) {
		opts[i].name = cli_options[i].name;
		opts[i].has_arg = required_argument;
		opts[i].val = OPTION_FIRST + (int)i;
	}
	opts[N_OPTIONS].name = "help";
	opts[N_OPTIONS].val = OPTION_HELP;
	opterr = 0;
	while ((ch = getopt_long(argc, argv, ":", opts, NULL)) != -1) {
		if (ch == OPTION_HELP)
			return 1;
		if (ch == ':')
			return why_set(why, DPE_USAGE,
			    "%.40s: its value is missing", argv[optind - 1]);
		if (ch == '?')
			return why_set(why, DPE_USAGE,
			    "%.40s: no such option", argv[optind - 1]);
		i = (size_t)(ch - OPTION_FIRST);
		if (strchr(cli->verb->options, cli_options[i].letter) == NULL)
			return why_set(why, DPE_USAGE,
			    "--%s: not an option of %s", cli_options[i].name,
			    verb_text(cli->verb));
		if ((r = option_set(cli, i, optarg, why)) != 0)
			return r;
	}
	return 0;
}

/* Each thing that was made: a line, or a count where there are many. */
static void
told_made(void *arg, const char *what)
{
	struct cli	*cli = arg;

	cli->n_made++;
	if (!cli->quiet)
		puts(what);
	if (cli->progress && (cli->n_made % 10 == 0 ||
	    cli->n_made == cli->want.count))
		fprintf(stderr, "\r%zu of %zu cards%s", cli->n_made,
		    cli->want.count, cli->n_made == cli->want.count ? "\n" :
		    "");
}

static int
run(struct cli *cli, int argc, char **argv)
{
	const struct cli_verb	*v = cli->verb;
	struct why		 why = {0};
	unsigned		 n;
	int			 r;

	if ((r = options_read(cli, argc, argv, &why)) == 1) {
		usage_verb(v, stdout);
		return 0;
	}
	n = (unsigned)(argc - optind);
	if (r == 0 && (n < v->min || n > v->max))
		r = why_set(&why, DPE_USAGE, "%s: takes %s", verb_text(v),
		    v->operands);
	if (r != 0)
		return fail(r, &why);
	cli->dir = argv[optind];
	cli->want.name = n > 1 ? argv[optind + 1] : NULL;
	cli->want.made = told_made;
	cli->want.arg = cli;
	cli->progress = cli->want.count >= PROGRESS_FROM &&
	    isatty(STDERR_FILENO);
	cli->quiet = cli->progress && isatty(STDOUT_FILENO);
	r = v->run(cli, &why);
	if (r == 0 && (fflush(stdout) != 0 || ferror(stdout)))
		r = why_set(&why, DPE_IO, "standard output: %s",
		    strerror(errno));
	return r == 0 ? 0 : fail(r, &why);
}

int
main(int argc, char **argv)
{
	struct cli	 cli = {0};
	struct why	 why = {0};
	const char	*first = argc > 1 ? argv[1] : NULL;
	const char	*second = argc > 2 ? argv[2] : NULL;
	int		 skip;

	if (first == NULL) {
		why_set(&why, DPE_USAGE, "a noun is missing (smdp-pki --help)");
		return fail(DPE_USAGE, &why);
	}
	if (strcmp(first, "--version") == 0) {
		puts("smdp-pki " PACKAGE_VERSION);
		return 0;
	}
	if (strcmp(first, "--help") == 0 || (noun_known(first) &&
	    second != NULL && strcmp(second, "--help") == 0)) {
		usage(first[0] == '-' ? NULL : first, stdout);
		return 0;
	}
	if ((cli.verb = verb_find(first, second)) == NULL) {
		why_set(&why, DPE_USAGE, "%.40s%s%.40s: no such command "
		    "(smdp-pki --help)", first, second == NULL ? "" : " ",
		    second == NULL ? "" : second);
		return fail(DPE_USAGE, &why);
	}
	skip = cli.verb->noun == NULL ? 1 : 2;
	return run(&cli, argc - skip, argv + skip);
}
