/* SPDX-License-Identifier: Apache-2.0 */
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "tools/ctl.h"

#define OPT_MAX		24	/* options of one verb */
#define OPT_OWN		1000	/* what getopt_long() returns for ours */

/* Every verb has these. */
enum { OPT_JSON = 1, OPT_HELP };

int
ctl_say(int status, const char *fmt, ...)
{
	va_list	 ap;

	fputs("smdpctl: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return status;
}

const char *
ctl_text(const struct ctl_args *a, const char *key)
{
	return json_string_value(json_object_get(a->local, key));
}

bool
ctl_flag(const struct ctl_args *a, const char *key)
{
	return json_is_true(json_object_get(a->local, key));
}

void
ctl_opt_free(struct ctl_args *a)
{
	json_decref(a->in);
	json_decref(a->local);
	a->in = a->local = NULL;
}

static size_t
opt_table(const struct ctl_opt *opts, struct option *out, char *letters)
{
	size_t	 n = 0;

	out[n++] = (struct option){ "json", no_argument, NULL, OPT_JSON };
	out[n++] = (struct option){ "help", no_argument, NULL, OPT_HELP };
	letters += sprintf(letters, "d:h");
	for (; opts != NULL && opts->name != NULL && n < OPT_MAX; opts++) {
		out[n] = (struct option){ opts->name, opts->arg != NULL ?
		    required_argument : no_argument, NULL,
		    OPT_OWN + (int)n - 2 };
		if (opts->letter != 0)
			letters += sprintf(letters, "%c%s", opts->letter,
			    opts->arg != NULL ? ":" : "");
		n++;
	}
	memset(&out[n], 0, sizeof(out[n]));
	return n;
}

static const struct ctl_opt *
opt_letter(const struct ctl_opt *opts, int letter)
{
	while (opts->letter != letter)
		opts++;		/* getopt_long() knows no other letters */
	return opts;
}

/* max-downloads becomes max_downloads. */
static void
opt_key(const struct ctl_opt *o, char *out, size_t size)
{
	snprintf(out, size, "%s", o->key != NULL ? o->key : o->name);
	for (; *out != '\0'; out++)
		if (*out == '-')
			*out = '_';
}

void
ctl_opt_reason(const struct ctl_verb *v, struct why *why)
{
	const struct ctl_opt	*o = v != NULL ? v->opts : NULL;
	size_t			 n = strcspn(why->text, ": ");
	struct why		 was = *why;
	char			 key[32];

	if (why->text[n] != ':' && strcmp(why->text + n, " is missing") != 0)
		return;
	for (; o != NULL && o->name != NULL; o++) {
		opt_key(o, key, sizeof(key));
		if (o->local || strlen(key) != n ||
		    strncmp(key, was.text, n) != 0)
			continue;
		why_set(why, 0, "--%s%s", o->name, was.text + n);
		return;
	}
}

static int
opt_take(const struct ctl_opt *o, const char *value, struct ctl_args *a)
{
	char	 key[32];
	json_t	*v;

	opt_key(o, key, sizeof(key));
	if (o->kind == CTL_FLAG)
		v = json_true();
	else if (o->kind == CTL_INT) {
		if (*value == '\0' || strlen(value) > 15 ||
		    value[strspn(value, "0123456789")] != '\0')
			return ctl_say(CTL_USAGE, "--%s %s: a number is "
			    "needed", o->name, value);
		v = json_integer(strtoll(value, NULL, 10));
	} else if ((v = json_string(value)) == NULL)
		return ctl_say(CTL_USAGE, "--%s: is not UTF-8", o->name);
	json_object_set_new(o->local ? a->local : a->in, key, v);
	return 0;
}

static int
opt_operands(const struct ctl_verb *v, struct ctl_args *a)
{
	if (a->words < v->min)
		return ctl_say(CTL_USAGE, "%s%s%s: %s is missing (--help)",
		    v->noun, v->verb != NULL ? " " : "",
		    v->verb != NULL ? v->verb : "", v->operands);
	if (v->max >= 0 && a->words > v->max)
		return ctl_say(CTL_USAGE, "%s%s%s: %s: one word too many",
		    v->noun, v->verb != NULL ? " " : "",
		    v->verb != NULL ? v->verb : "", a->word[v->max]);
	if (v->key != NULL && a->words > 0 && json_object_set_new(a->in,
	    v->key, json_string(a->word[0])) != 0)
		return ctl_say(CTL_USAGE, "%s: is not UTF-8", v->operands);
	return 0;
}

int
ctl_opt_parse(struct ctl *c, const struct ctl_verb *v, int argc, char **argv,
    struct ctl_args *a, bool *help)
{
	struct option	 tab[OPT_MAX + 1];
	char		 letters[4 + 2 * OPT_MAX];
	static char	 name[] = "smdpctl";
	int		 ch, r = 0;

	c->verb = v;
	opt_table(v->opts, tab, letters);
	memset(a, 0, sizeof(*a));
	a->in = json_object();
	a->local = json_object();
	*help = false;
	argv[0] = name;
	optind = 0;		/* from the start, with permutation */
	while (r == 0 &&
	    (ch = getopt_long(argc, argv, letters, tab, NULL)) != -1) {
		if (ch == OPT_JSON)
			c->json = true;
		else if (ch == OPT_HELP || ch == 'h')
			*help = true;
		else if (ch == 'd')
			c->dir = optarg;
		else if (ch == '?')
			r = CTL_USAGE;
		else
			r = opt_take(ch >= OPT_OWN ? &v->opts[ch - OPT_OWN] :
			    opt_letter(v->opts, ch), optarg, a);
	}
	if (r != 0 || *help)
		return r;
	a->word = argv + optind;
	a->words = argc - optind;
	return opt_operands(v, a);
}

void
ctl_opt_help(const struct ctl_verb *v)
{
	const struct ctl_opt	*o;
	char			 left[64];

	printf("usage: smdpctl [-d D] %s%s%s%s%s%s [--json]\n    %s\n",
	    v->noun, v->verb != NULL ? " " : "",
	    v->verb != NULL ? v->verb : "",
	    v->opts != NULL ? " [OPTION...]" : "",
	    v->operands != NULL ? " " : "",
	    v->operands != NULL ? v->operands : "", v->what);
	for (o = v->opts; o != NULL && o->name != NULL; o++) {
		snprintf(left, sizeof(left), "%s%.1s%s--%s%s%s",
		    o->letter != 0 ? "-" : "", &o->letter,
		    o->letter != 0 ? ", " : "", o->name,
		    o->arg != NULL ? " " : "", o->arg != NULL ? o->arg : "");
		printf("  %-30s  %s\n", left, o->help);
	}
	printf("Example:\n    smdpctl -d lab %s\n", v->example);
}
