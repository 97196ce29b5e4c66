/* SPDX-License-Identifier: Apache-2.0 */
/* Inside vuicc_contents: one package on its way. */
#ifndef TOOLS_VUICC_CONTENTS_INT_H
#define TOOLS_VUICC_CONTENTS_INT_H

#include <stdbool.h>

#include "tools/vuicc_contents.h"

/* On the way through a package. */
struct contents {
	json_t		*out;
	unsigned	 usims;		/* that have begun */
	unsigned	 akas;
	bool		 sd;		/* the first one is the operator's */
};

/*
 * The first value of a name stays, an empty one is none; the names of a second
 * USIM have a 2 behind.
 */
void	contents_put(struct contents *c, const char *name, unsigned usim,
	    const char *text);
void	contents_put_hex(struct contents *c, const char *name, unsigned usim,
	    struct slice v);

/* vuicc_contents_keys.c: an element each. */
void	contents_codes(struct contents *c, struct slice pe, bool puk);
void	contents_aka(struct contents *c, struct slice pe);
void	contents_domain(struct contents *c, struct slice pe);
void	contents_applet(struct contents *c, struct slice pe);

#endif
