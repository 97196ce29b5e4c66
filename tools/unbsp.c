/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/unbsp.h"

#include <string.h>

#include "base/der.h"
#include "base/limits.h"
#include "tools/unbsp_int.h"

int
unbsp_fail(struct unbsp *u, int r, int command, int reason, const char *text)
{
	u->fault->command = command;
	u->fault->reason = reason;
	return why_set(u->why, r, "bound profile package: %s", text);
}

/* BF36 { BF23 A0 A1 [A2] A3 } and nothing else (2.5.4). */
static int
unbsp_frame(struct unbsp *u, struct slice bpp)
{
	struct slice	 s;
	struct der	 d[6];
	bool		 a2;

	memset(d, 0, sizeof(d));
	if (der_whole(bpp, 0xBF36, &d[0]) != 0)
		goto bad;
	s = d[0].value;
	if (der_expect(&s, 0xBF23, &d[1]) != 0 ||
	    der_expect(&s, 0xA0, &d[2]) != 0 ||
	    der_expect(&s, 0xA1, &d[3]) != 0)
		goto bad;
	a2 = der_peek(s) == 0xA2;
	if ((a2 && (der_expect(&s, 0xA2, &d[4]) != 0 ||
	    d[4].value.len == 0)) ||
	    der_expect(&s, 0xA3, &d[5]) != 0 || s.len != 0)
		goto bad;
	u->bf23 = d[1].value;
	u->a0 = d[2].value;
	u->a1 = d[3].value;
	u->a2 = d[4].value;
	u->a3 = d[5].value;
	return 0;
bad:
	return unbsp_fail(u, DPE_SYNTAX, UNBSP_SECURE_CHANNEL,
	    UNBSP_STRUCTURE, "it is not BF36 { BF23 A0 A1 [A2] A3 }");
}

/* One segment in words. */
static int
unbsp_take(struct unbsp *u, int command, uint8_t tag, struct slice *in,
    struct buf *plain)
{
	int	 r;

	if ((r = unbsp_segment(&u->keys, tag, in, plain)) == 0) {
		u->out->segments++;
		return 0;
	}
	return unbsp_fail(u, r, command,
	    r == DPE_SYNTAX ? UNBSP_STRUCTURE : UNBSP_SECURITY,
	    r == DPE_SYNTAX ? "a segment has the wrong tag or size" :
	    "a segment's MAC or padding is wrong");
}

/* A0: exactly one 87 with BF24 in it (5.5.2, at most 128 octets inside). */
static int
unbsp_configure(struct unbsp *u)
{
	struct slice	 s = u->a0, v;
	struct der	 d, b8, oid;
	int		 r;

	if ((r = unbsp_take(u, UNBSP_CONFIGURE, 0x87, &s,
	    &u->out->configure)) != 0)
		return r;
	if (s.len != 0 ||
	    der_whole(buf_slice(&u->out->configure), 0xBF24, &d) != 0)
		goto bad;
	if (d.value.len == 0)
		return 0;
	if (d.value.len > 128 || der_whole(d.value, 0xB8, &b8) != 0)
		goto bad;
	v = b8.value;
	if (der_expect(&v, 0x80, &oid) != 0 || oid.value.len == 0)
		goto bad;
	return 0;
bad:
	return unbsp_fail(u, DPE_SYNTAX, UNBSP_CONFIGURE, UNBSP_VALUES,
	    "ConfigureISDP does not parse");
}

/* A1: one 88, or a full one and the rest (2.5.4.3), together one BF25. */
static int
unbsp_metadata(struct unbsp *u)
{
	struct slice	 s = u->a1;
	struct buf	*m = &u->out->metadata;
	struct der	 d;
	int		 r;

	if ((r = unbsp_take(u, UNBSP_METADATA, 0x88, &s, m)) != 0)
		return r;
	if (s.len != 0) {
		if (m->len != UNBSP_CLEAR)
			return unbsp_fail(u, DPE_SYNTAX, UNBSP_METADATA2,
			    UNBSP_STRUCTURE, "the first 88 is not full");
		if ((r = unbsp_take(u, UNBSP_METADATA2, 0x88, &s, m)) != 0)
			return r;
	}
	if (s.len != 0)
		return unbsp_fail(u, DPE_SYNTAX, UNBSP_METADATA2,
		    UNBSP_STRUCTURE, "more than two 88");
	if (der_whole(buf_slice(m), 0xBF25, &d) != 0)
		return unbsp_fail(u, DPE_SYNTAX, UNBSP_METADATA,
		    UNBSP_VALUES, "no StoreMetadata in A1");
	return 0;
}

