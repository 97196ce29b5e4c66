/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/conformance/mutate.h"

#include <jansson.h>

#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/der.h"
#include "base/jfield.h"

#define DEPTH		12	/* levels of TLVs that are gone into */

/* xorshift64*: it need not be good, but the same everywhere. */
uint32_t
dice_below(struct dice *d, uint32_t n)
{
	d->state ^= d->state >> 12;
	d->state ^= d->state << 25;
	d->state ^= d->state >> 27;
	return (uint32_t)((d->state * UINT64_C(0x2545F4914F6CDD1D)) >> 32) %
	    n;
}

static size_t
dice_at(struct dice *d, size_t n)
{
	return n == 0 ? 0 : dice_below(d, (uint32_t)n);
}

/* -- octets ---------------------------------------------------------------- */

static void
octets_flip(struct dice *d, struct slice in, struct buf *out)
{
	uint32_t	 n = 1 + dice_below(d, 4);

	buf_add_slice(out, in);
	while (n-- > 0 && out->len > 0)
		out->p[dice_at(d, out->len)] ^=
		    (uint8_t)(1U << dice_below(d, 8));
}

static void
octets_put(struct dice *d, struct slice in, struct buf *out)
{
	static const uint8_t	 odd[] = { 0x00, 0x01, 0x7f, 0x80, 0x81,
				    0x82, 0x84, 0xff, 0x30, 0xa0, '"', '\\',
				    '{', '}', ',', '=' };

	buf_add_slice(out, in);
	if (out->len > 0)
		out->p[dice_at(d, out->len)] = odd[dice_at(d, NELEM(odd))];
}

static void
octets_cut(struct dice *d, struct slice in, struct buf *out)
{
	buf_add_slice(out, slice_sub(in, 0, dice_at(d, in.len)));
}

static void
octets_insert(struct dice *d, struct slice in, struct buf *out)
{
	size_t	 at = dice_at(d, in.len + 1), n = 1 + dice_at(d, 16);

	buf_add_slice(out, slice_sub(in, 0, at));
	while (n-- > 0)
		buf_add_u8(out, (uint8_t)dice_below(d, 256));
	buf_add_slice(out, slice_sub(in, at, in.len));
}

static void
octets_remove(struct dice *d, struct slice in, struct buf *out)
{
	size_t	 at = dice_at(d, in.len), n = 1 + dice_at(d, 32);

	buf_add_slice(out, slice_sub(in, 0, at));
	if (at + n < in.len)
		buf_add_slice(out, slice_sub(in, at + n, in.len));
}

static void
octets_twice(struct dice *d, struct slice in, struct buf *out)
{
	size_t	 at = dice_at(d, in.len), n = 1 + dice_at(d, 64);

	buf_add_slice(out, slice_sub(in, 0, at));
	buf_add_slice(out, slice_sub(in, at, n));
	buf_add_slice(out, slice_sub(in, at, in.len));
}

static void (*const octets[])(struct dice *, struct slice, struct buf *) = {
	octets_flip, octets_put, octets_cut, octets_insert, octets_remove,
	octets_twice,
};

static void
mutate_octets(struct dice *d, struct slice in, struct buf *out)
{
	octets[dice_at(d, NELEM(octets))](d, in, out);
}

/* -- TLVs ------------------------------------------------------------------ */

static size_t
tlv_count(struct slice in)
{
	struct der	 t;
	size_t		 n = 0;

	while (in.len > 0 && der_next(&in, &t) == 0)
		n++;
	return in.len > 0 ? 0 : n;
}

/* This one is changed; the lengths around it will fit. */
static void
tlv_change(struct dice *d, const struct der *t, struct buf *out)
{
	static const uint32_t	 tags[] = { 0x30, 0x04, 0x80, 0x81, 0x5F37,
				    0xA0, 0xA1, 0xBF22, 0x5A, 0x9F50 };
	struct buf		 v = {0};

	switch (dice_below(d, 6)) {
	case 0:			/* gone */
		return;
	case 1:			/* twice */
		buf_add_slice(out, t->raw);
		buf_add_slice(out, t->raw);
		return;
	case 2:			/* under another tag */
		der_add(out, tags[dice_at(d, NELEM(tags))], t->value);
		return;
	case 3:			/* empty */
		der_add(out, t->tag, slice_of(NULL, 0));
		return;
	case 4:			/* its length is not its own */
		buf_add_slice(out, t->raw);
		if (t->raw.len > 1)
			out->p[out->len - t->value.len - 1] ^=
			    (uint8_t)(1U << dice_below(d, 8));
		return;
	default:		/* another value */
		mutate_octets(d, t->value, &v);
		der_add(out, t->tag, buf_slice(&v));
		buf_free(&v);
	}
}

