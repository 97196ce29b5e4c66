/* SPDX-License-Identifier: Apache-2.0 */
/*
 * asn1c's structures and ours, member by member: one table a type, read in
 * both directions.  For the files of this folder only.
 */
#ifndef ASN1_MAP_H
#define ASN1_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum map_as {
	MAP_BYTES,	/* OCTET STRING, UTF8String, OBJECT IDENTIFIER: slice */
	MAP_INT,	/* INTEGER: long, MAP_NONE when it is absent */
	MAP_MARK,	/* NULL OPTIONAL: bool */
	MAP_PART,	/* a structure: embedded, or a pointer when optional */
	MAP_LIST	/* SEQUENCE OF: { items *v; size_t n; } */
};
#define MAP_NONE	(-1L)

struct map_type;

struct map_row {
	enum map_as		 as;
	bool			 optional;	/* asn1c has a pointer */
	int			 pick;		/* alternative of a CHOICE */
	size_t			 theirs, ours;	/* offsets */
	const struct map_type	*type;		/* of the part, or of items */
};

/* A CHOICE begins with `present' in asn1c, with an int of it in ours. */
struct map_type {
	size_t			 theirs, ours;	/* sizes */
	bool			 choice;
	const struct map_row	*row;
	size_t			 n;
};

/* Any list of ours. */
struct map_list {
	void		*v;
	size_t		 n;
};

/* Memory for one value, all of which goes at once. */
struct map_room {
	struct map_block	*first;
};
void		*map_alloc(struct map_room *room, size_t n);
void		 map_room_free(struct map_room *room);

/* From asn1c's value, which must outlive ours: slices point into it. */
void	map_get(const struct map_type *t, const void *theirs, void *ours,
	    struct map_room *room);
/* To asn1c; theirs is zeroed, borrows from ours and is never freed by asn1c. */
void	map_put(const struct map_type *t, const void *ours, void *theirs,
	    struct map_room *room);
/* Wipe the octets that asn1c's value holds: keys may be among them. */
void	map_wipe(const struct map_type *t, const void *theirs);

#endif
