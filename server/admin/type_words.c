/* SPDX-License-Identifier: Apache-2.0 */
#include "server/admin/type_words.h"

#include <string.h>

const struct type_set	type_classes = { "class",
	{ "test", "provisioning", "operational" }, 3 };
const struct type_set	type_protects = { "protect",
	{ "session", "ppk" }, 2 };
const struct type_set	type_ineligibles = { "on-ineligible",
	{ "keep", "error" }, 2 };
const struct type_set	type_cancels = { "on-cancel",
	{ "error", "retry", "keep" }, 3 };
const struct type_set	type_afters = { "after-install",
	{ "keep", "shred" }, 2 };
const struct type_set	type_rebinds = { "rebind",
	{ "no", "yes" }, 2 };
const struct type_set	type_pprs = { "ppr",
	{ NULL, "ppr1", "ppr2" }, 3 };
const struct type_set	type_notifies = { "notify",
	{ "install", "enable", "disable", "delete" }, 4 };

static int
set_find(const struct type_set *set, struct slice word, unsigned *out)
{
	unsigned	 i;

	for (i = 0; i < set->n; i++)
		if (set->word[i] != NULL &&
		    slice_eq(word, slice_str(set->word[i]))) {
			*out = i;
			return 0;
		}
	return DPE_USAGE;
}

static int
set_refuse(const struct type_set *set, struct why *why)
{
	struct buf	 b = { 0 };
	unsigned	 i;

	for (i = 0; i < set->n; i++)
		if (set->word[i] != NULL)
			buf_addf(&b, "%s%s", b.len > 0 ? ", " : "",
			    set->word[i]);
	why_set(why, DPE_USAGE, "%s: one of %s is needed", set->what,
	    buf_cstr(&b));
	buf_free(&b);
	return DPE_USAGE;
}

int
type_word(const struct type_set *set, const char *text, unsigned *out,
    struct why *why)
{
	if (text == NULL || set_find(set, slice_str(text), out) == 0)
		return 0;
	return set_refuse(set, why);
}

int
type_words(const struct type_set *set, const char *text, unsigned *mask,
    struct why *why)
{
	unsigned	 i;
	size_t		 n;

	*mask = 0;
	for (; text != NULL && *text != '\0'; text += n) {
		n = strcspn(text, ",");
		if (set_find(set, slice_of(text, n), &i) != 0)
			return set_refuse(set, why);
		*mask |= 1u << i;
		n += text[n] == ',';
	}
	return 0;
}

json_t *
type_words_json(const struct type_set *set, unsigned mask)
{
	json_t		*a = json_array();
	unsigned	 i;

	for (i = 0; i < set->n; i++)
		if (mask & 1u << i)
			json_array_append_new(a, json_string(set->word[i]));
	return a;
}

/* Width and height of the first frame header. */
static bool
jpeg_is_64(struct slice s)
{
	size_t	 at = 2, n;

	while (at + 9 <= s.len && s.p[at] == 0xff) {
		n = (size_t)s.p[at + 2] << 8 | s.p[at + 3];
		if (s.p[at + 1] >= 0xc0 && s.p[at + 1] <= 0xc2)
			return memcmp(s.p + at + 5, "\0\100\0\100", 4) == 0;
		if (n < 2)
			return false;
		at += 2 + n;
	}
	return false;
}

int
icon_kind(struct slice icon)
{
	static const uint8_t	 png[] = {
		0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',
		0, 0, 0, 13, 'I', 'H', 'D', 'R',
		0, 0, 0, 64, 0, 0, 0, 64
	};

	if (slice_starts(icon, slice_of(png, sizeof(png))))
		return 1;
	if (slice_starts(icon, slice_of("\xff\xd8\xff", 3)) &&
	    jpeg_is_64(icon))
		return 0;
	return -1;
}
