/* SPDX-License-Identifier: Apache-2.0 */
/* smdpctl: look after a running smdpd. */
#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/ctl_call.h"

static const struct ctl_verb *const	tables[] = {
	ctl_init_verbs, ctl_type_verbs, ctl_variant_verbs, ctl_profile_verbs,
	ctl_generate_verbs, ctl_batch_verbs, ctl_check_verbs,
	ctl_order_verbs, ctl_qr_verbs, ctl_export_verbs, ctl_event_verbs,
	ctl_status_verbs, ctl_template_verbs
};
#define TABLES	NELEM(tables)

/* Help on all verbs, or on those of one noun. */
static void
help(const char *noun)
{
	const struct ctl_verb	*v;
	char			 left[64];
	size_t			 i;

	printf("usage: smdpctl [-d D] [--json] NOUN [VERB] ...\n"
	    "    D is the server's directory (also from SMDP_LAB); every "
	    "verb has --help.\n");
	for (i = 0; i < TABLES; i++)
		for (v = tables[i]; v->noun != NULL; v++) {
			if (noun != NULL && strcmp(v->noun, noun) != 0)
				continue;
			snprintf(left, sizeof(left), "%s%s%s%s%s", v->noun,
			    v->verb != NULL ? " " : "",
			    v->verb != NULL ? v->verb : "",
			    v->operands != NULL ? " " : "",
			    v->operands != NULL ? v->operands : "");
			printf("  %-24s  %s\n", left, v->what);
		}
	if (noun == NULL)
		printf("Example:\n    smdpctl -d lab order new --type staff\n");
}

/* How many of the words behind the noun are this verb; 0: they are another. */
static int
verb_words(const char *verb, int argc, char **argv)
{
	const char	*blank = strchr(verb, ' ');
	size_t		 n = blank == NULL ? 0 : (size_t)(blank - verb);

	if (argc < (blank == NULL ? 2 : 3))
		return 0;
	if (blank == NULL)
		return strcmp(verb, argv[1]) == 0 ? 1 : 0;
	return strlen(argv[1]) == n && strncmp(verb, argv[1], n) == 0 &&
	    strcmp(blank + 1, argv[2]) == 0 ? 2 : 0;
}

/* The row for these words; *used tells how many of them named it. */
static const struct ctl_verb *
verb_find(int argc, char **argv, int *used, bool *noun_known)
{
	const struct ctl_verb	*v;
	size_t			 i;

	*noun_known = false;
	for (i = 0; i < TABLES; i++)
		for (v = tables[i]; v->noun != NULL; v++) {
			if (strcmp(v->noun, argv[0]) != 0)
				continue;
			*noun_known = true;
			*used = 1 + (v->verb == NULL ? 0 :
			    verb_words(v->verb, argc, argv));
			if (v->verb == NULL || *used > 1)
				return v;
		}
	return NULL;
}

static int
run(struct ctl *c, int argc, char **argv)
{
	const struct ctl_verb	*v;
	struct ctl_args		 a = { 0 };
	bool			 known, want_help;
	int			 used = 0, r;

	v = verb_find(argc, argv, &used, &known);
	if (v == NULL && known && argc > 1 && (strcmp(argv[1], "--help") == 0 ||
	    strcmp(argv[1], "-h") == 0)) {
		help(argv[0]);
		return CTL_DONE;
	}
	if (v == NULL && known)
		return ctl_say(CTL_USAGE, argc > 1 ? "%s: no verb %s (--help)" :
		    "%s: a verb is missing (--help)", argv[0], argv[1]);
	if (v == NULL)
		return ctl_say(CTL_USAGE, "%s: no such noun (--help)",
		    argv[0]);
	if ((r = ctl_opt_parse(c, v, argc - used + 1, argv + used - 1, &a,
	    &want_help)) == 0) {
		if (want_help)
			ctl_opt_help(v);
		else
			r = v->run(c, v, &a);
	}
	ctl_opt_free(&a);
	return r;
}

/* What was printed must have been written, too. */
static int
end(int r)
{
	if ((fflush(stdout) != 0 || ferror(stdout)) && r == CTL_DONE)
		r = ctl_say(CTL_FAILED, "standard output: cannot be written");
	return r;
}

int
main(int argc, char **argv)
{
	static const struct option	 opts[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 }
	};
	static char	 name[] = "smdpctl";
	struct ctl	 c = { getenv("SMDP_LAB"), false, NULL, NULL };
	int		 ch, r;

	argv[0] = name;
	while ((ch = getopt_long(argc, argv, "+d:h", opts, NULL)) != -1)
		switch (ch) {
		case 'd':
			c.dir = optarg;
			break;
		case 'j':
			c.json = true;
			break;
		case 'h':
			help(NULL);
			return end(CTL_DONE);
		case 'V':
			printf("smdpctl %s\n", PACKAGE_VERSION);
			return end(CTL_DONE);
		default:
			return CTL_USAGE;
		}
	if (optind == argc)
		return ctl_say(CTL_USAGE, "a noun is missing (--help)");
	r = run(&c, argc - optind, argv + optind);
	ctl_link_free(c.link);
	return end(r);
}
