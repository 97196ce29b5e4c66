/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A decoded package as text: elements, below them their members and files.
 * Lists of small objects are a line each, in which values that speak for
 * themselves stand without their name.
 */
#include <inttypes.h>
#include <string.h>

#include "tools/ctl_decode.h"
#include "tools/ctl_print.h"

#define STEP		4	/* blanks a level */
#define WRAP		64	/* hex digits in a line */

static void	tree_value(const char *key, const json_t *v, size_t indent,
		    size_t width, struct buf *b);

static void
tree_indent(struct buf *b, size_t n)
{
	while (n-- > 0)
		buf_add_u8(b, ' ');
}

/* "mnc_digits" is "mnc digits". */
static void
tree_key(const char *key, struct buf *b)
{
	for (; *key != '\0'; key++)
		buf_add_u8(b, *key == '_' ? ' ' : (uint8_t)*key);
}

static bool
tree_is_flat(const json_t *v)
{
	const char	*key;
	json_t		*m;
	size_t		 i;

	json_object_foreach((json_t *)(uintptr_t)v, key, m)
		if (!tree_is_flat(m) || json_is_object(m))
			return false;
	json_array_foreach(v, i, m)
		if (json_is_object(m) || json_is_array(m))
			return false;
	return true;
}

static bool
tree_speaks(const char *key)
{
	static const char *const plain[] = { "record", "service", "name",
	    "plmn", "access", "rule", "number", "services", "aid", "label",
	    "oid", "usage", "type", "hex", "tag", "scheme", "uri", "p_cscf",
	    "sqn" };
	size_t	 i;

	for (i = 0; i < NELEM(plain); i++)
		if (strcmp(plain[i], key) == 0)
			return true;
	return false;
}

/* The members of a flat object in one line. */
static void
tree_line(const json_t *o, struct buf *b)
{
	const char	*key;
	json_t		*m;
	bool		 first = true;

	json_object_foreach((json_t *)(uintptr_t)o, key, m) {
		if (json_is_array(m) && json_array_size(m) == 0)
			continue;
		buf_add_str(b, first ? "" : "  ");
		first = false;
		if (json_is_boolean(m)) {
			buf_add_str(b, json_is_true(m) ? "" : "not ");
			tree_key(key, b);
			continue;
		}
		if (!tree_speaks(key)) {
			tree_key(key, b);
			buf_add_u8(b, ' ');
		}
		ctl_value(m, b);
	}
	buf_add_u8(b, '\n');
}

static size_t
tree_width(const json_t *o)
{
	const char	*key;
	json_t		*m;
	size_t		 n = 0;

	json_object_foreach((json_t *)(uintptr_t)o, key, m)
		if (!json_is_object(m) && strlen(key) > n)
			n = strlen(key);
	return n < 24 ? n : 24;
}

static void
tree_object(const json_t *o, size_t indent, struct buf *b)
{
	size_t		 width = tree_width(o);
	const char	*key;
	json_t		*m;

	json_object_foreach((json_t *)(uintptr_t)o, key, m)
		tree_value(key, m, indent, width, b);
}

static void
tree_list(const json_t *list, size_t indent, struct buf *b)
{
	json_t	*m;
	size_t	 i;

	json_array_foreach(list, i, m) {
		tree_indent(b, indent);
		if (tree_is_flat(m)) {
			tree_line(m, b);
			continue;
		}
		buf_addf(b, "%zu:\n", i + 1);
		tree_object(m, indent + STEP, b);
	}
}

/* Long strings of hex are broken, other text is not. */
static void
tree_text(const char *s, size_t indent, struct buf *b)
{
	struct buf	 line = { 0 };
	size_t		 n = strlen(s), at;
	bool		 hex = n > WRAP &&
			    strspn(s, "0123456789ABCDEF") == n;
	json_t		*v;

	if (n == 0)
		buf_add_u8(b, '-');
	for (at = 0; at < n || at == 0; at += hex ? WRAP : n + 1) {
		if (at > 0)
			tree_indent(b, indent);
		buf_cut(&line, 0);
		buf_addf(&line, "%.*s", hex ? WRAP : (int)n, s + at);
		v = json_string(buf_cstr(&line));
		ctl_value(v, b);	/* without control characters */
		json_decref(v);
		buf_add_u8(b, '\n');
	}
	buf_free(&line);
}

static void
tree_value(const char *key, const json_t *v, size_t indent, size_t width,
    struct buf *b)
{
	size_t	 from;

