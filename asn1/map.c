/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/map.h"

#include <NULL.h>
#include <OCTET_STRING.h>
#include <constr_CHOICE.h>

#include <stdlib.h>
#include <string.h>

#include "asn1/codec.h"

/* What asn1c's structures for OBJECT IDENTIFIER and OCTET STRING begin with. */
struct map_octets {
	uint8_t	*buf;
	int	 size;
};

/* A SEQUENCE OF of any type. */
struct map_theirs {
	void	**array;
	int	  count;
	int	  size;
	void	(*free)(void *);
};

struct map_block {
	struct map_block	*next;
	max_align_t		 data[];
};

void *
map_alloc(struct map_room *room, size_t n)
{
	struct map_block	*b = xcalloc(1, sizeof(*b) + n);

	b->next = room->first;
	room->first = b;
	return b->data;
}

void
map_room_free(struct map_room *room)
{
	struct map_block	*b;

	while ((b = room->first) != NULL) {
		room->first = b->next;
		free(b);
	}
}

/* Where a member is: behind asn1c's pointer when it is optional, or NULL. */
static const void *
row_theirs(const struct map_row *row, const void *theirs)
{
	const uint8_t	*at = (const uint8_t *)theirs + row->theirs;
	const void	*p;

	if (!row->optional)
		return at;
	memcpy(&p, at, sizeof(p));
	return p;
}

static bool
row_picked(const struct map_type *t, const struct map_row *row,
    const void *value)
{
	int	 present = 0;

	if (t->choice)
		memcpy(&present, value, sizeof(present));
	return !t->choice || present == row->pick;
}

static struct slice
octets_get(const void *theirs)
{
	struct map_octets	 o;

	if (theirs == NULL)
		return slice_of(NULL, 0);
	memcpy(&o, theirs, sizeof(o));
	return slice_of(o.buf != NULL ? (const void *)o.buf : "",
	    o.buf != NULL ? (size_t)o.size : 0);
}

static void
list_get(const struct map_type *t, const void *theirs, struct map_list *ours,
    struct map_room *room)
{
	struct map_theirs	 list;
	size_t			 i;

	memset(ours, 0, sizeof(*ours));
	if (theirs == NULL)
		return;
	memcpy(&list, theirs, sizeof(list));
	ours->n = (size_t)list.count;
	ours->v = map_alloc(room, ours->n * t->ours + 1);
	for (i = 0; i < ours->n; i++)
		map_get(t, list.array[i], (uint8_t *)ours->v + i * t->ours,
		    room);
}

static void
part_get(const struct map_row *row, const void *theirs, uint8_t *at,
    struct map_room *room)
{
	void	*part = NULL;

	if (!row->optional) {
		map_get(row->type, theirs, at, room);
		return;
	}
	if (theirs != NULL) {
		part = map_alloc(room, row->type->ours);
		map_get(row->type, theirs, part, room);
	}
	memcpy(at, &part, sizeof(part));
}

static void
row_get(const struct map_row *row, const void *theirs, uint8_t *at,
    struct map_room *room)
{
	struct slice	 s;
	long		 v = MAP_NONE;
	bool		 mark = theirs != NULL;

	switch (row->as) {
	case MAP_BYTES:
		s = octets_get(theirs);
		memcpy(at, &s, sizeof(s));
		break;
	case MAP_INT:
		if (theirs != NULL)
			memcpy(&v, theirs, sizeof(v));
		memcpy(at, &v, sizeof(v));
		break;
	case MAP_MARK:
		memcpy(at, &mark, sizeof(mark));
		break;
	case MAP_PART:
		part_get(row, theirs, at, room);
		break;
	case MAP_LIST:
		list_get(row->type, theirs, (void *)at, room);
		break;
	}
}

void
map_get(const struct map_type *t, const void *theirs, void *ours,
    struct map_room *room)
{
	const struct map_row	*row;
	size_t			 i;

	memset(ours, 0, t->ours);
	if (t->choice)
		memcpy(ours, theirs, sizeof(int));
	for (i = 0; i < t->n; i++) {
		row = &t->row[i];
		if (row_picked(t, row, theirs))
			row_get(row, row_theirs(row, theirs),
			    (uint8_t *)ours + row->ours, room);
	}
}

