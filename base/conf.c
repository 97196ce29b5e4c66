/* SPDX-License-Identifier: Apache-2.0 */
#include "base/conf.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

#define CONF_SECONDS_MAX	(INT64_C(36600) * 86400)

int
conf_seconds(const char *text, int64_t *out)
{
	static const struct { char unit; int64_t s; } units[] = {
		{ '\0', 1 }, { 's', 1 }, { 'm', 60 }, { 'h', 3600 },
		{ 'd', 86400 },
	};
	char	*end;
	long	 v;
	size_t	 i;

	errno = 0;
	v = strtol(text, &end, 10);
	if (!isdigit((unsigned char)text[0]) || errno != 0 ||
	    (end[0] != '\0' && end[1] != '\0'))
		return DPE_RANGE;
	for (i = 0; i < NELEM(units); i++)
		if (units[i].unit == end[0] &&
		    v <= CONF_SECONDS_MAX / units[i].s) {
			*out = v * units[i].s;
			return 0;
		}
	return DPE_RANGE;
}

static int
conf_uint(const struct conf_word *w, const char *value, unsigned *out)
{
	unsigned long	 v;
	char		*end;

	errno = 0;
	v = strtoul(value, &end, 10);
	if (!isdigit((unsigned char)value[0]) || *end != '\0' || errno != 0 ||
	    v < w->min || v > w->max)
		return DPE_RANGE;
	*out = (unsigned)v;
	return 0;
}

static int
conf_bool(const char *value, bool *out)
{
	*out = strcmp(value, "yes") == 0;
	return *out || strcmp(value, "no") == 0 ? 0 : DPE_RANGE;
}

static void
conf_list_add(struct conf_list *l, const char *value)
{
	char	**item = xcalloc(l->n + 1, sizeof(*item));

	if (l->n > 0)
		memcpy(item, l->item, l->n * sizeof(*item));
	free(l->item);
	l->item = item;
	l->item[l->n++] = xstrdup(value);
}

static int
conf_set(const struct conf_word *w, const char *value, void *out)
{
	void	*at = (char *)out + w->offset;

	switch (w->kind) {
	case CONF_TEXT:
		free(*(char **)at);
		*(char **)at = xstrdup(value);
		return 0;
	case CONF_LIST:
		conf_list_add(at, value);
		return 0;
	case CONF_UINT:
		return conf_uint(w, value, at);
	case CONF_BOOL:
		return conf_bool(value, at);
	case CONF_SECONDS:
		if (strcmp(value, "never") == 0) {
			*(int64_t *)at = 0;
			return 0;
		}
		return conf_seconds(value, at);
	case CONF_LATER:
		return DPE_UNSUPPORTED;
	}
	return DPE_INTERNAL;
}

static const char *
conf_expects(const struct conf_word *w, char *text, size_t size)
{
	switch (w->kind) {
	case CONF_UINT:
		snprintf(text, size, "a number from %u to %u", w->min, w->max);
		return text;
	case CONF_BOOL:
		return "yes or no";
	case CONF_SECONDS:
		return "a time such as 90, 15m, 72h, 30d or never";
	case CONF_TEXT:
	case CONF_LIST:
	case CONF_LATER:
		break;
	}
	return "another value";
}

/* One line, cut into keyword and value; *key NULL if there is none. */
static int
conf_split(char *line, char **key, char **value)
{
	char	*end;

	*key = NULL;
	line[strcspn(line, "#")] = '\0';
	line += strspn(line, " \t");
	end = line + strlen(line);
	while (end > line && strchr(" \t\r", end[-1]) != NULL)
		*--end = '\0';
	if (*line == '\0')
		return 0;
	*key = line;
	line += strcspn(line, " \t");
	if (*line == '\0')
		return DPE_MISSING;
	*line++ = '\0';
	*value = line + strspn(line, " \t");
	return 0;
}

static const struct conf_word *
conf_find(const struct conf_word *tab, size_t n, const char *name)
{
	size_t	 i;

	for (i = 0; i < n; i++)
		if (strcmp(tab[i].name, name) == 0)
			return &tab[i];
	return NULL;
}

