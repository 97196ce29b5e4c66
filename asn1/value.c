/* SPDX-License-Identifier: Apache-2.0 */
/* The small values: octets, OIDs, bits, key ids, ANY. */
#include <string.h>

#include "asn1/codec.h"
#include "base/der.h"

static uint8_t	nothing[1];

static struct slice
value_slice(const uint8_t *p, int len)
{
	return slice_of(p == NULL ? nothing : p, len < 0 ? 0 : (size_t)len);
}

struct slice
codec_slice(const OCTET_STRING_t *o)
{
	if (o == NULL)
		return slice_of(NULL, 0);
	return value_slice(o->buf, o->size);
}

struct slice
codec_oid(const OBJECT_IDENTIFIER_t *o)
{
	return value_slice(o->buf, o->size);
}

struct bits
codec_bits(const BIT_STRING_t *o)
{
	struct bits	 b;

	b.octets = value_slice(o->buf, o->size);
	b.unused = (unsigned)o->bits_unused & 7;
	return b;
}

/* The type's SIZE has been checked; what is short leaves zeros. */
void
codec_copy(uint8_t *dst, size_t n, const OCTET_STRING_t *o)
{
	struct slice	 s = slice_sub(codec_slice(o), 0, n);

	memset(dst, 0, n);
	memcpy(dst, s.p, s.len);
}

void
codec_key_ids(struct ci_list *dst, const KeyIds_t *src)
{
	int	 i;

	dst->n = 0;
	for (i = 0; i < src->list.count && dst->n < LIM_CI; i++)
		dst->id[dst->n++] = codec_slice(src->list.array[i]);
}

int
codec_any(const ANY_t *any, uint32_t tag, struct slice *out)
{
	struct der	 d;

	*out = value_slice(any->buf, any->size);
	return der_whole(*out, tag, &d);
}

/* asn1c's members are not const, and its encoders do not write. */
static uint8_t *
value_borrow(struct slice s)
{
	union {
		const uint8_t	*in;
		uint8_t		*out;
	} u;

	u.in = s.p;
	return s.p == NULL ? nothing : u.out;
}

OCTET_STRING_t
octets_of(struct slice s)
{
	OCTET_STRING_t	 o;

	memset(&o, 0, sizeof(o));
	o.buf = value_borrow(s);
	o.size = (int)s.len;
	return o;
}

OBJECT_IDENTIFIER_t
oid_of(struct slice s)
{
	OBJECT_IDENTIFIER_t	 o;

	memset(&o, 0, sizeof(o));
	o.buf = value_borrow(s);
	o.size = (int)s.len;
	return o;
}

BIT_STRING_t
bit_string_of(struct bits b)
{
	BIT_STRING_t	 o;

	memset(&o, 0, sizeof(o));
	o.buf = value_borrow(b.octets);
	o.size = (int)b.octets.len;
	o.bits_unused = (int)b.unused;
	return o;
}

int
any_of(struct slice s, uint32_t tag, ANY_t *out)
{
	struct der	 d;

	memset(out, 0, sizeof(*out));
	if (s.len > LIM_RSP_MESSAGE || der_whole(s, tag, &d) != 0)
		return DPE_RANGE;
	out->buf = value_borrow(s);
	out->size = (int)s.len;
	return 0;
}

int
signature_of(struct slice s, OCTET_STRING_t *out)
{
	*out = octets_of(s);
	return s.len == SIG_LEN ? 0 : DPE_RANGE;
}

KeyIds_t
key_ids_of(const struct ci_list *src, struct key_list *room)
{
	KeyIds_t	 k;
	size_t		 i;

	memset(&k, 0, sizeof(k));
	for (i = 0; i < src->n && i < LIM_CI; i++) {
		room->id[i] = octets_of(src->id[i]);
		room->at[i] = &room->id[i];
	}
	k.list.array = room->at;
	k.list.count = (int)i;
	k.list.size = LIM_CI;
	return k;
}

OCTET_STRING_t *
octets_if(struct slice s, OCTET_STRING_t *room)
{
	if (s.p == NULL)
		return NULL;
	*room = octets_of(s);
	return room;
}
