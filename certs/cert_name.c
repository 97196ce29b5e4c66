/* SPDX-License-Identifier: Apache-2.0 */
/* Distinguished names and dates. */
#include "base/der.h"
#include "certs/internal.h"

#define ATTR(last)	{ (const uint8_t *)"\x55\x04" last, 3 }
const struct slice	oid_common_name = ATTR("\x03");
const struct slice	oid_serial_number = ATTR("\x05");
const struct slice	oid_organization = ATTR("\x0a");

/* One AttributeTypeAndValue. */
static int
attr_next(struct slice *in, struct slice *oid, struct slice *value)
{
	struct der	 attr, type, text;
	struct slice	 s;

	if (der_expect(in, 0x30, &attr) != 0)
		return DPE_SYNTAX;
	s = attr.value;
	if (der_expect(&s, 0x06, &type) != 0 || der_next(&s, &text) != 0 ||
	    s.len != 0)
		return DPE_SYNTAX;
	*oid = type.value;
	*value = text.value;
	return 0;
}

int
name_attr(struct slice rdns, struct slice oid, struct slice *out)
{
	struct slice	 type, value, s;
	struct der	 rdn;

	*out = slice_of(NULL, 0);
	while (rdns.len > 0) {
		if (der_expect(&rdns, 0x31, &rdn) != 0)
			return DPE_SYNTAX;
		for (s = rdn.value; s.len > 0;) {
			if (attr_next(&s, &type, &value) != 0)
				return DPE_SYNTAX;
			if (out->p == NULL && slice_eq(type, oid))
				*out = value;
		}
	}
	return 0;
}

/* Days from 1970-01-01 to this date of the Gregorian calendar. */
static int64_t
time_days(int year, int month, int day)
{
	static const int	 before[12] = { 0, 31, 59, 90, 120, 151, 181,
				    212, 243, 273, 304, 334 };
	int			 past = month > 2 ? year : year - 1;

	return 365 * (int64_t)(year - 1970) + before[month - 1] + day - 1 +
	    (past / 4 - 492) - (past / 100 - 19) + (past / 400 - 4);
}

static int
month_days(int year, int month)
{
	if (month == 2)
		return year % 4 == 0 &&
		    (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* The next two digits as a number of min to max; -1. */
static int
two_digits(struct slice *s, int min, int max)
{
	int	 n;

	if (s->len < 2 || s->p[0] < '0' || s->p[0] > '9' || s->p[1] < '0' ||
	    s->p[1] > '9')
		return -1;
	n = (s->p[0] - '0') * 10 + s->p[1] - '0';
	*s = slice_sub(*s, 2, s->len);
	return n < min || n > max ? -1 : n;
}

static int
time_year(struct slice *s, uint32_t tag)
{
	int	 high, low;

	if (tag == 0x17) {
		if ((low = two_digits(s, 0, 99)) < 0)
			return -1;
		return low < 50 ? 2000 + low : 1900 + low;
	}
	if ((high = two_digits(s, 0, 99)) < 0 ||
	    (low = two_digits(s, 0, 99)) < 0)
		return -1;
	return high * 100 + low;
}

int
time_get(struct slice *in, int64_t *out)
{
	struct slice	 rest = *in, s;
	struct der	 d;
	int		 year, month, day, hour, min, sec;

	if (der_next(&rest, &d) != 0 || (d.tag != 0x17 && d.tag != 0x18))
		return DPE_SYNTAX;
	s = d.value;
	if ((year = time_year(&s, d.tag)) < 0 ||
	    (month = two_digits(&s, 1, 12)) < 0 ||
	    (day = two_digits(&s, 1, month_days(year, month))) < 0 ||
	    (hour = two_digits(&s, 0, 23)) < 0 ||
	    (min = two_digits(&s, 0, 59)) < 0 ||
	    (sec = two_digits(&s, 0, 59)) < 0 ||
	    s.len != 1 || s.p[0] != 'Z')
		return DPE_SYNTAX;
	*out = time_days(year, month, day) * 86400 + hour * 3600 + min * 60 +
	    sec;
	*in = rest;
	return 0;
}
