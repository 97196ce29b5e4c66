/* SPDX-License-Identifier: Apache-2.0 */
/* Which format, which columns. */
#include <stdlib.h>
#include <string.h>

#include "server/hss/hss.h"

#define APN_MAX		100	/* TS 23.003, 9.1 */
#define USUAL	"iccid,imsi,msisdn,ki,opc,algorithm,amf,sqn,acc,adm1,pin1," \
	"puk1,pin2,puk2,ota-enc,ota-mac,ota-dek,type,state,eid,source"

static const char *const own[HSS_OWN] = {
	[HSS_ALGORITHM] = "algorithm",
	[HSS_AMF] = "amf",
	[HSS_SQN] = "sqn",
	[HSS_PLMN] = "plmn",
	[HSS_TYPE] = "type",
	[HSS_STATE] = "state",
	[HSS_EID] = "eid",
	[HSS_SOURCE] = "source"
};
/* Fields by the names that others have for them. */
static const struct {
	const char	*name, *field;
} others[] = {
	{ "ki", "k" }, { "pin_adm", "adm1" }
};
static const struct hss_format *const formats[] = {
	&hss_csv, &hss_open5gs, &hss_osmo_hlr, &hss_free5gc
};

int
hss_column_find(const char *name, size_t *cell)
{
	size_t	 i;

	for (i = 0; i < NELEM(others); i++)
		if (strcmp(others[i].name, name) == 0)
			name = others[i].field;
	for (i = 0; i < HSS_OWN; i++)
		if (strcmp(own[i], name) == 0) {
			*cell = i;
			return 0;
		}
	i = saip_field_find(name);
	*cell = HSS_OWN + i;
	return i < SAIP_FIELDS ? 0 : DPE_NOTFOUND;
}

/* A name, of which the usual ones may be absent, the asked ones not. */
static int
column_add(struct hss_file *f, const char *name, bool asked, struct why *why)
{
	size_t	 cell, i;

	if (hss_column_find(name, &cell) != 0)
		return !asked ? 0 : why_set(why, DPE_USAGE,
		    "columns: %.40s: no such column", name);
	for (i = 0; i < f->columns; i++)
		if (f->column[i].cell == cell)
			return why_set(why, DPE_USAGE,
			    "columns: %.40s: twice", name);
	if (f->columns == HSS_COLUMNS)
		return why_set(why, DPE_USAGE, "columns: at most %d",
		    HSS_COLUMNS);
	f->column[f->columns].name = name;
	f->column[f->columns++].cell = cell;
	return 0;
}

static int
columns_read(struct hss_file *f, const char *columns, struct why *why)
{
	bool	 asked = columns != NULL;
	char	*save = NULL, *name;
	int	 r;

	f->names = xstrdup(asked ? columns : USUAL);
	for (name = strtok_r(f->names, ",", &save); name != NULL;
	    name = strtok_r(NULL, ",", &save))
		if ((r = column_add(f, name, asked, why)) != 0)
			return r;
	return f->columns > 0 ? 0 :
	    why_set(why, DPE_USAGE, "columns: none is named");
}

/* Labels of letters, digits and hyphens, with dots. */
static int
apn_check(const char *apn, struct why *why)
{
	size_t	 n = strlen(apn);

	if (n >= 1 && n <= APN_MAX && strspn(apn, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") == n)
		return 0;
	return why_set(why, DPE_USAGE, "apn: letters, digits, hyphens and "
	    "dots, at most %d", APN_MAX);
}

int
hss_file_begin(struct hss_file *f, const char *format, const char *columns,
    const char *apn, struct why *why)
{
	size_t	 i;
	int	 r;

	memset(f, 0, sizeof(*f));
	for (i = 0; i < NELEM(formats); i++)
		if (strcmp(formats[i]->name, format) == 0)
			f->format = formats[i];
	if (f->format == NULL)
		return why_set(why, DPE_USAGE, "format: csv, open5gs, "
		    "osmo-hlr or free5gc");
	if (columns != NULL && !f->format->csv)
		return why_set(why, DPE_USAGE, "columns: only with csv");
	f->apn = apn != NULL ? apn : "internet";
	if ((r = apn_check(f->apn, why)) != 0)
		return r;
	return f->format->csv ? columns_read(f, columns, why) : 0;
}

void
hss_file_end(struct hss_file *f)
{
	free(f->names);
	f->names = NULL;
}