static void
list_put(const struct map_type *t, const struct map_list *ours, uint8_t *at,
    struct map_room *room)
{
	struct map_theirs	 list = { NULL, 0, 0, NULL };
	size_t			 i;

	list.count = list.size = (int)ours->n;
	list.array = map_alloc(room, (ours->n + 1) * sizeof(void *));
	for (i = 0; i < ours->n; i++) {
		list.array[i] = map_alloc(room, t->theirs);
		map_put(t, (const uint8_t *)ours->v + i * t->ours,
		    list.array[i], room);
	}
	memcpy(at, &list, sizeof(list));
}

static size_t
row_size(const struct map_row *row)
{
	switch (row->as) {
	case MAP_BYTES:
		return sizeof(OCTET_STRING_t);
	case MAP_INT:
		return sizeof(long);
	case MAP_MARK:
		return sizeof(NULL_t);
	case MAP_PART:
		return row->type->theirs;
	case MAP_LIST:
		break;
	}
	return sizeof(struct map_theirs) + sizeof(asn_struct_ctx_t);
}

/* Is an optional member of ours there? */
static bool
row_there(const struct map_row *row, const uint8_t *at)
{
	const void	*p;
	struct slice	 s;
	bool		 mark;
	long		 v;

	switch (row->as) {
	case MAP_BYTES:
		memcpy(&s, at, sizeof(s));
		return s.p != NULL;
	case MAP_INT:
		memcpy(&v, at, sizeof(v));
		return v != MAP_NONE;
	case MAP_MARK:
		memcpy(&mark, at, sizeof(mark));
		return mark;
	case MAP_PART:
	case MAP_LIST:
		break;
	}
	memcpy(&p, at, sizeof(p));	/* the part, or a list's v */
	return p != NULL;
}

static void
row_fill(const struct map_row *row, const uint8_t *at, uint8_t *to,
    struct map_room *room)
{
	struct map_octets	 o;
	struct slice		 s;
	const void		*part = at;

	switch (row->as) {
	case MAP_BYTES:
		memcpy(&s, at, sizeof(s));
		o.buf = (uint8_t *)(uintptr_t)s.p;	/* only read */
		o.size = (int)s.len;
		memcpy(to, &o, sizeof(o));
		break;
	case MAP_INT:
		memcpy(to, at, sizeof(long));
		break;
	case MAP_MARK:
		break;
	case MAP_PART:
		if (row->optional)
			memcpy(&part, at, sizeof(part));
		map_put(row->type, part, to, room);
		break;
	case MAP_LIST:
		list_put(row->type, (const void *)at, to, room);
		break;
	}
}

void
map_put(const struct map_type *t, const void *ours, void *theirs,
    struct map_room *room)
{
	const struct map_row	*row;
	const uint8_t		*at;
	uint8_t			*to;
	void			*p;
	size_t			 i;

	if (t->choice)
		memcpy(theirs, ours, sizeof(int));
	for (i = 0; i < t->n; i++) {
		row = &t->row[i];
		at = (const uint8_t *)ours + row->ours;
		to = (uint8_t *)theirs + row->theirs;
		if (!row_picked(t, row, ours) ||
		    (row->optional && !row_there(row, at)))
			continue;
		if (row->optional) {
			p = map_alloc(room, row_size(row));
			memcpy(to, &p, sizeof(p));
			to = p;
		}
		row_fill(row, at, to, room);
	}
}

static void
list_wipe(const struct map_type *t, const void *theirs)
{
	struct map_theirs	 list;
	int			 i;

	memcpy(&list, theirs, sizeof(list));
	for (i = 0; i < list.count; i++)
		map_wipe(t, list.array[i]);
}

void
map_wipe(const struct map_type *t, const void *theirs)
{
	const struct map_row	*row;
	const void		*at;
	struct slice		 s;
	size_t			 i;

	for (i = 0; i < t->n; i++) {
		row = &t->row[i];
		if (!row_picked(t, row, theirs) ||
		    (at = row_theirs(row, theirs)) == NULL)
			continue;
		if (row->as == MAP_BYTES) {
			s = octets_get(at);
			mem_wipe((void *)(uintptr_t)s.p, s.len);
		} else if (row->as == MAP_PART)
			map_wipe(row->type, at);
		else if (row->as == MAP_LIST)
			list_wipe(row->type, at);
	}
}