/* Among the TLVs of in, or somewhere inside one of them. */
static void
tlv_level(struct dice *d, int depth, struct slice in, struct buf *out)
{
	size_t		 n = tlv_count(in), at = dice_at(d, n);
	struct buf	 inner = {0};
	struct der	 t;

	if (n == 0) {
		mutate_octets(d, in, out);
		return;
	}
	for (; n > 0 && der_next(&in, &t) == 0; at--, n--) {
		if (at != 0) {
			buf_add_slice(out, t.raw);
			continue;
		}
		if (depth < DEPTH && tlv_count(t.value) > 0 &&
		    dice_below(d, 6) != 0) {
			tlv_level(d, depth + 1, t.value, &inner);
			der_add(out, t.tag, buf_slice(&inner));
			buf_free(&inner);
		} else
			tlv_change(d, &t, out);
	}
}

void
mutate_der(struct dice *d, struct slice in, struct buf *out)
{
	if (dice_below(d, 3) == 0)
		mutate_octets(d, in, out);
	else
		tlv_level(d, 0, in, out);
}

/* -- JSON ------------------------------------------------------------------ */

/* A member's name by chance. */
static const char *
json_pick(struct dice *d, json_t *o)
{
	size_t	 at = dice_at(d, json_object_size(o));
	void	*it = json_object_iter(o);

	while (at-- > 0)
		it = json_object_iter_next(o, it);
	return json_object_iter_key(it);
}

/* DER inside base64 is changed as DER. */
static void
json_inside(struct dice *d, json_t *o)
{
	const char	*name = json_pick(d, o);
	const char	*text = json_string_value(json_object_get(o, name));
	struct buf	 der = {0}, out = {0}, b64 = {0};

	if (text != NULL && base64_decode(slice_str(text), &der) == 0) {
		mutate_der(d, buf_slice(&der), &out);
		base64_add(&b64, buf_slice(&out));
		json_object_set_new(o, name, json_string(buf_cstr(&b64)));
	}
	buf_free(&der);
	buf_free(&out);
	buf_free(&b64);
}

static void
json_odd_value(struct dice *d, json_t *o)
{
	static const char *const texts[] = { "", "=", "====", "A", "AA", "*",
		"AAAA====", "\xc3\xa4", "00", "null", "../..", "AA==AA==" };
	const char	*name = json_pick(d, o);
	json_t		*v;

	switch (dice_below(d, 7)) {
	case 0:
		v = json_null();
		break;
	case 1:
		v = json_integer((json_int_t)dice_below(d, UINT32_MAX));
		break;
	case 2:
		v = json_real(1e300);
		break;
	case 3:
		v = json_array();
		break;
	case 4:
		v = json_pack("{s:O}", name, json_object_get(o, name));
		break;
	case 5:
		v = json_true();
		break;
	default:
		v = json_string(texts[dice_at(d, NELEM(texts))]);
	}
	json_object_set_new(o, name, v);
}

/* The values of two members change places. */
static void
json_swap(struct dice *d, json_t *o)
{
	const char	*a = json_pick(d, o), *b = json_pick(d, o);
	json_t		*v = json_incref(json_object_get(o, a));

	json_object_set(o, a, json_object_get(o, b));
	json_object_set_new(o, b, v);
}

/* A member comes again behind the others, with another value. */
static void
json_again(struct dice *d, json_t *o, struct buf *out)
{
	const char	*name = json_pick(d, o);

	json_write(o, out);
	buf_cut(out, out->len - 1);
	buf_addf(out, ",\"%s\":\"%c\"}", name, 'A' + (char)dice_below(d, 26));
}

/* A text in other words of JSON: the same, or nearly. */
static void
json_escape(struct dice *d, json_t *o, struct buf *out)
{
	size_t	 at, i;

	json_write(o, out);
	at = dice_at(d, out->len);
	for (i = at; i < out->len && out->p[i] != 'A'; i++)
		continue;
	if (i < out->len)
		out->p[i] = dice_below(d, 2) == 0 ? '\\' : 'a';
}

void
mutate_json(struct dice *d, struct slice in, struct buf *out)
{
	struct why	 why = {""};
	json_t		*o = NULL;
	uint32_t	 how = dice_below(d, 10);

	if (how < 3 || json_read(in, &o, &why) != 0) {
		mutate_octets(d, in, out);
		json_decref(o);
		return;
	}
	if (how < 7)
		json_inside(d, o);
	else if (how == 7)
		json_odd_value(d, o);
	else if (how == 8)
		json_swap(d, o);
	else if (dice_below(d, 3) == 0)
		json_object_del(o, json_pick(d, o));
	if (how < 9)
		json_write(o, out);
	else if (dice_below(d, 2) == 0 && json_object_size(o) > 0)
		json_again(d, o, out);
	else
		json_escape(d, o, out);
	json_decref(o);
}
