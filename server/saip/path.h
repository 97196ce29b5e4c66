/* SPDX-License-Identifier: Apache-2.0 */
/* Inside server/saip: where in a package each personalised field stands. */
#ifndef SERVER_SAIP_PATH_H
#define SERVER_SAIP_PATH_H

#include "server/saip/saip.h"

/* As many places as all fields together may have. */
#define SAIP_PLACES	256

struct saip_place {
	enum saip_field	 field;
	size_t		 offset;	/* of the contents, in the package */
	size_t		 len;
	bool		 optional;	/* without a value: as it is */
};

struct saip_places {
	struct saip_place at[SAIP_PLACES];
	size_t		 n;
};

/*
 * Every place of every field, in the order of the package and, within an
 * element, of the fields.  DPE_SYNTAX: no package, or a place whose size is
 * not that of the field; DPE_RANGE: too many.
 */
MUST_CHECK int	saip_places_find(struct slice upp, struct saip_places *out,
		    struct why *why);

/*
 * What a package has at the first place of a field, of whatever size: of the
 * first USIM, where there are several.  DPE_NOTFOUND, DPE_SYNTAX.
 */
MUST_CHECK int	saip_path_first(struct slice upp, enum saip_field f,
		    struct slice *out);

#endif
