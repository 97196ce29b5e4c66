/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Open5GS: documents of the collection `subscribers' of its MongoDB, one a
 * line, as mongoimport(1) reads them.  Members and defaults are those that
 * open5gs-dbctl sets for a new subscriber; sqn is a 64-bit number there.
 */
#include <string.h>

#include "server/hss/hss.h"

#define GBIT	"{\"value\":1000000000,\"unit\":0}"
#define AMBR	"{\"downlink\":" GBIT ",\"uplink\":" GBIT "}"

static void
add_msisdn(struct hss_row *row, struct buf *out)
{
	const char	*text = hss_field(row, SAIP_MSISDN);

	buf_add_str(out, ",\"msisdn\":[");
	if (*text != '\0')
		hss_json_text(out, text);
	buf_add_str(out, "]");
}

static void
add_slice(const struct hss_file *f, struct buf *out)
{
	buf_add_str(out, ",\"slice\":[{\"sst\":1,\"default_indicator\":true,"
	    "\"session\":[{\"name\":");
	hss_json_text(out, f->apn);
	buf_add_str(out, ",\"type\":3,\"qos\":{\"index\":9,\"arp\":{"
	    "\"priority_level\":8,\"pre_emption_capability\":1,"
	    "\"pre_emption_vulnerability\":2}},\"ambr\":" AMBR
	    ",\"pcc_rule\":[]}]}]");
}

static void
add_security(struct hss_row *row, struct buf *out)
{
	buf_add_str(out, ",\"security\":{\"k\":");
	hss_json_text(out, hss_field(row, SAIP_K));
	buf_add_str(out, ",\"op\":null,\"opc\":");
	hss_json_text(out, hss_field(row, SAIP_OPC));
	buf_add_str(out, ",\"amf\":");
	hss_json_text(out, hss_own(row, HSS_AMF));
	buf_add_str(out, ",\"sqn\":{\"$numberLong\":\"0\"}}");
}

static int
open5gs_row(const struct hss_file *f, struct hss_row *row, struct buf *out,
    struct why *why)
{
	int	 r;

	if ((r = hss_milenage(row, "Open5GS", why)) != 0)
		return r;
	buf_add_str(out, "{\"schema_version\":1,\"imsi\":");
	hss_json_text(out, hss_field(row, SAIP_IMSI));
	add_msisdn(row, out);
	buf_add_str(out, ",\"imeisv\":[],\"mme_host\":[],\"mme_realm\":[],"
	    "\"purge_flag\":[]");
	add_slice(f, out);
	add_security(row, out);
	buf_add_str(out, ",\"ambr\":" AMBR ",\"access_restriction_data\":32,"
	    "\"network_access_mode\":0,\"subscribed_rau_tau_timer\":12,"
	    "\"__v\":0}\n");
	return 0;
}

const struct hss_format	hss_open5gs = { "open5gs", false, NULL, open5gs_row,
	NULL };
