/* SPDX-License-Identifier: Apache-2.0 */
/* Security domains, remote file management, applications. */
#include "server/saip/show_int.h"

/* Personalisation that is known to have no secret in it: GlobalPlatform card
 * data 0066 and recognition data 0070. */
static bool
perso_is_public(struct slice s)
{
	return s.len >= 2 && s.p[0] == 0 && (s.p[1] == 0x66 || s.p[1] == 0x70);
}

/* Commands or data for a card; what is in them is not judged. */
static json_t *
data_list(const struct slice *v, size_t n, bool keys)
{
	json_t	*list = json_array(), *o;
	size_t	 i;

	for (i = 0; i < n; i++) {
		o = json_object();
		ef_set_int(o, "bytes", (int64_t)v[i].len);
		ef_set_secret(o, "data", v[i], keys);
		json_array_append_new(list, o);
	}
	return list;
}

static void
show_system(const struct pe_system *s, json_t *o)
{
	json_t	*sys = json_object();

	show_opt_hex(sys, "ram_quota", s->ram_quota);
	show_opt_hex(sys, "data_quota", s->data_quota);
	show_opt_hex(sys, "global_services", s->services);
	show_opt_hex(sys, "implicit_selection", s->implicit);
	show_opt_hex(sys, "ram_reserved", s->ram_reserved);
	show_opt_hex(sys, "data_reserved", s->data_reserved);
	show_opt_hex(sys, "sim_toolkit", s->sim_toolkit);
	if (s->contactless != NULL)
		ef_set_hex(sys, "contactless", s->contactless->protocol);
	show_opt_hex(sys, "contactless_protocol", s->protocol);
	show_opt_hex(sys, "user_interaction", s->interaction);
	show_opt_hex(sys, "ram_granted", s->ram_granted);
	show_opt_hex(sys, "data_granted", s->data_granted);
	json_object_set_new(o, "system_parameters", sys);
}

/* Parameters of an applet are its own affair, and may be keys. */
static void
show_instance(const struct pe_instance *p, bool domain, bool keys, json_t *o)
{
	ef_set_hex(o, "aid", p->aid);
	ef_set_hex(o, "package", p->package);
	ef_set_hex(o, "class", p->class);
	show_opt_hex(o, "security_domain", p->domain);
	ef_set_hex(o, "privileges", p->privileges);
	show_opt_hex(o, "life_cycle", p->life_cycle);
	ef_set_secret(o, "parameters", p->parameters, keys || domain ||
	    p->parameters.len == 0);
	if (p->system != NULL)
		show_system(p->system, o);
	if (p->uicc != NULL) {
		show_opt_hex(o, "toolkit", p->uicc->toolkit);
		show_opt_hex(o, "access", p->uicc->access);
		show_opt_hex(o, "admin_access", p->uicc->admin);
	}
	if (p->process.v != NULL)
		json_object_set_new(o, "process_data", data_list(p->process.v,
		    p->process.n, keys));
	if (p->control != NULL)
		ef_set_hex(o, "provider", p->control->provider);
}

static void
set_key_type(json_t *o, struct slice type)
{
	if (type.len == 1 && type.p[0] == 0x80)
		ef_set_str(o, "type", "DES");
	else if (type.len == 1 && type.p[0] == 0x88)
		ef_set_str(o, "type", "AES");
	else if (type.len == 1 && type.p[0] == 0x85)
		ef_set_str(o, "type", "PSK");
	else
		ef_set_hex(o, "type", type);
}

/* Usage qualifier of GlobalPlatform, those that a set of three keys has. */
static void
set_key_usage(json_t *o, struct slice usage)
{
	static const struct { uint8_t v; const char *name; } names[] = {
		{ 0x18, "ENC" }, { 0x14, "MAC" }, { 0x48, "DEK" },
		{ 0x38, "ENC" }, { 0x34, "MAC" }, { 0xc8, "DEK" }
	};
	size_t	 i;

	for (i = 0; usage.len == 1 && i < NELEM(names); i++)
		if (names[i].v == usage.p[0]) {
			ef_set_str(o, "usage", names[i].name);
			return;
		}
	ef_set_hex(o, "usage", usage);
}

static void
set_key_part(json_t *o, const struct pe_key_part *p, bool keys)
{
	set_key_type(o, p->type);
	ef_set_int(o, "bits", (int64_t)p->data.len * 8);
	ef_set_secret(o, "value", p->data, keys);
	show_opt_int(o, "mac_bytes", p->mac_length);
}

