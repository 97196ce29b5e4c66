/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/bulk_map.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hex.h"
#include "base/jfield.h"

#define KEY_FILE	256

/* Names that are in use: of pySim and of operators. */
static const struct {
	const char	*head, *field;
	enum bulk_use	 use;
} names[] = {
	{ "ki", "k", BULK_FIELD }, { "key", "k", BULK_FIELD },
	{ "op", "", BULK_OP },
	{ "pin_adm", "adm1", BULK_FIELD }, { "adm", "adm1", BULK_FIELD },
	{ "adm_1", "adm1", BULK_FIELD }, { "pin_adm2", "adm2", BULK_FIELD },
	{ "pin", "pin1", BULK_FIELD }, { "chv1", "pin1", BULK_FIELD },
	{ "chv2", "pin2", BULK_FIELD }, { "puk", "puk1", BULK_FIELD },
	{ "kic1", "ota-enc", BULK_FIELD }, { "kid1", "ota-mac", BULK_FIELD },
	{ "kik1", "ota-dek", BULK_FIELD }, { "kic", "ota-enc", BULK_FIELD },
	{ "kid", "ota-mac", BULK_FIELD }, { "kik", "ota-dek", BULK_FIELD },
	{ "kic2", "ota2-enc", BULK_FIELD }, { "kid2", "ota2-mac", BULK_FIELD },
	{ "kik2", "ota2-dek", BULK_FIELD }, { "kic3", "ota3-enc", BULK_FIELD },
	{ "kid3", "ota3-mac", BULK_FIELD }, { "kik3", "ota3-dek", BULK_FIELD },
	{ "smsp", "smsc", BULK_FIELD },
	{ "mcc", "", BULK_MCC }, { "mnc", "", BULK_MNC },
	{ "profile", "", BULK_SAME }, { "profiletype", "", BULK_SAME },
	{ "name", "", BULK_SKIP }, { "eid", "", BULK_SKIP }
};

/* Those whose columns FIELD `*` of a column key opens. */
static const char *const secrets[] = {
	"k", "opc", "op", "k256", "topc", "pin1", "pin2", "puk1", "puk2",
	"adm1", "adm2", "k2", "opc2", "ota-enc", "ota-mac", "ota-dek",
	"ota2-enc", "ota2-mac", "ota2-dek", "ota3-enc", "ota3-mac", "ota3-dek"
};

static bool
is_secret(const char *field)
{
	size_t	 i;

	for (i = 0; i < NELEM(secrets); i++)
		if (strcmp(secrets[i], field) == 0)
			return true;
	return false;
}

/* The hex digits in a file, which nobody should have on a command line. */
static int
key_read(const char *field, const char *path, struct bulk_map *m,
    struct why *why)
{
	struct buf	 text = { 0 }, key = { 0 };
	int		 r;

	if ((r = file_read(path, KEY_FILE, &text, why)) != 0)
		return r;
	while (text.len > 0 && isspace(text.p[text.len - 1]))
		buf_cut(&text, text.len - 1);
	if (hex_decode(buf_slice(&text), &key) != 0 ||
	    (key.len != 16 && key.len != 24 && key.len != 32))
		r = why_set(why, DPE_USAGE, "%s: not an AES key of 32, 48 or "
		    "64 hex digits", path);
	else
		buf_addf(&m->keys, "%s=%s\n", field, buf_cstr(&text));
	buf_free(&key);
	buf_free(&text);
	return r;
}

static int
keys_read(const char *list, struct bulk_map *m, struct why *why)
{
	char	*copy, *item, *save, *path;
	int	 r = 0;

	copy = xstrdup(list);
	for (item = strtok_r(copy, ",", &save); item != NULL && r == 0;
	    item = strtok_r(NULL, ",", &save)) {
		if ((path = strchr(item, '=')) == NULL) {
			r = why_set(why, DPE_USAGE, "column key: FIELD=FILE "
			    "is needed; a key itself is not given here");
			break;
		}
		*path++ = '\0';
		r = key_read(item, path, m, why);
	}
	free(copy);
	return r;
}

/* The key of a column by its name in the file, its field, or `*`. */
static int
col_key(const struct bulk_map *m, struct bulk_col *c)
{
	const char	*field = c->use == BULK_OP ? "op" : c->field;
	const char	*p, *eq, *end;
	struct slice	 name;

	p = (const char *)m->keys.p;
	for (; p != NULL && p < (const char *)m->keys.p + m->keys.len;
	    p = end + 1) {
		end = memchr(p, '\n', m->keys.len -
		    (size_t)(p - (const char *)m->keys.p));
		eq = memchr(p, '=', (size_t)(end - p));
		name = slice_of(p, (size_t)(eq - p));
		if (slice_eq(name, slice_str(field)) ||
		    slice_eq(name, slice_str(c->head)) ||
		    (slice_eq(name, slice_str("*")) && is_secret(field))) {
			buf_cut(&c->key, 0);
			return hex_decode(slice_of(eq + 1,
			    (size_t)(end - eq) - 1), &c->key);
		}
	}
	return 0;
}

