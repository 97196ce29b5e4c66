/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/where.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/der.h"
#include "server/saip/fields.h"
#include "server/saip/walk.h"

#define PIN(ref)	"pinCodes/A1/A0/30[80=" ref "]/81"
#define PUK(ref)	"pukCodes/A1/30[80=" ref "]/81"
#define KEY(id, version) \
	"securityDomain/A2/30[82=" id "][83=" version "]/30/30/86"

static const char *const usual[SAIP_FIELDS] = {
	[SAIP_ICCID_HEADER] = "header/83",
	[SAIP_ICCID_EF] = "mf/A4/83",
	[SAIP_IMSI] = "usim#1/A3/83",
	[SAIP_ACC] = "usim#1/B2/83",
	[SAIP_K] = "akaParameter#1/A1/A1/82",
	[SAIP_OPC] = "akaParameter#1/A1/A1/83",
	[SAIP_K256] = "akaParameter#1/A1/A1/82",
	[SAIP_TOPC] = "akaParameter#1/A1/A1/83",
	[SAIP_PIN1] = PIN("1"), [SAIP_PIN2] = PIN("129"),
	[SAIP_PUK1] = PUK("1"), [SAIP_PUK2] = PUK("129"),
	[SAIP_ADM1] = PIN("10"), [SAIP_ADM2] = PIN("11"),
	[SAIP_OTA_ENC] = KEY("1", "1"),
	[SAIP_OTA_MAC] = KEY("2", "1"),
	[SAIP_OTA_DEK] = KEY("3", "1"),
	[SAIP_OTA2_ENC] = KEY("1", "2"),
	[SAIP_OTA2_MAC] = KEY("2", "2"),
	[SAIP_OTA2_DEK] = KEY("3", "2"),
	[SAIP_OTA3_ENC] = KEY("1", "3"),
	[SAIP_OTA3_MAC] = KEY("2", "3"),
	[SAIP_OTA3_DEK] = KEY("3", "3"),
	[SAIP_SPN] = "usim#1/AD/83",
	[SAIP_SMSC] = "usim#1/AB/83@-28",
	[SAIP_FPLMN] = "usim#1/B3/83",
	[SAIP_GID1] = "opt-usim#1/A5/83",
	[SAIP_GID2] = "opt-usim#1/A6/83",
	[SAIP_MSISDN] = "opt-usim#1/A7/83@-14",
	[SAIP_PLMNWACT] = "opt-usim#1/AF/83",
	[SAIP_OPLMNWACT] = "opt-usim#1/B0/83",
	[SAIP_HPLMNWACT] = "opt-usim#1/B1/83",
	[SAIP_EHPLMN] = "opt-usim#1/BF3A/83",
	[SAIP_ROUTING] = "df-5gs/AC/83",
	[SAIP_SUCI] = "df-5gs/A9/83",
	[SAIP_IMPI] = "isim/A3/83",
	[SAIP_IMPU] = "isim/A4/83",
	[SAIP_IMSI2] = "usim#2/A3/83",
	[SAIP_ACC2] = "usim#2/B2/83",
	[SAIP_K2] = "akaParameter#2/A1/A1/82",
	[SAIP_OPC2] = "akaParameter#2/A1/A1/83"
};

const char *
where_usual(enum saip_field f)
{
	return usual[f];
}

/* Digits of a number to the base at *s, which moves behind them. */
static bool
number(const char **s, int base, unsigned long most, unsigned long *out)
{
	char	*end;

	if (strchr("0123456789ABCDEFabcdef", **s) == NULL || **s == '\0')
		return false;
	*out = strtoul(*s, &end, base);
	if (end == *s || *out > most)
		return false;
	*s = end;
	return true;
}

static bool
parse_step(const char **s, struct where_step *step)
{
	unsigned long	 tag, value;

	if (!number(s, 16, 0xffffff, &tag))
		return false;
	step->tag = (uint32_t)tag;
	for (step->keys = 0; **s == '['; step->keys++) {
		++*s;
		if (step->keys == WHERE_KEYS || !number(s, 16, 0xffff, &tag) ||
		    *(*s)++ != '=' || !number(s, 10, 0xffff, &value) ||
		    *(*s)++ != ']')
			return false;
		step->key[step->keys].tag = (uint32_t)tag;
		step->key[step->keys].value = (unsigned)value;
	}
	return true;
}

static bool
parse_rest(const char *s, struct where *w)
{
	unsigned long	 v;
	bool		 minus;

	while (*s == '/') {
		s++;
		if (w->steps == WHERE_STEPS ||
		    !parse_step(&s, &w->step[w->steps++]))
			return false;
	}
	if (*s == '@') {
		s++;
		if ((minus = *s == '-'))
			s++;
		if (!number(&s, 10, 0xffff, &v) || (minus && v == 0))
			return false;
		w->offset = minus ? -(long)v : (long)v;
		if (*s == '+') {
			s++;
			if (!number(&s, 10, 0xffff, &v) || v == 0)
				return false;
			w->length = v;
		}
	}
	return *s == '\0' && w->steps > 0;
}

