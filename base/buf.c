/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
mem_wipe(void *p, size_t n)
{
	if (p != NULL && n > 0)
		explicit_bzero(p, n);
}

void *
xmalloc(size_t n)
{
	void	*p;

	if ((p = malloc(n > 0 ? n : 1)) == NULL)
		abort();
	return p;
}

void *
xcalloc(size_t n, size_t size)
{
	void	*p;

	if ((p = calloc(n > 0 ? n : 1, size > 0 ? size : 1)) == NULL)
		abort();
	return p;
}

char *
xstrdup(const char *s)
{
	size_t	 n = strlen(s) + 1;

	return memcpy(xmalloc(n), s, n);
}

struct slice
slice_of(const void *p, size_t len)
{
	struct slice	 s = { p, len };

	return s;
}

struct slice
slice_str(const char *s)
{
	return slice_of(s, s == NULL ? 0 : strlen(s));
}

struct slice
slice_sub(struct slice s, size_t off, size_t n)
{
	if (off >= s.len)
		return slice_of(NULL, 0);
	if (n > s.len - off)
		n = s.len - off;
	return slice_of(s.p + off, n);
}

bool
slice_eq(struct slice a, struct slice b)
{
	return a.len == b.len &&
	    (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

bool
slice_eq_ct(struct slice a, struct slice b)
{
	volatile uint8_t	 diff = 0;
	size_t			 i;

	if (a.len != b.len)
		return false;
	for (i = 0; i < a.len; i++)
		diff = (uint8_t)(diff | (a.p[i] ^ b.p[i]));
	return diff == 0;
}

bool
slice_starts(struct slice s, struct slice prefix)
{
	return s.len >= prefix.len &&
	    slice_eq(slice_sub(s, 0, prefix.len), prefix);
}

char *
slice_dup(struct slice s)
{
	char	*d = xmalloc(s.len + 1);

	if (s.len > 0)
		memcpy(d, s.p, s.len);
	d[s.len] = '\0';
	return d;
}

struct slice
buf_slice(const struct buf *b)
{
	return slice_of(b->p, b->len);
}

void
buf_reserve(struct buf *b, size_t n)
{
	uint8_t	*p;
	size_t	 cap;

	if (b->cap - b->len >= n)
		return;
	if (n > SIZE_MAX / 2 - b->len)
		abort();
	cap = (b->len + n) * 2;
	p = xmalloc(cap);
	if (b->len > 0)
		memcpy(p, b->p, b->len);
	mem_wipe(b->p, b->cap);		/* realloc would leave a copy behind */
	free(b->p);
	b->p = p;
	b->cap = cap;
}

uint8_t *
buf_grow(struct buf *b, size_t n)
{
	uint8_t	*at;

	buf_reserve(b, n > 0 ? n : 1);
	at = b->p + b->len;
	b->len += n;
	return at;
}

void
buf_add(struct buf *b, const void *p, size_t n)
{
	if (n > 0)
		memcpy(buf_grow(b, n), p, n);
}

void
buf_add_slice(struct buf *b, struct slice s)
{
	buf_add(b, s.p, s.len);
}

void
buf_add_u8(struct buf *b, uint8_t v)
{
	*buf_grow(b, 1) = v;
}

void
buf_add_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list	 ap;
	int	 n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		abort();
	buf_reserve(b, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf((char *)b->p + b->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}

void
buf_set(struct buf *b, struct slice s)
{
	buf_cut(b, 0);
	buf_add_slice(b, s);
}

void
buf_cut(struct buf *b, size_t n)
{
	if (n >= b->len)
		return;
	mem_wipe(b->p + n, b->len - n);
	b->len = n;
}

char *
buf_cstr(struct buf *b)
{
	buf_reserve(b, 1);
	b->p[b->len] = '\0';
	return (char *)b->p;
}

void
buf_free(struct buf *b)
{
	mem_wipe(b->p, b->cap);
	free(b->p);
	b->p = NULL;
	b->len = b->cap = 0;
}