static int
conf_line(char *line, const struct conf_word *tab, size_t n, bool *seen,
    void *out, struct why *why)
{
	const struct conf_word	*w;
	const char		*reason;
	char			*key, *value = NULL, text[80];
	int			 r;

	r = conf_split(line, &key, &value);
	if (key == NULL)
		return 0;
	if ((w = conf_find(tab, n, key)) == NULL)
		return why_set(why, DPE_USAGE, "unknown keyword %.60s", key);
	if (r != 0)
		return why_set(why, r, "%s has no value", key);
	if (seen[w - tab] && w->kind != CONF_LIST)
		return why_set(why, DPE_EXISTS, "%s is given twice", key);
	seen[w - tab] = true;
	if (w->bad != NULL && (reason = w->bad(value)) != NULL)
		return why_set(why, DPE_RANGE, "%s %.60s: %s", key, value,
		    reason);
	if ((r = conf_set(w, value, out)) == DPE_UNSUPPORTED)
		return why_set(why, r, "%s is not built yet", key);
	if (r != 0)
		return why_set(why, r, "%s expects %s, not %.60s", key,
		    conf_expects(w, text, sizeof(text)), value);
	return 0;
}

static int
conf_presets(const struct conf_word *tab, size_t n, const bool *seen,
    void *out)
{
	size_t	 i;
	int	 r;

	for (i = 0; i < n; i++)
		if (!seen[i] && tab[i].preset != NULL &&
		    (r = conf_set(&tab[i], tab[i].preset, out)) != 0)
			return r;
	return 0;
}

int
conf_read(const char *name, struct slice text, const struct conf_word *tab,
    size_t n, void *out, struct why *why)
{
	char		*copy = slice_dup(text), *line, *rest = copy;
	bool		*seen = xcalloc(n, sizeof(*seen));
	unsigned	 no = 0;
	int		 r = 0;

	if (strlen(copy) != text.len)
		r = why_set(why, DPE_SYNTAX, "%s: contains a NUL byte", name);
	while (r == 0 && (line = strsep(&rest, "\n")) != NULL) {
		no++;
		if (strlen(line) > LIM_CONF_LINE)
			r = why_set(why, DPE_RANGE, "line is too long");
		else
			r = conf_line(line, tab, n, seen, out, why);
		if (r != 0)
			why_prefix(why, "%s:%u", name, no);
	}
	if (r == 0)
		r = conf_presets(tab, n, seen, out);
	free(copy);
	free(seen);
	return r;
}

static void
conf_print_seconds(const char *name, int64_t v, struct buf *out)
{
	if (v == 0)
		buf_addf(out, "%s never\n", name);
	else
		buf_addf(out, "%s %lld\n", name, (long long)v);
}

void
conf_print(const struct conf_word *tab, size_t n, const void *in,
    struct buf *out)
{
	const struct conf_list	*l;
	const void		*at;
	size_t			 i, k;

	for (i = 0; i < n; i++) {
		at = (const char *)in + tab[i].offset;
		switch (tab[i].kind) {
		case CONF_TEXT:
			if (*(char *const *)at != NULL)
				buf_addf(out, "%s %s\n", tab[i].name,
				    *(char *const *)at);
			break;
		case CONF_LIST:
			l = at;
			for (k = 0; k < l->n; k++)
				buf_addf(out, "%s %s\n", tab[i].name,
				    l->item[k]);
			break;
		case CONF_UINT:
			buf_addf(out, "%s %u\n", tab[i].name,
			    *(const unsigned *)at);
			break;
		case CONF_BOOL:
			buf_addf(out, "%s %s\n", tab[i].name,
			    *(const bool *)at ? "yes" : "no");
			break;
		case CONF_SECONDS:
			conf_print_seconds(tab[i].name,
			    *(const int64_t *)at, out);
			break;
		case CONF_LATER:
			break;
		}
	}
}

void
conf_free(const struct conf_word *tab, size_t n, void *out)
{
	struct conf_list	*l;
	size_t			 i, k;
	void			*at;

	for (i = 0; i < n; i++) {
		at = (char *)out + tab[i].offset;
		if (tab[i].kind == CONF_TEXT) {
			free(*(char **)at);
			*(char **)at = NULL;
		} else if (tab[i].kind == CONF_LIST) {
			l = at;
			for (k = 0; k < l->n; k++)
				free(l->item[k]);
			free(l->item);
			l->item = NULL;
			l->n = 0;
		}
	}
}
