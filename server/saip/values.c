/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The values record: F2, then entries of field (u8), length (u8), octets.  The
 * seed is an entry too, with the set of what is drawn from it behind it, least
 * octet first.  Entries that can be made from others have the highest bit of
 * their number set and are not stored.
 *
 * The records of before were the fields up to OTA_DEK one behind the other;
 * they began with digits, two in an octet, so with no F2.
 */
#include "server/saip/saip.h"

#include <string.h>

#include "certs/crypto.h"
#include "certs/prf.h"
#include "server/saip/fields.h"
#include "server/saip/walk.h"

#define MARK	0xf2
#define SEED	0x7f
#define ALL	(~UINT64_C(0))
#define MADE	0x80
#define OLD_FIELDS	(SAIP_OTA_DEK + 1)

/* The entry of a number, made or not: where it begins, or at the end. */
static size_t
entry_find(struct slice v, unsigned number)
{
	size_t	 at = 1;

	while (at + 2 <= v.len && (v.p[at] & 0x7f) != number)
		at += 2u + v.p[at + 1];
	return at + 2 <= v.len ? at : v.len;
}

static struct slice
entry_value(struct slice v, unsigned number)
{
	size_t	 at = entry_find(v, number);

	if (v.len == 0 || v.p[0] != MARK || at >= v.len ||
	    at + 2 + v.p[at + 1] > v.len)
		return slice_of(NULL, 0);
	return slice_sub(v, at + 2, v.p[at + 1]);
}

static void
entry_add(struct buf *b, unsigned number, const void *p, size_t n)
{
	buf_add_u8(b, (uint8_t)number);
	buf_add_u8(b, (uint8_t)n);
	buf_add(b, p, n);
}

static void
entry_drop(struct buf *b, unsigned number)
{
	size_t	 at = entry_find(buf_slice(b), number), end;

	if (at >= b->len)
		return;
	end = at + 2u + b->p[at + 1];
	memmove(b->p + at, b->p + end, b->len - end);
	buf_cut(b, b->len - (end - at));
}

struct slice
saip_value(struct slice values, enum saip_field f)
{
	return entry_value(values, f);
}

static saip_set
seed_set(struct slice entry)
{
	saip_set set = 0;
	size_t	 i;

	for (i = entry.len; i > PRF_SEED; i--)
		set = set << 8 | entry.p[i - 1];
	return set;
}

/* What is drawn: one field, by its name. */
static void
draw_field(struct prf *prf, enum saip_field f, struct slice context,
    struct buf *out)
{
	const struct field *k = &saip_fields[f];
	uint8_t		 v[PRF_MAX];

	if (k->kind == FIELD_SCALAR)
		prf_scalar(prf, k->name, context, v);
	else if (k->kind == FIELD_CODE) {
		prf_digits(prf, k->name, context, v, k->digits);
		memset(v + k->digits, 0xff, (size_t)(k->size - k->digits));
	} else
		prf_bytes(prf, k->name, context, v, k->size);
	entry_add(out, MADE | f, v, k->size);
	mem_wipe(v, sizeof(v));
}

/* All of the set that is not there yet. */
static int
draw(struct buf *b, saip_set of)
{
	struct slice	 seed = entry_value(buf_slice(b), SEED), ef;
	uint8_t		 key[PRF_SEED], context[10];
	struct prf	*prf;
	saip_set	 set = seed_set(seed) & of;
	unsigned	 f;
	int		 r;

	ef = saip_value(buf_slice(b), SAIP_ICCID_EF);
	if (seed.len == 0 || set == 0)
		return 0;
	if (seed.len < PRF_SEED || ef.len != sizeof(context))
		return DPE_SYNTAX;
	memcpy(key, seed.p, sizeof(key));	/* the buffer moves */
	memcpy(context, ef.p, sizeof(context));
	if ((r = prf_new(key, &prf)) == 0) {
		for (f = 0; f < SAIP_FIELDS; f++)
			if ((set & SAIP_BIT(f)) != 0 && saip_field_drawn(f) &&
			    saip_value(buf_slice(b), f).len == 0)
				draw_field(prf, f, slice_of(context,
				    sizeof(context)), b);
		prf_free(prf);
	}
	mem_wipe(key, sizeof(key));
	return r;
}

/* The class of the last digit of the IMSI, as bit of EF.ACC. */
static int
make_acc(struct slice imsi, enum saip_field f, struct buf *b)
{
	char	 text[IMSI_TEXT];
	unsigned class;
	uint8_t	 acc[2];

	saip_imsi_from_ef(imsi.p, text);
	if (text[0] == '\0')
		return DPE_SYNTAX;
	class = 1u << (text[strlen(text) - 1] - '0');
	acc[0] = (uint8_t)(class >> 8);
	acc[1] = (uint8_t)class;
	entry_add(b, MADE | f, acc, sizeof(acc));
	return 0;
}

