/* SPDX-License-Identifier: Apache-2.0 */
#include "base/jfield.h"

#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/hex.h"
#include "base/limits.h"

static int
jfield_bytes(const struct jfield *f, const json_t *v, struct buf *b)
{
	struct slice	 s;
	int		 r;

	if (!json_is_string(v))
		return DPE_SYNTAX;
	s = slice_of(json_string_value(v), json_string_length(v));
	if (s.len / 2 > f->max + 1)	/* both codings are denser than this */
		return DPE_RANGE;
	r = f->kind == JFIELD_HEX ? hex_decode(s, b) : base64_decode(s, b);
	if (r == 0 && b->len > f->max)
		r = DPE_RANGE;
	return r;
}

static int
jfield_text(const struct jfield *f, const json_t *v, char **out)
{
	if (!json_is_string(v) ||
	    strlen(json_string_value(v)) != json_string_length(v))
		return DPE_SYNTAX;
	if (json_string_length(v) > f->max)
		return DPE_RANGE;
	free(*out);
	*out = xstrdup(json_string_value(v));
	return 0;
}

static int
jfield_int(const struct jfield *f, const json_t *v, int64_t *out)
{
	json_int_t	 i = json_integer_value(v);

	if (!json_is_integer(v))
		return DPE_SYNTAX;
	if (i < 0 || (uint64_t)i > f->max)
		return DPE_RANGE;
	*out = i;
	return 0;
}

static int
jfield_one(const struct jfield *f, const json_t *v, void *out)
{
	void	*at = (char *)out + f->offset;

	switch (f->kind) {
	case JFIELD_TEXT:
		return jfield_text(f, v, at);
	case JFIELD_HEX:
	case JFIELD_BASE64:
		return jfield_bytes(f, v, at);
	case JFIELD_INT:
		return jfield_int(f, v, at);
	case JFIELD_BOOL:
		if (!json_is_boolean(v))
			return DPE_SYNTAX;
		*(bool *)at = json_is_true(v);
		return 0;
	}
	return DPE_INTERNAL;
}

/* What the member should have been. */
static int
jfield_refuse(const struct jfield *f, int r, struct why *why)
{
	static const char *const	 form[] = {
		[JFIELD_TEXT] = "a text",
		[JFIELD_HEX] = "hex",
		[JFIELD_BASE64] = "base64",
		[JFIELD_BOOL] = "true or false"
	};

	if (f->kind == JFIELD_INT)
		return why_set(why, r, "%s: not a number from 0 to %zu",
		    f->name, f->max);
	if (r == DPE_RANGE)
		return why_set(why, r, "%s: longer than %zu bytes", f->name,
		    f->max);
	return why_set(why, r, "%s: not %s", f->name, form[f->kind]);
}

int
jfield_read(const json_t *obj, const struct jfield *tab, size_t n, void *out,
    struct why *why)
{
	const json_t	*v;
	size_t		 i;
	int		 r;

	if (!json_is_object(obj))
		return why_set(why, DPE_SYNTAX, "not a JSON object");
	for (i = 0; i < n; i++) {
		v = json_object_get(obj, tab[i].name);
		if (v == NULL || json_is_null(v)) {
			if (tab[i].flags & JFIELD_OPT)
				continue;
			return why_set(why, DPE_MISSING, "%s is missing",
			    tab[i].name);
		}
		if ((r = jfield_one(&tab[i], v, out)) != 0)
			return jfield_refuse(&tab[i], r, why);
	}
	return 0;
}

int
jfield_read_strict(const json_t *obj, const struct jfield *tab, size_t n,
    void *out, struct why *why)
{
	const char	*key;
	json_t		*v;
	size_t		 i;

	json_object_foreach((json_t *)(uintptr_t)obj, key, v) {
		for (i = 0; i < n && strcmp(tab[i].name, key) != 0; i++)
			;
		if (i == n)
			return why_set(why, DPE_USAGE, "unknown member %.60s",
			    key);
	}
	return jfield_read(obj, tab, n, out, why);
}

void
jfield_free(const struct jfield *tab, size_t n, void *out)
{
	size_t	 i;
	void	*at;

	for (i = 0; i < n; i++) {
		at = (char *)out + tab[i].offset;
		if (tab[i].kind == JFIELD_TEXT) {
			free(*(char **)at);
			*(char **)at = NULL;
		} else if (tab[i].kind == JFIELD_HEX ||
		    tab[i].kind == JFIELD_BASE64)
			buf_free(at);
	}
}

/*
 * The parser recurses; our threads have small stacks.  Brackets inside strings
 * do not count: a closing one there would hide the depth.
 */
static bool
json_too_deep(struct slice text)
{
	size_t	 i, depth = 0;
	bool	 string = false;

	for (i = 0; i < text.len; i++) {
		if (text.p[i] == '"')
			string = !string;
		else if (string)
			i += text.p[i] == '\\';	/* and what it escapes */
		else if (text.p[i] == '[' || text.p[i] == '{') {
			if (++depth > LIM_JSON_DEPTH)
				return true;
		} else if ((text.p[i] == ']' || text.p[i] == '}') &&
		    depth > 0)
			depth--;
	}
	return false;
}

int
json_read(struct slice text, json_t **out, struct why *why)
{
	json_error_t	 e;

	*out = NULL;
	if (json_too_deep(text))
		return why_set(why, DPE_RANGE, "JSON is nested too deeply");
	*out = json_loadb((const char *)text.p, text.len,
	    JSON_REJECT_DUPLICATES, &e);
	if (*out == NULL)
		return why_set(why, DPE_SYNTAX, "not JSON (line %d)", e.line);
	if (!json_is_object(*out)) {
		json_decref(*out);
		*out = NULL;
		return why_set(why, DPE_SYNTAX, "not a JSON object");
	}
	return 0;
}

static int
json_sink(const char *p, size_t n, void *arg)
{
	buf_add(arg, p, n);
	return 0;
}

void
json_write(const json_t *j, struct buf *out)
{
	if (json_dump_callback(j, json_sink, out, JSON_COMPACT) != 0)
		abort();	/* only what we built ourselves comes here */
}

static void
json_wipe(json_t *j)
{
	const char	*key;
	json_t		*m;
	size_t		 i;

	json_object_foreach(j, key, m)
		json_wipe(m);
	json_array_foreach(j, i, m)
		json_wipe(m);
	if (json_is_string(j))
		mem_wipe((void *)(uintptr_t)json_string_value(j),
		    json_string_length(j));
}

void
json_free_wiped(json_t *j)
{
	json_wipe(j);
	json_decref(j);
}
