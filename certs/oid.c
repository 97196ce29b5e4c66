/* SPDX-License-Identifier: Apache-2.0 */
/* Object identifiers as dotted text, X.690 8.19. */
#include <inttypes.h>
#include <stdio.h>

#include "certs/cert.h"

#define ARC_MAX		((uint64_t)UINT32_MAX)
#define OID_MAX		64	/* octets of contents */

/* The subidentifier at the start of *in. */
static int
arc_next(struct slice *in, uint64_t *out)
{
	size_t	 i;

	if (in->len == 0 || in->p[0] == 0x80)
		return DPE_RANGE;
	for (*out = 0, i = 0; i < in->len; i++) {
		*out = *out << 7 | (in->p[i] & 0x7f);
		if (*out > ARC_MAX + 80)
			return DPE_RANGE;
		if ((in->p[i] & 0x80) == 0) {
			*in = slice_sub(*in, i + 1, in->len);
			return 0;
		}
	}
	return DPE_RANGE;
}

int
oid_text(struct slice oid, char *out, size_t size)
{
	uint64_t	 arc, top;
	size_t		 at;
	int		 n;

	if (arc_next(&oid, &arc) != 0)
		return DPE_RANGE;
	top = arc < 80 ? arc / 40 : 2;
	if (arc - 40 * top > ARC_MAX)
		return DPE_RANGE;
	n = snprintf(out, size, "%" PRIu64 ".%" PRIu64, top, arc - 40 * top);
	if (n < 0 || (size_t)n >= size)
		return DPE_RANGE;
	for (at = (size_t)n; oid.len > 0; at += (size_t)n) {
		if (arc_next(&oid, &arc) != 0 || arc > ARC_MAX)
			return DPE_RANGE;
		n = snprintf(out + at, size - at, ".%" PRIu64, arc);
		if (n < 0 || (size_t)n >= size - at)
			return DPE_RANGE;
	}
	return 0;
}

/* The decimal number at *text, no leading zeros. */
static int
arc_parse(const char **text, uint64_t *out)
{
	const char	*p = *text;

	if (*p < '0' || *p > '9' || (p[0] == '0' && p[1] >= '0' && p[1] <= '9'))
		return DPE_RANGE;
	for (*out = 0; *p >= '0' && *p <= '9'; p++)
		if ((*out = *out * 10 + (uint64_t)(*p - '0')) > ARC_MAX)
			return DPE_RANGE;
	*text = p;
	return 0;
}

static void
arc_add(struct buf *b, uint64_t arc)
{
	int	 shift;

	for (shift = 35; shift > 0; shift -= 7)
		if (arc >> shift != 0)
			buf_add_u8(b, (uint8_t)(0x80 | (arc >> shift & 0x7f)));
	buf_add_u8(b, (uint8_t)(arc & 0x7f));
}

int
oid_parse(const char *text, struct buf *out)
{
	size_t		 start = out->len;
	uint64_t	 arc, second;

	if (arc_parse(&text, &arc) != 0 || arc > 2 || *text++ != '.' ||
	    arc_parse(&text, &second) != 0 || (arc < 2 && second > 39))
		return DPE_RANGE;
	arc_add(out, arc * 40 + second);
	while (*text == '.' && out->len - start <= OID_MAX) {
		text++;
		if (arc_parse(&text, &arc) != 0)
			break;
		arc_add(out, arc);
	}
	if (*text == '\0' && text[-1] != '.' && out->len - start <= OID_MAX)
		return 0;
	buf_cut(out, start);
	return DPE_RANGE;
}
