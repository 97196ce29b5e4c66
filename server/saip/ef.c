/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/ef.h"

#include <string.h>

#include "base/hex.h"

void
ef_set_hex(json_t *o, const char *key, struct slice s)
{
	struct buf	 b = {0};

	hex_add(&b, s);
	json_object_set_new(o, key, json_string(buf_cstr(&b)));
	buf_free(&b);
}

void
ef_set_int(json_t *o, const char *key, int64_t v)
{
	json_object_set_new(o, key, json_integer(v));
}

void
ef_set_str(json_t *o, const char *key, const char *s)
{
	json_object_set_new(o, key, json_string(s));
}

void
ef_set_flag(json_t *o, const char *key, bool v)
{
	json_object_set_new(o, key, json_boolean(v));
}

void
ef_set_text(json_t *o, const char *key, struct slice s)
{
	json_t	*v = json_stringn(s.len > 0 ? (const char *)s.p : "", s.len);

	if (v == NULL || memchr(s.len > 0 ? (const char *)s.p : "", 0,
	    s.len) != NULL) {
		json_decref(v);
		ef_set_hex(o, key, s);
	} else
		json_object_set_new(o, key, v);
}

void
ef_set_secret(json_t *o, const char *key, struct slice s, bool keys)
{
	if (keys)
		ef_set_hex(o, key, s);
	else
		ef_set_str(o, key, EF_HIDDEN);
}

#define EXPLAIN_MAX	32768	/* octets; of more, only hex is told */

#define WHOLE	0
#define RECORDS	1
#define SECRET	2	/* not even in hex, unless keys are to be shown */

static const struct known {
	const char	*name;		/* behind "EF.", letters and digits */
	ef_fn		*fn;
	unsigned	 flags;
} known[] = {
	{ "ICCID", ef_iccid, WHOLE },	{ "DIR", ef_dir, RECORDS },
	{ "ARR", ef_arr, RECORDS },	{ "UMPC", ef_umpc, WHOLE },
	{ "PL", ef_languages, WHOLE },	{ "LI", ef_languages, WHOLE },
	{ "IMSI", ef_imsi, WHOLE },	{ "UST", ef_ust, WHOLE },
	{ "EST", ef_est, WHOLE },	{ "IST", ef_ist, WHOLE },
	{ "ACC", ef_acc, WHOLE },	{ "AD", ef_ad, WHOLE },
	{ "SPN", ef_spn, WHOLE },	{ "PNN", ef_pnn, RECORDS },
	{ "OPL", ef_opl, RECORDS },	{ "SPDI", ef_spdi, WHOLE },
	{ "HPPLMN", ef_hpplmn, WHOLE },	{ "FPLMN", ef_plmns, WHOLE },
	{ "EHPLMN", ef_plmns, WHOLE },	{ "PLMNwAcT", ef_plmn_act, WHOLE },
	{ "OPLMNwAcT", ef_plmn_act, WHOLE },
	{ "HPLMNwAcT", ef_plmn_act, WHOLE },
	{ "LOCI", ef_loci, WHOLE },	{ "PSLOCI", ef_psloci, WHOLE },
	{ "EPSLOCI", ef_epsloci, WHOLE },
	{ "5GS3GPPLOCI", ef_5gs_loci, WHOLE },
	{ "5GSN3GPPLOCI", ef_5gs_loci, WHOLE },
	{ "STARTHFN", ef_start_hfn, WHOLE },
	{ "THRESHOLD", ef_threshold, WHOLE },
	{ "MSISDN", ef_number, RECORDS },	{ "FDN", ef_number, RECORDS },
	{ "SDN", ef_number, RECORDS },	{ "BDN", ef_number, RECORDS },
	{ "ADN", ef_number, RECORDS },	{ "MBDN", ef_number, RECORDS },
	{ "ICEDN", ef_number, RECORDS },	{ "SMSP", ef_smsp, RECORDS },
	{ "ECC", ef_ecc, RECORDS },	{ "IMPI", ef_uri, WHOLE },
	{ "IMPU", ef_uri, RECORDS },	{ "DOMAIN", ef_uri, WHOLE },
	{ "WebRTCURI", ef_uri, WHOLE },	{ "UICCIARI", ef_uri, RECORDS },
	{ "PSISMSC", ef_uri, RECORDS },	{ "PCSCF", ef_pcscf, RECORDS },
	{ "SUCICalcInfo", ef_suci, WHOLE },
	{ "SUCICalcInfoUSIM", ef_suci, WHOLE },
	{ "RoutingIndicator", ef_routing, WHOLE },
	{ "UACAIC", ef_uac_aic, WHOLE },
	{ "Keys", ef_keys, WHOLE | SECRET },
	{ "KeysPS", ef_keys, WHOLE | SECRET },
	{ "Kc", ef_kc, WHOLE | SECRET },
	{ "KcGPRS", ef_kc, WHOLE | SECRET },
	{ "EPSNSC", NULL, SECRET },	{ "5GS3GPPNSC", NULL, SECRET },
	{ "5GSN3GPPNSC", NULL, SECRET },	{ "5GAUTHKEYS", NULL, SECRET },
	{ "GBABP", NULL, SECRET },	{ "MSK", NULL, SECRET },
	{ "MUK", NULL, SECRET },	{ "EAKA", NULL, SECRET },
	{ "EAPKEYS", NULL, SECRET },	{ "HIDDENKEY", NULL, SECRET },
	{ "DCK", NULL, SECRET },	{ "XCAPConfigData", NULL, SECRET },
	{ "SPC", NULL, SECRET },	{ "3GCIK", NULL, SECRET },
	{ "SIPPAPSS", NULL, SECRET },	{ "SIPUPP", NULL, SECRET },
	{ "MIPUPP", NULL, SECRET },	{ "HRPDUPP", NULL, SECRET },
	{ "MMSICP", NULL, SECRET },	{ "MMSUCP", NULL, SECRET },
	{ "WAPBROWSERCP", NULL, SECRET }
};

