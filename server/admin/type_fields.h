/* SPDX-License-Identifier: Apache-2.0 */
/* What a profile type is, as members of a call and of an answer. */
#ifndef SERVER_ADMIN_TYPE_FIELDS_H
#define SERVER_ADMIN_TYPE_FIELDS_H

#include "server/admin/admin.h"
#include "db/store_type.h"

#define TYPE_TEST		0	/* profile_class */
#define TYPE_OPERATIONAL	2
#define SPN_BYTES		32
#define NAME_BYTES		64
#define OWNER_TEXT		(7 + 2 * (6 + 2 * LIM_GID))
#define NOTIFY_TEXT		2048
#define TYPE_IN_NONE		INT64_MAX	/* a number was not given */

/* What was not given is NULL, empty or TYPE_IN_NONE. */
struct type_in {
	char		*name, *spn, *profile_name, *class, *owner, *ppr;
	char		*notify, *protect, *ineligible, *after, *rebind;
	char		*cancel;
	struct buf	 icon;
	bool		 no_icon;
	int64_t		 reinstall, low_stock;
};

/* DPE_USAGE.  Free in any case. */
MUST_CHECK int	type_in_read(struct admin_call *call, struct type_in *in);
void		type_in_free(struct type_in *in);
/* A new type of this name, with what holds where nothing was given. */
MUST_CHECK int	type_preset(const struct type_in *in, struct ptype *t,
		    struct why *why);
/*
 * Put what was given into t, and see that all of it goes together.  May run
 * again on another t.  lab: addresses may have a port.  DPE_USAGE.
 */
MUST_CHECK int	type_apply(const struct type_in *in, struct ptype *t,
		    bool lab, struct why *why);
/* The members that were given, each after a blank: for the audit. */
void		type_in_words(const struct type_in *in, struct buf *out);
json_t		*type_json(const struct ptype *t);

/*
 * type_notify.c: "install,enable=HOST" to t's own events and other addresses;
 * an empty text is none.  As a list of the same words.
 */
MUST_CHECK int	type_notify(const char *text, struct ptype *t, bool lab,
		    struct why *why);
json_t		*type_notify_json(const struct ptype *t);

#endif
