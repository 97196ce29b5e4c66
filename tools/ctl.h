/* SPDX-License-Identifier: Apache-2.0 */
/*
 * smdpctl: a verb is a row of a table, which says what its words mean, what is
 * sent to the daemon and which columns of the answer are shown.
 */
#ifndef TOOLS_CTL_H
#define TOOLS_CTL_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"

enum ctl_exit { CTL_DONE, CTL_FAILED, CTL_USAGE, CTL_NOTFOUND };

struct ctl {
	const char	*dir;		/* NULL: not named */
	bool		 json;
	struct ctl_link	*link;		/* to the daemon, made when needed */
	const struct ctl_verb	*verb;	/* that is run; may be NULL */
};

enum ctl_kind { CTL_TEXT, CTL_INT, CTL_FLAG };

struct ctl_opt {
	const char	*name;		/* without "--"; NULL ends a table */
	char		 letter;	/* 0: none */
	enum ctl_kind	 kind;
	const char	*key;		/* member; NULL: the name, '-' to '_' */
	bool		 local;		/* not sent to the daemon */
	const char	*arg;		/* "N", "FILE"; NULL for a flag */
	const char	*help;
};

struct ctl_col {
	const char	*key;		/* member; NULL ends a table */
	const char	*head;
};

/* The words of one command line, sorted. */
struct ctl_args {
	json_t	 *in;		/* to be sent */
	json_t	 *local;	/* for the command itself */
	char	**word;		/* operands */
	int	  words;
};

struct ctl_verb {
	const char	*noun, *verb;	/* verb NULL: the noun alone; it may be
					   of two words, as "variant add" */
	const char	*operands;	/* "ID", "FILE..."; NULL: none */
	const char	*key;		/* member for a single operand */
	int		 min, max;	/* how many; max -1: any */
	const struct ctl_opt	*opts;	/* may be NULL */
	const struct ctl_col	*cols;	/* of a list */
	int		(*run)(struct ctl *c, const struct ctl_verb *v,
			    struct ctl_args *a);
	const char	*what;		/* one line */
	const char	*example;
};

/* Tables of the nouns, ended by a row without noun. */
extern const struct ctl_verb	ctl_init_verbs[], ctl_type_verbs[],
    ctl_variant_verbs[],
    ctl_profile_verbs[], ctl_check_verbs[], ctl_order_verbs[],
    ctl_qr_verbs[], ctl_event_verbs[], ctl_status_verbs[],
    ctl_export_verbs[], ctl_generate_verbs[], ctl_batch_verbs[],
    ctl_template_verbs[];

/* ctl_opt.c: argv[0] is the verb's own word. An exit status; 0 go on. */
MUST_CHECK int	ctl_opt_parse(struct ctl *c, const struct ctl_verb *v,
		    int argc, char **argv, struct ctl_args *a, bool *help);
void		ctl_opt_free(struct ctl_args *a);
void		ctl_opt_help(const struct ctl_verb *v);
/* A local text, NULL if it was not given; a local flag. */
const char	*ctl_text(const struct ctl_args *a, const char *key);
bool		 ctl_flag(const struct ctl_args *a, const char *key);

/*
 * A reason of the daemon's that begins with a member ("matching_id: ..."), for
 * people: with the option of the verb that sets it ("--matching-id: ...").
 */
void		ctl_opt_reason(const struct ctl_verb *v, struct why *why);

/* One line on standard error; returns status. */
int		ctl_say(int status, const char *fmt, ...) PRINTF(2, 3);

/* What most verbs do: call NOUN/VERB, show the object or the list. */
int		ctl_run_one(struct ctl *c, const struct ctl_verb *v,
		    struct ctl_args *a);
int		ctl_run_list(struct ctl *c, const struct ctl_verb *v,
		    struct ctl_args *a);

#endif