	tree_indent(b, indent);
	from = b->len;
	tree_key(key, b);
	if (json_is_object(v) && !tree_is_flat(v)) {
		buf_add_u8(b, '\n');
		tree_object(v, indent + STEP, b);
	} else if (json_is_array(v) && !tree_is_flat(v)) {
		buf_add_u8(b, '\n');
		tree_list(v, indent + STEP, b);
	} else {
		tree_indent(b, width > b->len - from ?
		    width - (b->len - from) + 2 : 2);
		if (json_is_object(v))
			tree_line(v, b);
		else if (json_is_string(v))
			tree_text(json_string_value(v), indent + width + 2, b);
		else {
			ctl_value(v, b);
			buf_add_u8(b, '\n');
		}
	}
}

static int64_t
tree_int(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

static const char *
tree_str(const json_t *o, const char *key)
{
	const char	*s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

/* "transparent, 9 bytes, SFI 07, rule 6F06/2": what a file is. */
static void
tree_file_head(const json_t *f, struct buf *b)
{
	static const struct { const char *key, *before, *after; } facts[] = {
		{ "kind", "", "" }, { "size", ", ", " bytes" },
		{ "records", ", ", " records" },
		{ "record_bytes", " of ", "" }, { "sfi", ", SFI ", "" },
		{ "rule", ", rule ", "" }, { "aid", ", AID ", "" },
		{ "faults", ", fault: ", "" }
	};
	json_t	*v;
	size_t	 i;

	tree_indent(b, 5);
	buf_addf(b, "%-20s %-20s ", tree_str(f, "path"), tree_str(f, "name"));
	for (i = 0; i < NELEM(facts); i++)
		if ((v = json_object_get(f, facts[i].key)) != NULL) {
			buf_add_str(b, facts[i].before);
			ctl_value(v, b);
			buf_add_str(b, facts[i].after);
		}
	if (json_object_get(f, "made") != NULL)
		buf_add_str(b, ", not made");
	if (json_object_get(f, "linked") != NULL)
		buf_add_str(b, ", a link");
	if (json_object_get(f, "empty") != NULL)
		buf_add_str(b, ", empty");
	else if (json_object_get(f, "written") != NULL)
		buf_add_str(b, ", as created");
	buf_add_u8(b, '\n');
}

static void
tree_file(const json_t *f, struct buf *b)
{
	static const char *const rest[] = { "hex", "secret" };
	json_t	*content = json_object_get(f, "content");
	size_t	 i;

	tree_file_head(f, b);
	if (json_is_array(content))
		tree_list(content, 5 + STEP, b);
	else if (content != NULL)
		tree_object(content, 5 + STEP, b);
	for (i = 0; i < NELEM(rest); i++)
		if (json_object_get(f, rest[i]) != NULL)
			tree_value(rest[i], json_object_get(f, rest[i]),
			    5 + STEP, 0, b);
}

static void
tree_files(const json_t *files, struct buf *b)
{
	json_t	*f;
	size_t	 i;

	json_array_foreach(files, i, f)
		tree_file(f, b);
}

static void
tree_element(const json_t *o, struct buf *b)
{
	static const char *const rest[] = { "fault", "canonical", "members",
	    "unplaced", "unknown" };
	json_t	*m;
	size_t	 i;

	buf_addf(b, "%3" PRId64 "  %s", tree_int(o, "number"),
	    tree_str(o, "element"));
	if (json_object_get(o, "id") != NULL)
		buf_addf(b, ", id %" PRId64, tree_int(o, "id"));
	if (json_is_true(json_object_get(o, "mandated")))
		buf_add_str(b, ", mandated");
	buf_addf(b, ", %" PRId64 " bytes at %" PRId64 "\n",
	    tree_int(o, "bytes"), tree_int(o, "offset"));
	for (i = 0; i < NELEM(rest); i++) {
		if ((m = json_object_get(o, rest[i])) == NULL)
			continue;
		if (json_is_object(m))
			tree_object(m, 5, b);
		else
			tree_value(rest[i], m, 5, 0, b);
	}
	tree_files(json_object_get(o, "files"), b);
}

void
ctl_tree_package(const json_t *p, struct buf *b)
{
	json_t	*elements = json_object_get(p, "elements"), *o;
	size_t	 i;

	buf_addf(b, "SAIP %s, %" PRId64 " bytes, %zu elements",
	    tree_str(p, "version"), tree_int(p, "bytes"),
	    json_array_size(elements));
	buf_add_str(b, json_is_true(json_object_get(p, "keys_shown")) ?
	    ", with keys\n" : ", keys hidden\n");
	json_array_foreach(elements, i, o)
		tree_element(o, b);
	if (json_object_get(p, "fault") != NULL)
		buf_addf(b, "broken: %s\n", tree_str(p, "fault"));
	if (json_object_get(p, "files_fault") != NULL)
		buf_addf(b, "files are not shown: %s\n",
		    tree_str(p, "files_fault"));
}