static int
make_header(struct slice ef, struct buf *b)
{
	char	 text[ICCID_TEXT];
	uint8_t	 header[10];

	if (iccid_from_ef(ef, text) != 0 || iccid_to_header(text, header) != 0)
		return DPE_SYNTAX;
	entry_add(b, MADE | SAIP_ICCID_HEADER, header, sizeof(header));
	return 0;
}

static int
make_public(struct slice d, struct buf *b)
{
	struct privkey	*k;
	uint8_t		 point[POINT_LEN];
	int		 r;

	if ((r = privkey_from_scalar(NULL, CURVE_P256, d, &k)) != 0)
		return r;
	privkey_point(k, point);
	privkey_free(k);
	entry_add(b, MADE | SAIP_APP_PUBLIC, point, sizeof(point));
	return 0;
}

static int
make(enum saip_field from, struct slice v, struct buf *b)
{
	switch (from) {
	case SAIP_ICCID_EF:
		return make_header(v, b);
	case SAIP_IMSI:
		return make_acc(v, SAIP_ACC, b);
	case SAIP_IMSI2:
		return make_acc(v, SAIP_ACC2, b);
	default:
		return make_public(v, b);
	}
}

/* What follows from others, where it was not given. */
static int
follow(struct buf *b)
{
	static const struct {
		enum saip_field	 from, to;
	} rules[] = {
		{ SAIP_ICCID_EF, SAIP_ICCID_HEADER },
		{ SAIP_IMSI, SAIP_ACC },
		{ SAIP_IMSI2, SAIP_ACC2 },
		{ SAIP_APP_KEY, SAIP_APP_PUBLIC }
	};
	struct slice	 v;
	uint8_t		 copy[SAIP_VALUE_MAX];
	size_t		 i;
	int		 r = 0;

	for (i = 0; i < NELEM(rules) && r == 0; i++) {
		v = saip_value(buf_slice(b), rules[i].from);
		if (v.len != saip_fields[rules[i].from].size ||
		    saip_value(buf_slice(b), rules[i].to).len != 0)
			continue;
		memcpy(copy, v.p, v.len);	/* the buffer moves */
		r = make(rules[i].from, slice_of(copy, v.len), b);
	}
	mem_wipe(copy, sizeof(copy));
	return r;
}

static void
add_seed(const uint8_t seed[PRF_SEED], saip_set set, struct buf *b)
{
	uint8_t	 v[PRF_SEED + 8];
	size_t	 n = PRF_SEED;

	memcpy(v, seed, PRF_SEED);
	for (; set != 0; set >>= 8)
		v[n++] = (uint8_t)set;
	entry_add(b, SEED, v, n);
	mem_wipe(v, sizeof(v));
}

/* now: which of the set are drawn at once; ALL: and what follows from them. */
static int
values_make(const struct rnd *rnd, const char *iccid, const char *imsi,
    saip_set set, saip_set now, struct buf *out)
{
	uint8_t		 ef[10], sim[9], seed[PRF_SEED];
	char		 norm[IMSI_TEXT];
	struct buf	 b = { 0 };
	unsigned	 f;
	int		 r;

	for (f = 0; f < SAIP_FIELDS; f++)
		if (!saip_field_drawn((enum saip_field)f))
			set &= ~SAIP_BIT(f);
	if (iccid_to_ef(iccid, ef) != 0 || imsi_parse(imsi, norm) != 0)
		return DPE_RANGE;
	imsi_to_ef(norm, sim);
	buf_reserve(&b, 512);
	buf_add_u8(&b, MARK);
	entry_add(&b, SAIP_ICCID_EF, ef, sizeof(ef));
	entry_add(&b, SAIP_IMSI, sim, sizeof(sim));
	rnd_fill(rnd, seed, sizeof(seed));
	add_seed(seed, set, &b);
	mem_wipe(seed, sizeof(seed));
	if ((r = draw(&b, now)) == 0 &&
	    (now != ALL || (r = follow(&b)) == 0))
		buf_add_slice(out, buf_slice(&b));
	buf_free(&b);
	return r;
}

int
saip_values_draw(const struct rnd *rnd, const char *iccid, const char *imsi,
    saip_set set, struct buf *out)
{
	return values_make(rnd, iccid, imsi, set, ALL, out);
}