int
where_parse(const char *text, struct where *out, struct why *why)
{
	char		 name[32];
	size_t		 n = strcspn(text, "#/@");
	const char	*s = text + n;
	unsigned long	 v;

	memset(out, 0, sizeof(*out));
	snprintf(name, sizeof(name), "%.*s", (int)(n < 31 ? n : 31), text);
	if ((out->pe = saip_element_tag(name)) == 0)
		return why_set(why, DPE_USAGE, "%.40s: no element of a"
		    " package has this name", name);
	if (*s == '#') {
		s++;
		if (!number(&s, 10, 9, &v) || v == 0)
			return why_set(why, DPE_USAGE, "%.80s: # wants the"
			    " number of a USIM", text);
		out->usim = (unsigned)v;
	}
	if (!parse_rest(s, out))
		return why_set(why, DPE_USAGE, "%.80s: not a place of the"
		    " form ELEMENT/TAG/TAG@OFFSET+LENGTH", text);
	return 0;
}

struct search {
	struct slice		 upp;
	const struct saip_pe	*pe;
	const struct where	*w;
	enum saip_field		 field;
	bool			 lenient;
	struct saip_places	*out;
	struct why		*why;
};

static bool
step_matches(const struct where_step *s, const struct der *d)
{
	struct der	 key;
	uint64_t	 v;
	size_t		 i;

	if (d->tag != s->tag)
		return false;
	for (i = 0; i < s->keys; i++)
		if (der_find(d->value, s->key[i].tag, &key) != 0 ||
		    der_uint(key.value, &v) != 0 || v != s->key[i].value)
			return false;
	return true;
}

/* The part of the contents that is meant; empty: it is not inside them. */
static struct slice
part(const struct where *w, struct slice v)
{
	size_t	 from = (size_t)labs(w->offset);

	if (from > v.len)
		return slice_of(NULL, 0);
	if (w->offset < 0)
		from = v.len - from;
	if (w->length > v.len - from)
		return slice_of(NULL, 0);
	return slice_sub(v, from, w->length != 0 ? w->length : v.len - from);
}

static int
found(struct search *q, struct slice contents)
{
	struct slice	 v = part(q->w, contents);
	size_t		 size = saip_field_size(q->field);
	struct saip_place *p;

	if (v.len == 0 || (size != 0 && v.len != size)) {
		if (q->lenient)
			return 0;
		return saip_pe_fault(q->pe, DPE_SYNTAX, q->why, "%s has %zu"
		    " bytes of %zu at offset %zu", saip_field_name(q->field),
		    v.len, contents.len, (size_t)(contents.p - q->upp.p));
	}
	if (q->out->n >= SAIP_PLACES)
		return saip_pe_fault(q->pe, DPE_RANGE, q->why,
		    "more than %d places", SAIP_PLACES);
	p = &q->out->at[q->out->n++];
	p->field = q->field;
	p->offset = (size_t)(v.p - q->upp.p);
	p->len = v.len;
	p->optional = false;
	return 0;
}

static int
follow(struct search *q, size_t depth, struct slice in)
{
	struct der	 d;
	int		 r;

	while (in.len > 0) {
		if (der_next(&in, &d) != 0)
			return saip_pe_fault(q->pe, DPE_SYNTAX, q->why,
			    "no whole TLV at offset %zu",
			    (size_t)(in.p - q->upp.p));
		if (!step_matches(&q->w->step[depth], &d))
			continue;
		if (depth + 1 < q->w->steps && (d.raw.p[0] & 0x20) == 0)
			continue;
		r = depth + 1 == q->w->steps ? found(q, d.value) :
		    follow(q, depth + 1, d.value);
		if (r != 0)
			return r;
	}
	return 0;
}

int
where_find(struct slice upp, const struct where *w, enum saip_field f,
    bool lenient, struct saip_places *out, struct why *why)
{
	struct saip_walk walk;
	struct saip_pe	 pe;
	struct search	 q = { upp, &pe, w, f, lenient, out, why };
	unsigned	 usims = 0;
	int		 r;

	for (saip_walk_start(&walk, upp); saip_walk_more(&walk);) {
		if ((r = saip_walk_next(&walk, &pe, why)) != 0)
			return r;
		if (pe.tag == PE_USIM)
			usims++;
		if (pe.tag == w->pe && (w->usim == 0 || w->usim == usims) &&
		    (r = follow(&q, 0, pe.value)) != 0)
			return r;
	}
	return 0;
}
