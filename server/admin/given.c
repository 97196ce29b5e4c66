/* SPDX-License-Identifier: Apache-2.0 */
#include "server/admin/given.h"

#include <stdlib.h>
#include <string.h>

/* Where the next FIELD= begins, or the end. */
static const char *
next_field(const char *s)
{
	const char	*comma, *p;

	for (comma = strchr(s, ','); comma != NULL;
	    comma = strchr(comma + 1, ',')) {
		p = comma + 1;
		p += strspn(p, "abcdefghijklmnopqrstuvwxyz0123456789-");
		if (*p == '=' && p > comma + 1)
			return comma;
	}
	return s + strlen(s);
}

static int
given_add(struct given *g, const char *name, const char *value,
    struct why *why)
{
	struct buf	 check = { 0 };
	enum saip_field	 f = saip_field_find(name);
	int		 r;

	if (f == SAIP_FIELDS)
		return why_set(why, DPE_USAGE, "set: no field %.40s", name);
	if (saip_field_drawn(f) || f == SAIP_ICCID_EF || f == SAIP_IMSI ||
	    f == SAIP_ICCID_HEADER)
		return why_set(why, DPE_USAGE, "set: %s is each profile's own",
		    name);
	if (g->n == GIVEN_MAX)
		return why_set(why, DPE_USAGE, "set: more than %d fields",
		    GIVEN_MAX);
	if ((r = saip_field_parse(f, value, &check, why)) == 0) {
		g->at[g->n].field = f;
		g->at[g->n++].text = xstrdup(value);
	}
	buf_free(&check);
	return r;
}

int
given_parse(const char *text, struct given *out, struct why *why)
{
	const char	*end;
	char		*one, *equals;
	int		 r = 0;

	memset(out, 0, sizeof(*out));
	for (; text != NULL && *text != '\0' && r == 0;
	    text = end + (*end == ',')) {
		end = next_field(text);
		one = slice_dup(slice_of(text, (size_t)(end - text)));
		if ((equals = strchr(one, '=')) == NULL)
			r = why_set(why, DPE_USAGE, "set: FIELD=VALUE is"
			    " needed");
		else {
			*equals = '\0';
			r = given_add(out, one, equals + 1, why);
		}
		free(one);
	}
	return r;
}

void
given_free(struct given *g)
{
	while (g->n > 0)
		free(g->at[--g->n].text);
}

/* The number i further on, of as many digits. */
static int
count_on(char *digits, size_t i)
{
	size_t	 n = strlen(digits), carry = i;

	for (; n > 0 && carry > 0; carry /= 10) {
		n--;
		if (digits[n] < '0' || digits[n] > '9')
			break;
		carry += (size_t)(digits[n] - '0');
		digits[n] = (char)('0' + carry % 10);
	}
	return carry == 0 ? 0 : DPE_RANGE;
}

int
given_put(const struct given *g, size_t i, struct buf *values)
{
	struct buf	 v = { 0 };
	char		*text;
	size_t		 k;
	int		 r = 0;

	for (k = 0; k < g->n && r == 0; k++) {
		text = xstrdup(g->at[k].text);
		if (g->at[k].field == SAIP_IMSI2 ||
		    g->at[k].field == SAIP_MSISDN)
			r = count_on(text, i);
		buf_cut(&v, 0);
		if (r == 0 && (r = saip_field_parse(g->at[k].field, text, &v,
		    NULL)) == 0)
			r = saip_value_set(values, g->at[k].field,
			    buf_slice(&v));
		free(text);
	}
	buf_free(&v);
	return r;
}
