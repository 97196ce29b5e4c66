/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/describe.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* What is looked for when nobody says what varies. */
static const enum saip_field usual[] = {
	SAIP_ACC, SAIP_K, SAIP_OPC, SAIP_K256, SAIP_TOPC, SAIP_PIN1,
	SAIP_PIN2, SAIP_PUK1, SAIP_PUK2, SAIP_ADM1, SAIP_ADM2, SAIP_OTA_ENC,
	SAIP_OTA_MAC, SAIP_OTA_DEK, SAIP_IMSI2, SAIP_ACC2, SAIP_K2, SAIP_OPC2
};

static struct saip_want *
want_get(struct describe *d, enum saip_field f)
{
	size_t	 i;

	for (i = 0; i < d->n; i++)
		if (d->want[i].field == f)
			return &d->want[i];
	d->want[d->n] = (struct saip_want){ .field = f };
	return &d->want[d->n++];
}

static int
set_where(struct describe *d, struct saip_want *w, const json_t *where,
    struct why *why)
{
	size_t	 i = (size_t)(w - d->want);

	if (where == NULL)
		return 0;
	if (!json_is_string(where))
		return why_set(why, DPE_USAGE, "%s: a place is a text",
		    saip_field_name(w->field));
	if (strcmp(json_string_value(where), "auto") == 0)
		return 0;
	d->text[i] = xstrdup(json_string_value(where));
	w->where = d->text[i];
	return 0;
}

static int
set_object(struct describe *d, struct saip_want *w, const json_t *o,
    struct why *why)
{
	const json_t	*value = json_object_get(o, "value");
	const json_t	*optional = json_object_get(o, "optional");
	struct buf	*b = &d->value[w - d->want];
	const char	*key;
	const json_t	*any;
	int		 r;

	json_object_foreach((json_t *)(uintptr_t)o, key, any)
		if (strcmp(key, "where") != 0 && strcmp(key, "value") != 0 &&
		    strcmp(key, "optional") != 0)
			return why_set(why, DPE_USAGE, "%s: no member %.20s",
			    saip_field_name(w->field), key);
	if (optional != NULL && !json_is_boolean(optional))
		return why_set(why, DPE_USAGE, "%s: optional is true or"
		    " false", saip_field_name(w->field));
	w->optional = json_is_true(optional);
	if (value != NULL) {
		if (!json_is_string(value) || saip_field_drawn(w->field))
			return why_set(why, DPE_USAGE, "%s: a value is a text,"
			    " and not a key for all",
			    saip_field_name(w->field));
		if ((r = saip_field_parse(w->field, json_string_value(value),
		    b, why)) != 0)
			return r;
		w->value = buf_slice(b);
	}
	return set_where(d, w, json_object_get(o, "where"), why);
}

static int
set_one(struct describe *d, const char *name, const json_t *v,
    struct why *why)
{
	enum saip_field	 f = saip_field_find(name);
	bool		 who = f == SAIP_ICCID_EF || f == SAIP_ICCID_HEADER ||
			    f == SAIP_IMSI;

	if (f == SAIP_FIELDS)
		return why_set(why, DPE_USAGE, "no field %.40s", name);
	if (json_is_object(v) && !who)
		return set_object(d, want_get(d, f), v, why);
	if (json_is_string(v))
		return set_where(d, want_get(d, f), v, why);
	return why_set(why, DPE_USAGE, "%s: \"auto\", a place%s", name,
	    who ? "" : " or an object is needed");
}

int
describe_parse(struct slice json, struct describe *out, struct why *why)
{
	json_error_t	 e;
	json_t		*o;
	const char	*name;
	json_t		*v;
	size_t		 i;
	int		 r = 0;

	memset(out, 0, sizeof(*out));
	want_get(out, SAIP_ICCID_HEADER);
	want_get(out, SAIP_ICCID_EF);
	want_get(out, SAIP_IMSI);
	if (json.len == 0) {
		for (i = 0; i < NELEM(usual); i++)
			want_get(out, usual[i])->maybe = true;
		return 0;
	}
	if (json.len > DESCRIBE_TEXT || (o = json_loadb((const char *)json.p,
	    json.len, JSON_REJECT_DUPLICATES, &e)) == NULL)
		return why_set(why, DPE_USAGE, "the map is not JSON");
	if (!json_is_object(o))
		r = why_set(why, DPE_USAGE, "the map is no JSON object");
	json_object_foreach(o, name, v)
		if (r == 0)
			r = set_one(out, name, v, why);
	json_decref(o);
	return r;
}

void
describe_free(struct describe *d)
{
	size_t	 i;

	for (i = 0; i < SAIP_FIELDS; i++) {
		free(d->text[i]);
		buf_free(&d->value[i]);
	}
	memset(d, 0, sizeof(*d));
}
