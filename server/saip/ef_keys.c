/* SPDX-License-Identifier: Apache-2.0 */
/* Security contexts, and what conceals the identity in 5G. */
#include "base/der.h"
#include "server/saip/ef.h"

/* TS 31.102 4.2.3: key set identifier, CK, IK; 7 is no set. */
bool
ef_keys(const struct ef_call *c)
{
	if (c->s.len != 33)
		return false;
	ef_set_int(c->out, "ksi", c->s.p[0]);
	if (!ef_blank(slice_sub(c->s, 1, 32))) {
		ef_set_secret(c->out, "ck", slice_sub(c->s, 1, 16), c->keys);
		ef_set_secret(c->out, "ik", slice_sub(c->s, 17, 16), c->keys);
	}
	return true;
}

/* TS 31.102 4.4.3.1: Kc and its sequence number. */
bool
ef_kc(const struct ef_call *c)
{
	if (c->s.len != 9)
		return false;
	ef_set_int(c->out, "sequence", c->s.p[8]);
	if (!ef_blank(slice_sub(c->s, 0, 8)))
		ef_set_secret(c->out, "kc", slice_sub(c->s, 0, 8), c->keys);
	return true;
}

static const char *
scheme_name(uint8_t id)
{
	static const char *const names[] = { "null scheme",
	    "profile A (X25519)", "profile B (P-256)" };

	return id < NELEM(names) ? names[id] : "not known";
}

/* Pairs: the scheme, and which key below; the preferred one first. */
static json_t *
schemes(struct slice s)
{
	json_t	*list = json_array(), *o;
	size_t	 i;

	for (i = 0; i + 2 <= s.len; i += 2) {
		o = json_object();
		ef_set_str(o, "scheme", scheme_name(s.p[i]));
		ef_set_int(o, "key_index", s.p[i + 1]);
		json_array_append_new(list, o);
	}
	return list;
}

/* Pairs: identifier, public key. */
static json_t *
public_keys(struct slice s)
{
	json_t		*list = json_array(), *o;
	struct der	 id, key;

	while (s.len > 0 && der_expect(&s, 0x80, &id) == 0 &&
	    der_expect(&s, 0x81, &key) == 0) {
		o = json_object();
		ef_set_int(o, "id", id.value.len == 1 ? id.value.p[0] : -1);
		ef_set_hex(o, "public_key", key.value);
		json_array_append_new(list, o);
	}
	return list;
}

/* TS 31.102 4.4.11.8. */
bool
ef_suci(const struct ef_call *c)
{
	struct slice	 s = c->s;
	struct der	 d;

	if (der_expect(&s, 0xa0, &d) != 0 || d.value.len % 2 != 0)
		return false;
	json_object_set_new(c->out, "schemes", schemes(d.value));
	if (der_expect(&s, 0xa1, &d) == 0)
		json_object_set_new(c->out, "public_keys",
		    public_keys(d.value));
	return true;
}

/* TS 31.102 4.4.11.11: one to four digits. */
bool
ef_routing(const struct ef_call *c)
{
	struct buf	 b = {0};

	if (c->s.len < 2)
		return false;
	ef_digits(slice_sub(c->s, 0, 2), &b);
	ef_set_text(c->out, "routing_indicator", buf_slice(&b));
	buf_free(&b);
	return true;
}

/* TS 31.102 4.4.11.7. */
bool
ef_uac_aic(const struct ef_call *c)
{
	if (c->s.len != 4)
		return false;
	ef_set_flag(c->out, "multimedia_priority", (c->s.p[0] & 1) != 0);
	ef_set_flag(c->out, "mission_critical", (c->s.p[0] & 2) != 0);
	return true;
}
