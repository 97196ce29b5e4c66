/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes.  A slice borrows, a buf owns and is wiped when it is freed or grows.
 * A zeroed struct is an empty one.  Out of memory aborts: every input has a
 * bound in base/limits.h, so it is not an attack but a broken machine.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct slice {
	const uint8_t	*p;
	size_t		 len;
};

struct buf {
	uint8_t	*p;
	size_t	 len;
	size_t	 cap;
};

struct slice	slice_of(const void *p, size_t len);
struct slice	slice_str(const char *s);	/* NULL gives an empty one */
/* n bytes from off, cut at the end of s. */
struct slice	slice_sub(struct slice s, size_t off, size_t n);
bool		slice_eq(struct slice a, struct slice b);
/* The same in constant time; only the lengths may leak. */
bool		slice_eq_ct(struct slice a, struct slice b);
bool		slice_starts(struct slice s, struct slice prefix);
/* malloc'd NUL-terminated copy; the caller frees. */
char		*slice_dup(struct slice s);

struct slice	buf_slice(const struct buf *b);
void		buf_add(struct buf *b, const void *p, size_t n);
void		buf_add_slice(struct buf *b, struct slice s);
void		buf_add_u8(struct buf *b, uint8_t v);
void		buf_add_str(struct buf *b, const char *s);
void		buf_addf(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
/* n more bytes, uninitialised; returns where they start. */
uint8_t		*buf_grow(struct buf *b, size_t n);
/* Room for n more bytes without moving. */
void		buf_reserve(struct buf *b, size_t n);
/* Replace what b holds by s (s may not lie inside b). */
void		buf_set(struct buf *b, struct slice s);
/* Cut to n bytes; the rest is wiped. */
void		buf_cut(struct buf *b, size_t n);
/* NUL-terminate without counting the NUL; the string inside. */
char		*buf_cstr(struct buf *b);
void		buf_free(struct buf *b);	/* wipes; b is empty again */

void		mem_wipe(void *p, size_t n);
/* malloc, calloc, strdup that abort when there is no memory. */
void		*xmalloc(size_t n);
void		*xcalloc(size_t n, size_t size);
char		*xstrdup(const char *s);

#endif
