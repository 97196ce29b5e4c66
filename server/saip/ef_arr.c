/* SPDX-License-Identifier: Apache-2.0 */
/*
 * EF.ARR, TS 102 221 9.2 and 13.4: a record is a rule, a list of what is done
 * (AM_DO) and who may (SC_DO).
 */
#include <stdio.h>
#include <string.h>

#include "base/der.h"
#include "base/hex.h"
#include "server/saip/ef.h"

const char *
ef_pin_name(unsigned ref)
{
	static const struct { unsigned first, last; const char *name; } tab[] =
	    { { 0x01, 0x08, "PIN" }, { 0x0a, 0x0e, "ADM" },
	    { 0x81, 0x88, "PIN2" }, { 0x8a, 0x8e, "ADM" } };
	static const char *const pin[] = { "PIN1", "PIN1 of application 2",
	    "PIN1 of application 3", "PIN1 of application 4",
	    "PIN1 of application 5", "PIN1 of application 6",
	    "PIN1 of application 7", "PIN1 of application 8" };
	static const char *const pin2[] = { "PIN2", "PIN2 of application 2",
	    "PIN2 of application 3", "PIN2 of application 4",
	    "PIN2 of application 5", "PIN2 of application 6",
	    "PIN2 of application 7", "PIN2 of application 8" };
	static const char *const adm[] = { "ADM1", "ADM2", "ADM3", "ADM4",
	    "ADM5", "ADM6", "ADM7", "ADM8", "ADM9", "ADM10" };
	size_t	 i;

	for (i = 0; i < NELEM(tab); i++)
		if (ref >= tab[i].first && ref <= tab[i].last)
			return i == 0 ? pin[ref - 0x01] : i == 1 ?
			    adm[ref - 0x0a] : i == 2 ? pin2[ref - 0x81] :
			    adm[ref - 0x8a + 5];
	return ref == 0x11 ? "universal PIN" : "unknown key";
}

/* Access mode octet of an EF (ISO 7816-4, table 17), from bit 7 on. */
static void
mode_names(uint8_t mode, struct buf *b)
{
	static const struct { uint8_t bit; const char *name; } names[] = {
		{ 0x01, "read" }, { 0x02, "update" }, { 0x04, "write" },
		{ 0x08, "deactivate" }, { 0x10, "activate" },
		{ 0x20, "terminate" }, { 0x40, "delete" }
	};
	size_t	 i, from = b->len;

	for (i = 0; i < NELEM(names); i++)
		if ((mode & names[i].bit) != 0)
			buf_addf(b, "%s%s", b->len > from ? ", " : "",
			    names[i].name);
}

static void
command_name(uint8_t ins, struct buf *b)
{
	if (ins == 0x32)
		buf_add_str(b, "increase");
	else if (ins == 0xd4)
		buf_add_str(b, "resize");
	else
		buf_addf(b, "command %02X", ins);
}

/* A reference to a PIN: key reference 83, usage qualifier 95. */
static void
pin_reference(struct slice crt, struct buf *b)
{
	struct der	 d;

	if (der_find(crt, 0x83, &d) == 0 && d.value.len == 1)
		buf_add_str(b, ef_pin_name(d.value.p[0]));
	else
		hex_add(b, crt);
}

static void
condition(const struct der *d, struct buf *b, unsigned depth)
{
	struct slice	 in = d->value;
	struct der	 one;
	size_t		 from;

	if (d->tag == 0x90)
		buf_add_str(b, "always");
	else if (d->tag == 0x97)
		buf_add_str(b, "never");
	else if (d->tag == 0xa4)
		pin_reference(d->value, b);
	else if ((d->tag == 0xa0 || d->tag == 0xaf) && depth < 4) {
		from = b->len;
		while (in.len > 0 && der_next(&in, &one) == 0) {
			if (b->len > from)
				buf_add_str(b, d->tag == 0xa0 ? " or " :
				    " and ");
			condition(&one, b, depth + 1);
		}
	} else
		hex_add(b, d->raw);
}

/* An access mode; false when it is a condition. */
static bool
access_mode(const struct der *d, struct buf *b)
{
	if (d->tag < 0x80 || d->tag > 0x8f)
		return false;
	if (b->len > 0 && b->p[b->len - 1] != ' ')
		buf_add_str(b, ", ");
	if (d->tag == 0x80 && d->value.len == 1)
		mode_names(d->value.p[0], b);
	else if (d->tag == 0x84 && d->value.len == 1)
		command_name(d->value.p[0], b);
	else
		hex_add(b, d->raw);
	return true;
}

bool
ef_arr(const struct ef_call *c)
{
	struct slice	 s = ef_trim(c->s);
	struct buf	 b = {0};
	struct der	 d;
	bool		 ok = true, had = false;

	while (s.len > 0 && (ok = der_next(&s, &d) == 0)) {
		if (had && d.tag >= 0x80 && d.tag <= 0x8f) {
			buf_add_str(&b, "; ");
			had = false;
		}
		if (access_mode(&d, &b))
			continue;
		buf_add_str(&b, had ? ", or " : ": ");
		condition(&d, &b, 0);
		had = true;
	}
	if (ok)
		ef_set_text(c->out, "rule", buf_slice(&b));
	buf_free(&b);
	return ok;
}