int
saip_values_store(const struct rnd *rnd, const char *iccid, const char *imsi,
    saip_set set, struct buf *out)
{
	return values_make(rnd, iccid, imsi, set, SAIP_BIT(SAIP_K) |
	    SAIP_BIT(SAIP_K256), out);
}

int
saip_values(const struct rnd *rnd, const char *iccid, const char *imsi,
    struct buf *out)
{
	return saip_values_draw(rnd, iccid, imsi, SAIP_USUAL, out);
}

/* A field that was given is not drawn; without others there is no seed. */
static void
undraw(struct buf *b, enum saip_field f)
{
	struct slice	 v = entry_value(buf_slice(b), SEED);
	saip_set	 set = seed_set(v) & ~SAIP_BIT(f);
	uint8_t		 seed[PRF_SEED];

	if (v.len < PRF_SEED)
		return;
	memcpy(seed, v.p, sizeof(seed));
	entry_drop(b, SEED);
	if (set != 0)
		add_seed(seed, set, b);
	mem_wipe(seed, sizeof(seed));
}

/* What is made of others is made anew when one of them is another. */
static void
drop_made(struct buf *b, enum saip_field f, enum saip_field of)
{
	size_t	 at = entry_find(buf_slice(b), of);

	if (at < b->len && b->p[at] == (MADE | of) && f != of)
		entry_drop(b, of);
}

int
saip_value_set(struct buf *values, enum saip_field f, struct slice value)
{
	size_t	 size = saip_fields[f].size;

	if (value.len == 0 || value.len > SAIP_VALUE_MAX ||
	    (size != 0 && value.len != size))
		return DPE_RANGE;
	entry_drop(values, f);
	if (f == SAIP_IMSI)
		drop_made(values, f, SAIP_ACC);
	if (f == SAIP_IMSI2)
		drop_made(values, f, SAIP_ACC2);
	if (f == SAIP_APP_KEY)
		drop_made(values, f, SAIP_APP_PUBLIC);
	if (saip_field_drawn(f))
		undraw(values, f);
	entry_add(values, f, value.p, value.len);
	return follow(values);
}

void
saip_values_pack(struct slice values, struct buf *out)
{
	size_t	 at, n;

	if (values.len == 0 || values.p[0] != MARK) {
		buf_add_slice(out, values);
		return;
	}
	buf_add_u8(out, MARK);
	for (at = 1; at + 2 <= values.len; at += n) {
		n = 2u + values.p[at + 1];
		if ((values.p[at] & MADE) == 0)
			buf_add_slice(out, slice_sub(values, at, n));
	}
}

/* All fields one behind the other. */
static int
open_old(struct slice stored, struct buf *b)
{
	size_t		 at = 0, n;
	unsigned	 f;

	buf_add_u8(b, MARK);
	for (f = 0; f < OLD_FIELDS; f++, at += n) {
		n = saip_fields[f].size;
		if (at + n > stored.len)
			return DPE_SYNTAX;
		entry_add(b, f, stored.p + at, n);
	}
	return at == stored.len ? 0 : DPE_SYNTAX;
}

/* Whole entries, each once, of the size of its field. */
static int
entries_check(struct slice s)
{
	saip_set	 seen = 0;
	size_t		 at, n;
	unsigned	 f;

	for (at = 1; at < s.len; at += 2 + n) {
		if (at + 2 > s.len || (n = s.p[at + 1]) > s.len - at - 2 ||
		    n > SAIP_VALUE_MAX)
			return DPE_SYNTAX;
		f = s.p[at];
		if (f == SEED) {
			if (n < PRF_SEED || n > PRF_SEED + 8)
				return DPE_SYNTAX;
			f = 63;
		} else if (f >= SAIP_FIELDS || n == 0 ||
		    (saip_fields[f].size != 0 && saip_fields[f].size != n))
			return DPE_SYNTAX;
		if ((seen & SAIP_BIT(f)) != 0)
			return DPE_SYNTAX;
		seen |= SAIP_BIT(f);
	}
	return 0;
}

int
saip_values_open(struct slice stored, struct buf *values)
{
	struct buf	 b = { 0 };
	int		 r;

	buf_reserve(&b, 512);
	if (stored.len == 0 || stored.p[0] != MARK)
		r = open_old(stored, &b);
	else if ((r = entries_check(stored)) == 0) {
		buf_add_slice(&b, stored);
		if ((r = draw(&b, ALL)) == 0)
			r = follow(&b);
	}
	if (r == 0)
		buf_add_slice(values, buf_slice(&b));
	buf_free(&b);
	return r;
}