/* Nearly all keys have one part: its members are those of the key then. */
static json_t *
key(const struct pe_key *k, bool keys)
{
	json_t	*o = json_object(), *list, *part;
	size_t	 i;

	ef_set_int(o, "version", k->version.p[0]);
	ef_set_int(o, "id", k->id.p[0]);
	set_key_usage(o, k->usage);
	show_opt_hex(o, "access", k->access);
	show_opt_hex(o, "counter", k->counter);
	if (k->components.n == 1) {
		set_key_part(o, &k->components.v[0], keys);
		return o;
	}
	list = json_array();
	for (i = 0; i < k->components.n; i++) {
		part = json_object();
		set_key_part(part, &k->components.v[i], keys);
		json_array_append_new(list, part);
	}
	json_object_set_new(o, "parts", list);
	return o;
}

static json_t *
perso_list(const struct pe_domain *d, bool keys)
{
	json_t	*list = json_array(), *o;
	size_t	 i;

	for (i = 0; i < d->perso.n; i++) {
		o = json_object();
		ef_set_int(o, "bytes", (int64_t)d->perso.v[i].len);
		ef_set_secret(o, "data", d->perso.v[i], keys ||
		    perso_is_public(d->perso.v[i]));
		json_array_append_new(list, o);
	}
	return list;
}

void
show_domain(const struct pe_domain *d, bool keys, json_t *o)
{
	json_t	*list;
	size_t	 i;

	show_instance(&d->instance, true, keys, o);
	if (d->keys.v != NULL) {
		list = json_array();
		for (i = 0; i < d->keys.n; i++)
			json_array_append_new(list, key(&d->keys.v[i], keys));
		json_object_set_new(o, "keys", list);
	}
	if (d->perso.v != NULL)
		json_object_set_new(o, "personalisation",
		    perso_list(d, keys));
	if (d->open != NULL) {
		show_opt_hex(o, "restrict", d->open->restriction);
		show_opt_hex(o, "contactless", d->open->contactless);
	}
	if (d->cat_tp != NULL) {
		ef_set_int(o, "cat_tp_max_sdu", d->cat_tp->max_sdu);
		ef_set_int(o, "cat_tp_max_pdu", d->cat_tp->max_pdu);
	}
}

void
show_rfm(const struct pe_rfm *r, json_t *o)
{
	json_t	*list = json_array();
	size_t	 i;

	ef_set_hex(o, "aid", r->instance);
	show_opt_hex(o, "security_domain", r->domain);
	for (i = 0; i < r->tars.n; i++) {
		json_t	*t = json_object();

		ef_set_hex(t, "tar", r->tars.v[i]);
		json_array_append(list, json_object_get(t, "tar"));
		json_decref(t);
	}
	json_object_set_new(o, "tars", list);
	ef_set_hex(o, "minimum_security", r->security);
	ef_set_hex(o, "access_domain", r->access);
	ef_set_hex(o, "admin_access_domain", r->admin);
	if (r->adf != NULL) {
		ef_set_hex(o, "adf", r->adf->aid);
		ef_set_hex(o, "adf_access_domain", r->adf->access);
		ef_set_hex(o, "adf_admin_access_domain", r->adf->admin);
	}
}

static void
show_load(const struct pe_load *l, json_t *o)
{
	json_t	*load = json_object();

	ef_set_hex(load, "package", l->package);
	show_opt_hex(load, "security_domain", l->domain);
	show_opt_hex(load, "code_limit", l->code_limit);
	show_opt_hex(load, "ram_limit", l->ram_limit);
	show_opt_hex(load, "data_limit", l->data_limit);
	show_opt_hex(load, "hash", l->hash);
	ef_set_int(load, "code_bytes", (int64_t)l->code.len);
	json_object_set_new(o, "load", load);
}

void
show_application(const struct pe_application *a, bool keys, json_t *o)
{
	json_t	*list, *one;
	size_t	 i;

	if (a->load != NULL)
		show_load(a->load, o);
	if (a->instances.v == NULL)
		return;
	list = json_array();
	for (i = 0; i < a->instances.n; i++) {
		one = json_object();
		show_instance(&a->instances.v[i], false, keys, one);
		json_array_append_new(list, one);
	}
	json_object_set_new(o, "instances", list);
}

void
show_other(const struct pe_other *p, bool keys, json_t *o)
{
	json_t	*issuer = show_template(p->issuer);

	json_object_set(o, "issuer", json_object_get(issuer, "oid"));
	json_decref(issuer);
	ef_set_int(o, "content_bytes", (int64_t)p->content.len);
	ef_set_secret(o, "content", p->content, keys);
}
