/* SPDX-License-Identifier: Apache-2.0 */
/* Elements with PINs and keys. */
#include <stdio.h>

#include "server/saip/show_int.h"

void
show_opt_hex(json_t *o, const char *key, struct slice s)
{
	if (s.p != NULL)
		ef_set_hex(o, key, s);
}

void
show_opt_secret(json_t *o, const char *key, struct slice s, bool keys)
{
	if (s.p != NULL)
		ef_set_secret(o, key, s, keys);
}

void
show_opt_int(json_t *o, const char *key, long v)
{
	if (v != PE_NONE)
		ef_set_int(o, key, v);
}

/* Digits before the FF, as the holder types them; other octets in hex. */
static void
set_code(json_t *o, struct slice s, bool keys)
{
	struct slice	 t = ef_trim(s);
	size_t		 i;

	for (i = 0; i < t.len; i++)
		if (t.p[i] < '0' || t.p[i] > '9')
			break;
	if (keys && i == t.len && t.len > 0)
		ef_set_text(o, "value", t);
	else
		ef_set_secret(o, "value", s, keys);
}

/* How often it may be tried, and how often still. */
static void
set_tries(json_t *o, long retries, long absent)
{
	long	 v = retries == PE_NONE ? absent : retries;

	ef_set_int(o, "tries", v >> 4);
	ef_set_int(o, "left", v & 0x0f);
}

static const char *
puk_name(long ref)
{
	static const char *const names[] = { "PUK1", "PUK2" };

	return ref == 1 ? names[0] : ref == 129 ? names[1] : NULL;
}

static void
set_puk(json_t *o, const char *key, long ref)
{
	if (puk_name(ref) != NULL)
		ef_set_str(o, key, puk_name(ref));
	else
		ef_set_int(o, key, ref);
}

/* The three lowest bits of pinAttributes are known. */
static json_t *
pin(const struct pe_pin *p, bool keys)
{
	long	 attributes = p->attributes == PE_NONE ? 7 : p->attributes;
	json_t	*o = json_object();

	ef_set_int(o, "reference", p->reference);
	ef_set_str(o, "name", ef_pin_name((unsigned)p->reference));
	set_code(o, p->value, keys);
	if (p->unblocking != PE_NONE)
		set_puk(o, "unblocked_by", p->unblocking);
	ef_set_flag(o, "enabled", (attributes & 1) != 0);
	ef_set_flag(o, "changeable", (attributes & 2) != 0);
	ef_set_flag(o, "switchable", (attributes & 4) != 0);
	set_tries(o, p->retries, 0x33);
	return o;
}

void
show_pins(const struct pe_pins *p, bool keys, json_t *o)
{
	json_t	*list;
	size_t	 i;

	if (p->kind == 2) {
		ef_set_hex(o, "shared_with", p->path);
		return;
	}
	list = json_array();
	for (i = 0; i < p->config.n; i++)
		json_array_append_new(list, pin(&p->config.v[i], keys));
	json_object_set_new(o, "pins", list);
}

void
show_puks(const struct pe_puks *p, bool keys, json_t *o)
{
	json_t	*list = json_array(), *one;
	size_t	 i;

	for (i = 0; i < p->codes.n; i++) {
		one = json_object();
		ef_set_int(one, "reference", p->codes.v[i].reference);
		if (puk_name(p->codes.v[i].reference) != NULL)
			ef_set_str(one, "name",
			    puk_name(p->codes.v[i].reference));
		set_code(one, p->codes.v[i].value, keys);
		set_tries(one, p->codes.v[i].retries, 0xaa);
		json_array_append_new(list, one);
	}
	json_object_set_new(o, "puks", list);
}

static void
algorithm(const struct pe_aka_algorithm *a, bool keys, json_t *o)
{
	static const char *const names[] = { "Milenage", "TUAK",
	    "USIM test algorithm" };

	ef_set_str(o, "algorithm", a->id >= 1 && a->id <= 3 ?
	    names[a->id - 1] : "not known");
	ef_set_int(o, "algorithm_id", a->id);
	ef_set_hex(o, "options", a->options);
	ef_set_secret(o, "k", a->key, keys);
	ef_set_int(o, "k_bits", (int64_t)a->key.len * 8);
	ef_set_secret(o, a->id == 2 ? "topc" : "opc", a->opc, keys);
	show_opt_secret(o, "rotation_constants", a->rotation, keys);
	show_opt_secret(o, "xoring_constants", a->xoring, keys);
	show_opt_hex(o, "counter_maximum", a->counter_max);
	show_opt_int(o, "keccak_iterations", a->keccak);
}

/* One value when all are the same, else all of them. */
static void
set_sqn(json_t *o, const struct pe_aka *a)
{
	json_t	*list;
	size_t	 i;

	for (i = 1; i < a->sqn_init.n; i++)
		if (!slice_eq(a->sqn_init.v[0], a->sqn_init.v[i]))
			break;
	if (a->sqn_init.n > 0 && i >= a->sqn_init.n) {
		ef_set_hex(o, "sqn_init", a->sqn_init.v[0]);
		return;
	}
	list = json_array();
	for (i = 0; i < a->sqn_init.n; i++) {
		json_t	*one = json_object();

		ef_set_hex(one, "sqn", a->sqn_init.v[i]);
		json_array_append_new(list, one);
	}
	json_object_set_new(o, "sqn_init", list);
}

void
show_aka(const struct pe_aka *a, bool keys, json_t *o)
{
	if (a->config.kind == 1) {
		ef_set_hex(o, "mapping_options", a->config.mapping.options);
		ef_set_hex(o, "mapped_to", a->config.mapping.source);
	} else
		algorithm(&a->config.algorithm, keys, o);
	show_opt_hex(o, "sqn_options", a->sqn_options);
	show_opt_hex(o, "sqn_delta", a->sqn_delta);
	show_opt_hex(o, "sqn_age_limit", a->sqn_age_limit);
	if (a->sqn_init.v != NULL)
		set_sqn(o, a);
}

void
show_cdma(const struct pe_cdma *c, bool keys, json_t *o)
{
	ef_set_secret(o, "authentication_key", c->key, keys);
	show_opt_secret(o, "ssd", c->ssd, keys);
	show_opt_secret(o, "hrpd_access", c->hrpd, keys);
	show_opt_secret(o, "simple_ip", c->simple_ip, keys);
	show_opt_secret(o, "mobile_ip", c->mobile_ip, keys);
}
