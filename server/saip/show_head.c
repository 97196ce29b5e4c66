/* SPDX-License-Identifier: Apache-2.0 */
/* The header of a package. */
#include "base/ident.h"
#include "server/saip/saip.h"
#include "server/saip/show_int.h"

/* By last arc of 2.23.143.1.2.n. */
static const char *const templates[] = {
	NULL, "mf", "cd", "telecom", "usim", "opt-usim", "phonebook",
	"gsm-access", "isim", "opt-isim", "csim", "opt-csim", "eap", "df-5gs",
	"df-saip", "df-snpn", "df-5gprose", "iot", "opt-iot"
};

/* An object identifier's contents as numbers with dots. */
static void
oid_text(struct slice oid, struct buf *b)
{
	uint64_t	 v = 0;
	size_t		 i;

	for (i = 0; i < oid.len; i++) {
		v = v << 7 | (oid.p[i] & 0x7fu);
		if ((oid.p[i] & 0x80) != 0 && i < 9)
			continue;
		if (b->len == 0) {
			buf_addf(b, "%u", v < 80 ? (unsigned)(v / 40) : 2);
			v -= v < 80 ? v / 40 * 40 : 80;
		}
		buf_addf(b, ".%llu", (unsigned long long)v);
		v = 0;
	}
}

json_t *
show_template(struct slice oid)
{
	static const uint8_t	 root[] = { 0x67, 0x81, 0x0f, 0x01, 0x02 };
	struct buf		 b = {0};
	json_t			*o = json_object();

	oid_text(oid, &b);
	ef_set_text(o, "oid", buf_slice(&b));
	buf_free(&b);
	if (oid.len > sizeof(root) &&
	    slice_starts(oid, slice_of(root, sizeof(root))) &&
	    oid.p[sizeof(root)] > 0 &&
	    oid.p[sizeof(root)] < NELEM(templates))
		ef_set_str(o, "name", templates[oid.p[sizeof(root)]]);
	return o;
}

static json_t *
service_list(const struct pe_header *h)
{
	json_t	*list = json_array();
	size_t	 i, n;

	for (i = 0; i < h->services.n; i++) {
		n = (size_t)h->services.v[i].mark - 1;
		json_array_append_new(list, json_string(
		    saip_service_name(n) != NULL ? saip_service_name(n) :
		    "not known"));
	}
	return list;
}

static json_t *
template_list(const struct pe_header *h)
{
	json_t	*list = json_array();
	size_t	 i;

	for (i = 0; i < h->templates.n; i++)
		json_array_append_new(list,
		    show_template(h->templates.v[i]));
	return list;
}

static json_t *
aid_list(const struct pe_header *h)
{
	json_t	*list = json_array(), *o;
	size_t	 i;

	for (i = 0; i < h->aids.n; i++) {
		o = json_object();
		ef_set_hex(o, "aid", h->aids.v[i].aid);
		ef_set_hex(o, "version", h->aids.v[i].version);
		json_array_append_new(list, o);
	}
	return list;
}

static void
set_iccid(const struct pe_header *h, json_t *o)
{
	char	 iccid[ICCID_TEXT];

	if (iccid_from_header(h->iccid, iccid) == 0)
		ef_set_str(o, "iccid", iccid);
	else
		ef_set_hex(o, "iccid", h->iccid);
}

/* Parameters of a connection may have a password among them. */
void
show_header(const struct pe_header *h, bool keys, json_t *o)
{
	struct buf	 v = {0};

	buf_addf(&v, "%ld.%ld", h->major, h->minor);
	ef_set_str(o, "version", buf_cstr(&v));
	buf_free(&v);
	if (h->profile_type.p != NULL)
		ef_set_text(o, "type", h->profile_type);
	set_iccid(h, o);
	show_opt_hex(o, "pol", h->pol);
	json_object_set_new(o, "mandatory_services", service_list(h));
	json_object_set_new(o, "mandatory_templates", template_list(h));
	if (h->aids.v != NULL)
		json_object_set_new(o, "mandatory_aids", aid_list(h));
	show_opt_secret(o, "connectivity", h->connectivity, keys);
	if (h->iot != NULL)
		ef_set_hex(o, "iot_pix", h->iot->pix);
}
