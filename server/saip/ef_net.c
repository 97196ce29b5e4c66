/* SPDX-License-Identifier: Apache-2.0 */
/* Networks: which are preferred, forbidden, and where the phone was last. */
#include "base/der.h"
#include "server/saip/ef.h"

/* TS 31.102 4.2.5; the two octets as one number. */
static const struct { uint16_t bit; const char *name; } accesses[] = {
	{ 0x8000, "UTRAN" }, { 0x0800, "NG-RAN" }, { 0x0040, "GSM COMPACT" },
	{ 0x0020, "cdma2000 HRPD" }, { 0x0010, "cdma2000 1xRTT" }
};

static void
add_name(json_t *list, const char *name)
{
	json_array_append_new(list, json_string(name));
}

/* E-UTRAN and GSM have two bits more, of which 00 and 11 mean all of it. */
static json_t *
access_names(unsigned act)
{
	json_t	*list = json_array();
	size_t	 i;

	if ((act & 0x4000) != 0)
		add_name(list, (act & 0x3000) == 0x1000 ? "E-UTRAN NB-S1" :
		    (act & 0x3000) == 0x2000 ? "E-UTRAN WB-S1" : "E-UTRAN");
	if ((act & 0x0080) != 0)
		add_name(list, (act & 0x000c) == 0x0008 ? "EC-GSM-IoT" :
		    "GSM");
	for (i = 0; i < NELEM(accesses); i++)
		if ((act & accesses[i].bit) != 0)
			add_name(list, accesses[i].name);
	return list;
}

static json_t *
plmn_entry(const uint8_t *p)
{
	char	 text[8];
	json_t	*o;

	ef_plmn(p, text);
	if (text[0] == '\0')
		return NULL;
	o = json_object();
	ef_set_str(o, "plmn", text);
	return o;
}

bool
ef_plmn_act(const struct ef_call *c)
{
	json_t	*list, *o;
	size_t	 i;

	if (c->s.len % 5 != 0)
		return false;
	list = json_array();
	for (i = 0; i < c->s.len; i += 5) {
		if ((o = plmn_entry(c->s.p + i)) == NULL)
			continue;
		json_object_set_new(o, "access", access_names(
		    (unsigned)c->s.p[i + 3] << 8 | c->s.p[i + 4]));
		json_array_append_new(list, o);
	}
	json_object_set_new(c->out, "networks", list);
	ef_set_int(c->out, "entries", (int64_t)(c->s.len / 5));
	return true;
}

static json_t *
plmn_list(struct slice s)
{
	json_t	*list = json_array();
	char	 text[8];
	size_t	 i;

	for (i = 0; i + 3 <= s.len; i += 3) {
		ef_plmn(s.p + i, text);
		if (text[0] != '\0')
			json_array_append_new(list, json_string(text));
	}
	return list;
}

bool
ef_plmns(const struct ef_call *c)
{
	if (c->s.len % 3 != 0)
		return false;
	json_object_set_new(c->out, "networks", plmn_list(c->s));
	ef_set_int(c->out, "entries", (int64_t)(c->s.len / 3));
	return true;
}

/* TS 31.102 4.2.6: in units of six minutes. */
bool
ef_hpplmn(const struct ef_call *c)
{
	if (c->s.len != 1)
		return false;
	ef_set_int(c->out, "search_minutes", c->s.p[0] * 6);
	return true;
}

bool
ef_spdi(const struct ef_call *c)
{
	struct slice	 s = c->s;
	struct der	 d, list;

	if (der_expect(&s, 0xa3, &d) != 0 ||
	    der_find(d.value, 0x80, &list) != 0)
		return false;
	json_object_set_new(c->out, "networks", plmn_list(list.value));
	return true;
}

/* TS 31.102 4.2.59: where a name of EF.PNN belongs to. */
bool
ef_opl(const struct ef_call *c)
{
	char	 text[8];

	if (c->s.len < 8)
		return false;
	ef_plmn(c->s.p, text);
	if (text[0] != '\0')
		ef_set_str(c->out, "network", text);
	else	/* D stands for any digit */
		ef_set_hex(c->out, "network", slice_sub(c->s, 0, 3));
	ef_set_hex(c->out, "area_from", slice_sub(c->s, 3, 2));
	ef_set_hex(c->out, "area_to", slice_sub(c->s, 5, 2));
	ef_set_int(c->out, "pnn_record", c->s.p[7]);
	return true;
}

/* What a file of location information is made of. */
struct part {
	const char	*key;
	size_t		 at, n;
	bool		 plmn;		/* three octets of it first */
};

static void
set_status(const struct ef_call *c, uint8_t status)
{
	static const char *const names[] = { "updated", "not updated",
	    "network not allowed", "area not allowed" };
	unsigned	 n = status & 7;

	ef_set_str(c->out, "status", n < NELEM(names) ? names[n] :
	    "reserved");
}

/* Parts in their order; those that are FF are not told. */
static bool
location(const struct ef_call *c, const struct part *p, size_t n, size_t size)
{
	struct slice	 s;
	char		 text[8];
	size_t		 i;

	if (c->s.len < size)
		return false;
	for (i = 0; i < n; i++) {
		s = slice_sub(c->s, p[i].at, p[i].n);
		if (p[i].plmn) {
			ef_plmn(s.p, text);
			if (text[0] == '\0')
				continue;
			ef_set_str(c->out, "network", text);
			s = slice_sub(s, 3, s.len);
		}
		if (!ef_blank(s))
			ef_set_hex(c->out, p[i].key, s);
	}
	set_status(c, c->s.p[size - 1]);
	return true;
}

bool
ef_loci(const struct ef_call *c)
{
	static const struct part	 parts[] = {
		{ "tmsi", 0, 4, false }, { "area", 4, 5, true }
	};

	return location(c, parts, NELEM(parts), 11);
}

bool
ef_psloci(const struct ef_call *c)
{
	static const struct part	 parts[] = {
		{ "p_tmsi", 0, 4, false }, { "signature", 4, 3, false },
		{ "routing_area", 7, 6, true }
	};

	return location(c, parts, NELEM(parts), 14);
}

bool
ef_epsloci(const struct ef_call *c)
{
	static const struct part	 parts[] = {
		{ "guti", 0, 12, false }, { "tracking_area", 12, 5, true }
	};

	return location(c, parts, NELEM(parts), 18);
}

bool
ef_5gs_loci(const struct ef_call *c)
{
	static const struct part	 parts[] = {
		{ "guti", 0, 13, false }, { "tracking_area", 13, 6, true }
	};

	return location(c, parts, NELEM(parts), 20);
}

static int64_t
three(const uint8_t *p)
{
	return (int64_t)p[0] << 16 | (int64_t)p[1] << 8 | p[2];
}

bool
ef_start_hfn(const struct ef_call *c)
{
	if (c->s.len != 6)
		return false;
	ef_set_int(c->out, "start_cs", three(c->s.p));
	ef_set_int(c->out, "start_ps", three(c->s.p + 3));
	return true;
}

bool
ef_threshold(const struct ef_call *c)
{
	if (c->s.len != 3)
		return false;
	ef_set_int(c->out, "maximum_start", three(c->s.p));
	return true;
}
