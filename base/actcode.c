/* SPDX-License-Identifier: Apache-2.0 */
#include "base/actcode.h"

#include <string.h>

#include "base/ident.h"

/* The field up to the next '$'; *at moves behind it, NULL after the last. */
static struct slice
actcode_field(const char **at)
{
	const char	*s = *at, *end;

	if (s == NULL)
		return slice_of(NULL, 0);
	if ((end = strchr(s, '$')) == NULL) {
		*at = NULL;
		return slice_str(s);
	}
	*at = end + 1;
	return slice_of(s, (size_t)(end - s));
}

static int
actcode_copy(struct slice s, char *out, size_t size, const char *what,
    struct why *why)
{
	if (s.len >= size)
		return why_set(why, DPE_RANGE, "activation code: %s of %zu "
		    "characters is too long", what, s.len);
	if (s.len > 0)
		memcpy(out, s.p, s.len);
	out[s.len] = '\0';
	return 0;
}

static bool
actcode_chars(const char *s, const char *set)
{
	return s[strspn(s, set)] == '\0';
}

#define LETTERS	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS	"0123456789"

/* Numbers with single dots between them. */
static bool
actcode_dotted(const char *s)
{
	size_t	 n;

	while ((n = strspn(s, DIGITS)) > 0) {
		if (s[n] == '\0')
			return true;
		if (s[n] != '.')
			return false;
		s += n + 1;
	}
	return false;
}

static int
actcode_check(const struct actcode *a, struct why *why)
{
	if (a->address[0] == '\0' ||
	    !actcode_chars(a->address, LETTERS DIGITS ".-:"))
		return why_set(why, DPE_SYNTAX, "activation code: bad address");
	if (a->matching_id[0] != '\0' &&
	    !matching_id_valid(slice_str(a->matching_id)))
		return why_set(why, DPE_SYNTAX,
		    "activation code: bad MatchingID");
	if (a->oid[0] != '\0' && !actcode_dotted(a->oid))
		return why_set(why, DPE_SYNTAX, "activation code: bad OID");
	return 0;
}

int
actcode_parse(const char *text, struct actcode *out, struct why *why)
{
	const char	*at = text;
	struct slice	 cc;
	int		 r;

	memset(out, 0, sizeof(*out));
	if (strncmp(at, "LPA:", 4) == 0)
		at += 4;
	if (strlen(at) > LIM_ACTCODE)
		return why_set(why, DPE_RANGE,
		    "activation code: longer than %d characters", LIM_ACTCODE);
	if (!slice_eq(actcode_field(&at), slice_str("1")) || at == NULL)
		return why_set(why, DPE_SYNTAX,
		    "activation code: does not begin with LPA:1$");
	if ((r = actcode_copy(actcode_field(&at), out->address,
	    sizeof(out->address), "address", why)) != 0)
		return r;
	if (at == NULL)
		return why_set(why, DPE_SYNTAX,
		    "activation code: no MatchingID field");
	if ((r = actcode_copy(actcode_field(&at), out->matching_id,
	    sizeof(out->matching_id), "MatchingID", why)) != 0 ||
	    (r = actcode_copy(actcode_field(&at), out->oid,
	    sizeof(out->oid), "OID", why)) != 0)
		return r;
	cc = actcode_field(&at);
	if (cc.len > 0 && !slice_eq(cc, slice_str("1")))
		return why_set(why, DPE_SYNTAX, "activation code: bad flag");
	out->cc_required = cc.len > 0;
	return actcode_check(out, why);
}

void
actcode_format(const struct actcode *a, struct buf *out)
{
	buf_addf(out, "LPA:1$%s$%s", a->address, a->matching_id);
	if (a->oid[0] != '\0' || a->cc_required)
		buf_addf(out, "$%s", a->oid);
	if (a->cc_required)
		buf_add_str(out, "$1");
}
