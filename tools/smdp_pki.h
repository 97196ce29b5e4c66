/* SPDX-License-Identifier: Apache-2.0 */
/* smdp-pki: the command line as it was understood, and its verbs. */
#ifndef TOOLS_SMDP_PKI_H
#define TOOLS_SMDP_PKI_H

#include "tools/pki_lab.h"

#define CLI_HOSTS	14

struct cli {
	const struct cli_verb	*verb;
	const char		*dir;		/* first operand */
	const char		*address;
	const char		*hosts[CLI_HOSTS + 1];
	size_t			 n_hosts;
	struct pki_want		 want;		/* name: second operand */
	size_t			 n_made;
	bool			 quiet, progress;
};

struct cli_verb {
	const char	*noun;		/* NULL: verb stands alone (init) */
	const char	*verb;
	enum pki_kind	 kind;
	int		(*run)(struct cli *cli, struct why *why);
	unsigned	 min, max;	/* operands */
	const char	*options;	/* letters of cli_options */
	const char	*operands;	/* for the usage */
	const char	*help;
};

extern const struct cli_verb	cli_verbs[];
extern const size_t		cli_n_verbs;

#endif
