/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where notifications go: notificationConfigurationInfo, SGP.22 5.5.3; spec
 * 03, section 5.  An event may have several addresses.
 */
#include <stdio.h>
#include <string.h>

#include "server/admin/type_fields.h"
#include "server/admin/type_words.h"

#define LABEL_MAX	63
/* All addresses together: with an icon and names two '88' segments are full. */
#define TO_BYTES	400

/* A name of labels with a dot, RFC 1123; in a lab one label, and a port. */
static bool
host_valid(const char *s, bool lab)
{
	size_t	 n;
	bool	 dots = false;

	for (;; s++) {
		n = strspn(s, "abcdefghijklmnopqrstuvwxyz"
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
		if (n == 0 || n > LABEL_MAX || *s == '-' || s[n - 1] == '-')
			return false;
		s += n;
		if (*s != '.')
			break;
		dots = true;
	}
	if (*s == ':' && lab) {
		n = strspn(s + 1, "0123456789");
		s += n >= 1 && n <= 5 ? n + 1 : 0;
	}
	return *s == '\0' && (dots || lab);
}

/* The row of this address, a new one at the end if there is none. */
static struct ptype_to *
to_find(struct ptype *t, const char *address)
{
	size_t	 i;

	for (i = 0; i < t->n_to; i++)
		if (strcmp(t->to[i].address, address) == 0)
			return &t->to[i];
	if (t->n_to == TYPE_TO_MAX)
		return NULL;
	snprintf(t->to[i].address, sizeof(t->to[i].address), "%s", address);
	t->to[i].events = 0;
	t->n_to++;
	return &t->to[i];
}

static int
notify_word(char *word, struct ptype *t, bool lab, struct why *why)
{
	char		*address = strchr(word, '=');
	struct ptype_to	*to;
	unsigned	 i = 0;
	int		 r;

	if (address != NULL)
		*address++ = '\0';
	if ((r = type_word(&type_notifies, word, &i, why)) != 0)
		return r;
	if (address == NULL) {
		t->notify |= 1u << i;
		return 0;
	}
	if (strlen(address) > LIM_HOST || !host_valid(address, lab))
		return why_set(why, DPE_USAGE, "notify: %.80s: the name of a "
		    "host is needed, as smdp.example.com", address);
	if ((to = to_find(t, address)) == NULL)
		return why_set(why, DPE_USAGE, "notify: at most %d addresses "
		    "besides our own", TYPE_TO_MAX);
	to->events |= 1u << i;
	return 0;
}

int
type_notify(const char *text, struct ptype *t, bool lab, struct why *why)
{
	char	 copy[NOTIFY_TEXT + 1], *s = copy, *word;
	size_t	 i, all = 0;
	int	 r;

	t->notify = 0;
	t->n_to = 0;
	snprintf(copy, sizeof(copy), "%s", text);
	while (*text != '\0' && (word = strsep(&s, ",")) != NULL)
		if ((r = notify_word(word, t, lab, why)) != 0)
			return r;
	for (i = 0; i < t->n_to; i++)
		all += strlen(t->to[i].address);
	if (all > TO_BYTES)
		return why_set(why, DPE_USAGE, "notify: the addresses have "
		    "more than %d characters", TO_BYTES);
	return 0;
}

json_t *
type_notify_json(const struct ptype *t)
{
	json_t		*a = type_words_json(&type_notifies, t->notify);
	size_t		 i;
	unsigned	 e;

	for (i = 0; i < t->n_to; i++)
		for (e = 0; e < type_notifies.n; e++)
			if (t->to[i].events & 1u << e)
				json_array_append_new(a, json_sprintf("%s=%s",
				    type_notifies.word[e],
				    t->to[i].address));
	return a;
}