static int
lower(int c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* The same letters and digits, whatever stands between them. */
static bool
same_name(const char *a, const char *b)
{
	for (;; a++, b++) {
		a += strspn(a, "-_. ");
		b += strspn(b, "-_. ");
		if (lower(*a) != lower(*b))
			return false;
		if (*a == '\0')
			return true;
	}
}

static const struct known *
known_find(const char *name)
{
	size_t	 i;

	if (name == NULL)
		return NULL;
	if (strncmp(name, "EF.", 3) == 0)
		name += 3;
	for (i = 0; i < NELEM(known); i++)
		if (same_name(known[i].name, name))
			return &known[i];
	return NULL;
}

/* Into what a record holds; false when it is not understood. */
static bool
explain(const struct known *k, struct slice s, const struct ef_file *f,
    json_t *out)
{
	struct ef_call	 c = { s, out, f->keys };

	if (k->fn(&c))
		return true;
	json_object_clear(out);
	return false;
}

/* Records with something in them, numbered from 1. */
static bool
explain_records(const struct known *k, const struct ef_file *f, json_t *out)
{
	json_t	*list = json_array(), *o;
	size_t	 i;
	struct slice s;

	for (i = 0; i * f->record < f->data.len; i++) {
		s = slice_sub(f->data, i * f->record, f->record);
		if (ef_blank(s))
			continue;
		o = json_object();
		ef_set_int(o, "record", (int64_t)i + 1);
		if (!explain(k, s, f, o)) {
			ef_set_int(o, "record", (int64_t)i + 1);
			ef_set_secret(o, "hex", s, f->keys ||
			    (k->flags & SECRET) == 0);
		}
		json_array_append_new(list, o);
	}
	json_object_set_new(out, "content", list);
	return true;
}

static bool
content(const struct known *k, const struct ef_file *f, json_t *out)
{
	json_t	*o;

	if (k == NULL || k->fn == NULL || f->data.len > EXPLAIN_MAX)
		return false;
	if ((k->flags & RECORDS) != 0)
		return f->record > 0 && explain_records(k, f, out);
	o = json_object();
	if (!explain(k, f->data, f, o)) {
		json_decref(o);
		return false;
	}
	json_object_set_new(out, "content", o);
	return true;
}

void
ef_facts(const struct ef_file *f, json_t *out)
{
	const struct known	*k = known_find(f->name);

	if (ef_blank(f->data)) {
		ef_set_flag(out, "empty", true);
		return;
	}
	if (content(k, f, out))
		return;
	if (k != NULL && (k->flags & SECRET) != 0)
		ef_set_secret(out, "secret", f->data, f->keys);
	else
		ef_set_hex(out, "hex", ef_trim(f->data));
}

/* One record, or all of it; what is blank holds nothing wrong. */
static bool
understood(const struct known *k, struct slice s, const struct ef_file *f)
{
	json_t	*o;
	bool	 ok;

	if (ef_blank(s))
		return true;
	o = json_object();
	ok = explain(k, s, f, o);
	json_decref(o);
	return ok;
}

bool
ef_understood(const struct ef_file *f)
{
	const struct known	*k = known_find(f->name);
	size_t			 i;

	if (k == NULL || k->fn == NULL || f->data.len > EXPLAIN_MAX)
		return true;
	if ((k->flags & RECORDS) == 0)
		return understood(k, f->data, f);
	if (f->record == 0)
		return false;
	for (i = 0; i * f->record < f->data.len; i++)
		if (!understood(k, slice_sub(f->data, i * f->record,
		    f->record), f))
			return false;
	return true;
}