/* BF26 36 { 80 10 mcv, 81 10 ppkEnc, 82 10 ppkCmac } to 48 octets. */
static int
unbsp_ppk(struct slice plain, uint8_t data[48])
{
	struct slice	 s;
	struct der	 d;
	uint32_t	 i;

	if (der_whole(plain, 0xBF26, &d) != 0)
		return DPE_SYNTAX;
	for (s = d.value, i = 0; i < 3; i++) {
		if (der_expect(&s, 0x80 + i, &d) != 0 || d.value.len != 16)
			return DPE_SYNTAX;
		memcpy(data + 16 * i, d.value.p, 16);
	}
	return s.len == 0 ? 0 : DPE_SYNTAX;
}

/* A2, when it is there: exactly one 87; counter and chain start anew. */
static int
unbsp_replace(struct unbsp *u)
{
	struct slice	 s = u->a2;
	struct buf	 plain = {0};
	uint8_t		 data[48];
	int		 r;

	if (s.len == 0)
		return 0;
	if ((r = unbsp_take(u, UNBSP_REPLACE_KEYS, 0x87, &s, &plain)) != 0)
		goto out;
	if (s.len != 0 || unbsp_ppk(buf_slice(&plain), data) != 0) {
		r = unbsp_fail(u, DPE_SYNTAX, UNBSP_REPLACE_KEYS,
		    UNBSP_VALUES, "ReplaceSessionKeys does not parse");
		goto out;
	}
	u->out->own_keys = true;
	if ((r = unbsp_keys_set(&u->keys, data)) != 0)
		r = unbsp_fail(u, r, UNBSP_REPLACE_KEYS, UNBSP_UNKNOWN,
		    "no keys");
out:
	mem_wipe(data, sizeof(data));
	buf_free(&plain);
	return r;
}

/* A3: one 86 or more, all of them full but the last (2.5.3). */
static int
unbsp_profile(struct unbsp *u)
{
	struct slice	 s = u->a3;
	struct buf	*upp = &u->out->upp;
	size_t		 before;
	int		 r;

	buf_reserve(upp, s.len);	/* so that no copy is left behind */
	do {
		before = upp->len;
		if ((r = unbsp_take(u, UNBSP_PROFILE, 0x86, &s, upp)) != 0)
			return r;
		if (s.len != 0 && upp->len - before != UNBSP_FULL)
			return unbsp_fail(u, DPE_SYNTAX, UNBSP_PROFILE,
			    UNBSP_STRUCTURE, "an 86 before the last is not "
			    "full");
	} while (s.len != 0);
	if (upp->len > LIM_UPP)
		return unbsp_fail(u, DPE_RANGE, UNBSP_PROFILE, UNBSP_MEMORY,
		    "the profile is too large");
	return 0;
}

int
unbsp_open(const struct unbsp_in *in, struct slice bpp, struct unbsp_out *out,
    struct unbsp_fault *fault, struct why *why)
{
	struct unbsp	 u;
	int		 r;

	memset(&u, 0, sizeof(u));
	memset(out, 0, sizeof(*out));
	u.in = in;
	u.out = out;
	u.fault = fault;
	u.why = why;
	if ((r = unbsp_frame(&u, bpp)) == 0 && (r = unbsp_channel(&u)) == 0 &&
	    (r = unbsp_signature(&u)) == 0 && (r = unbsp_derive(&u)) == 0 &&
	    (r = unbsp_configure(&u)) == 0 && (r = unbsp_metadata(&u)) == 0 &&
	    (r = unbsp_replace(&u)) == 0)
		r = unbsp_profile(&u);
	unbsp_keys_free(&u.keys);
	if (r != 0)
		unbsp_free(out);
	return r;
}

void
unbsp_free(struct unbsp_out *out)
{
	buf_free(&out->configure);
	buf_free(&out->metadata);
	buf_free(&out->upp);
	memset(out, 0, sizeof(*out));
}