static int
map_read(const char *path, struct bulk_map *m, struct why *why)
{
	struct buf	 text = { 0 };
	const json_t	*v;
	const char	*s;
	int		 r;

	if ((r = file_read(path, LIM_CONF, &text, why)) != 0 ||
	    (r = json_read(buf_slice(&text), &m->json, why)) != 0) {
		buf_free(&text);
		return r;
	}
	buf_free(&text);
	if ((s = json_string_value(json_object_get(m->json,
	    "separator"))) != NULL)
		m->separator = *s;
	if ((v = json_object_get(m->json, "luhn")) != NULL)
		m->luhn = json_is_true(v);
	if ((s = json_string_value(json_object_get(m->json, "iv"))) != NULL &&
	    hex_get(slice_str(s), m->iv, sizeof(m->iv)) != 0)
		return why_set(why, DPE_USAGE, "%s: iv: 32 hex digits are "
		    "needed", path);
	m->header = json_object_get(m->json, "order") == NULL;
	if ((s = json_string_value(json_object_get(m->json,
	    "format"))) != NULL && strcmp(s, "tata") == 0)
		m->tata = true;
	else if (s != NULL && strcmp(s, "csv") != 0)
		return why_set(why, DPE_USAGE, "%s: format: `csv` or `tata`",
		    path);
	return 0;
}

int
bulk_map_open(const char *path, const char *column_keys, struct bulk_map *m,
    struct why *why)
{
	int	 r;

	memset(m, 0, sizeof(*m));
	/* What pySim encrypts columns with. */
	memset(m->iv, 0x23, sizeof(m->iv));
	m->luhn = m->header = true;
	if (path != NULL && (r = map_read(path, m, why)) != 0)
		return r;
	if (m->json == NULL)
		m->json = json_object();
	return column_keys == NULL ? 0 : keys_read(column_keys, m, why);
}

void
bulk_map_close(struct bulk_map *m)
{
	size_t	 i;

	for (i = 0; i < m->cols; i++)
		buf_free(&m->col[i].key);
	buf_free(&m->keys);
	json_decref(m->json);
	m->json = NULL;
}

const char *
bulk_map_preset(const struct bulk_map *m, const char *kind, const char *field)
{
	return json_string_value(json_object_get(json_object_get(m->json,
	    kind), field));
}

/* `pin_adm` and `PIN ADM` are one name. */
static void
head_norm(const char *s, char *out, size_t size)
{
	size_t	 n = 0;

	for (; *s != '\0' && n + 1 < size; s++)
		out[n++] = *s == ' ' ? '_' :
		    (char)tolower((unsigned char)*s);
	out[n] = '\0';
}

/* What the map says of a column, or its name, or the name that it is. */
static void
col_find(const struct bulk_map *m, const char *head, struct bulk_col *c)
{
	const json_t	*v, *all = json_object_get(m->json, "columns");
	size_t		 i;

	head_norm(head, c->head, sizeof(c->head));
	if ((v = json_object_get(all, head)) == NULL)
		v = json_object_get(all, c->head);
	if (json_is_null(v)) {
		c->use = BULK_SKIP;
		return;
	}
	snprintf(c->field, sizeof(c->field), "%s", json_is_string(v) ?
	    json_string_value(v) : c->head);
	for (i = 0; i < NELEM(names); i++)
		if (strcmp(names[i].head, c->field) == 0) {
			snprintf(c->field, sizeof(c->field), "%s",
			    names[i].field);
			c->use = names[i].use;
			return;
		}
	for (i = 0; c->field[i] != '\0'; i++)
		if (c->field[i] == '_')
			c->field[i] = '-';
}

static int
col_add(struct bulk_map *m, const char *head, struct why *why)
{
	struct bulk_col	*c = &m->col[m->cols];
	size_t		 i;

	memset(c, 0, sizeof(*c));
	col_find(m, head, c);
	for (i = 0; i < m->cols; i++)
		if (c->use == m->col[i].use && c->use != BULK_SKIP &&
		    c->use != BULK_SAME &&
		    strcmp(m->col[i].field, c->field) == 0)
			return why_set(why, DPE_USAGE, "column %s: is the same "
			    "as %s", c->head, m->col[i].head);
	m->cols++;
	return col_key(m, c);
}

int
bulk_map_head(struct bulk_map *m, const struct csv *row, struct why *why)
{
	size_t	 i;
	int	 r;

	m->cols = 0;
	for (i = 0; i < row->n; i++)
		if ((r = col_add(m, row->field[i], why)) != 0)
			return r;
	return 0;
}

int
bulk_map_order(struct bulk_map *m, const char *preset, struct why *why)
{
	const json_t	*order = json_object_get(m->json, "order"), *v;
	char		*copy, *item, *save;
	size_t		 i;
	int		 r = 0;

	m->cols = 0;
	if (json_array_size(order) > LIM_CSV_FIELDS)
		return why_set(why, DPE_USAGE, "order: at most %d columns",
		    LIM_CSV_FIELDS);
	json_array_foreach(order, i, v)
		if ((r = col_add(m, json_is_string(v) ? json_string_value(v) :
		    "", why)) != 0)
			return r;
	if (order != NULL)
		return 0;
	copy = xstrdup(preset);
	for (item = strtok_r(copy, " ", &save); item != NULL && r == 0;
	    item = strtok_r(NULL, " ", &save))
		r = col_add(m, item, why);
	free(copy);
	return r;
}
