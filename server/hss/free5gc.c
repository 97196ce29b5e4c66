/* SPDX-License-Identifier: Apache-2.0 */
/*
 * free5GC: what its web console takes for a new subscriber, POST
 * /api/subscriber/UEID/PLMN, one object a line.  The slice and the rates are
 * those that the console offers.  The sequence number is that of the first
 * vector: 1, and 5 bits of index.
 */
#include "server/hss/hss.h"

#define SLICE	"{\"sst\":1,\"sd\":\"010203\"}"
#define PLAIN	"\"encryptionKey\":0,\"encryptionAlgorithm\":0"

static void
add_auth(struct hss_row *row, struct buf *out)
{
	buf_add_str(out, ",\"AuthenticationSubscription\":{"
	    "\"authenticationMethod\":\"5G_AKA\",\"permanentKey\":{"
	    "\"permanentKeyValue\":");
	hss_json_text(out, hss_field(row, SAIP_K));
	buf_add_str(out, "," PLAIN "},\"sequenceNumber\":\"000000000020\","
	    "\"authenticationManagementField\":");
	hss_json_text(out, hss_own(row, HSS_AMF));
	buf_add_str(out, ",\"milenage\":{\"op\":{\"opValue\":\"\"," PLAIN
	    "}},\"opc\":{\"opcValue\":");
	hss_json_text(out, hss_field(row, SAIP_OPC));
	buf_add_str(out, "," PLAIN "}}");
}

static void
add_access(struct hss_row *row, struct buf *out)
{
	const char	*msisdn = hss_field(row, SAIP_MSISDN);

	buf_add_str(out, ",\"AccessAndMobilitySubscriptionData\":{"
	    "\"gpsis\":[");
	if (*msisdn != '\0')
		buf_addf(out, "\"msisdn-%s\"", msisdn);
	buf_add_str(out, "],\"nssai\":{\"defaultSingleNssais\":[" SLICE
	    "],\"singleNssais\":[]},\"subscribedUeAmbr\":{"
	    "\"uplink\":\"1 Gbps\",\"downlink\":\"2 Gbps\"}}");
}

static void
add_session(const struct hss_file *f, struct buf *out)
{
	buf_add_str(out, ",\"SessionManagementSubscriptionData\":[{"
	    "\"singleNssai\":" SLICE ",\"dnnConfigurations\":{");
	hss_json_text(out, f->apn);
	buf_add_str(out, ":{\"sscModes\":{\"defaultSscMode\":\"SSC_MODE_1\","
	    "\"allowedSscModes\":[\"SSC_MODE_2\",\"SSC_MODE_3\"]},"
	    "\"pduSessionTypes\":{\"defaultSessionType\":\"IPV4\","
	    "\"allowedSessionTypes\":[\"IPV4\"]},\"sessionAmbr\":{"
	    "\"uplink\":\"200 Mbps\",\"downlink\":\"100 Mbps\"},"
	    "\"5gQosProfile\":{\"5qi\":9,\"arp\":{\"priorityLevel\":8},"
	    "\"priorityLevel\":8}}}}],\"SmfSelectionSubscriptionData\":{"
	    "\"subscribedSnssaiInfos\":{\"01010203\":{\"dnnInfos\":["
	    "{\"dnn\":");
	hss_json_text(out, f->apn);
	buf_add_str(out, "}]}}}");
}

static void
add_policy(const struct hss_file *f, struct buf *out)
{
	buf_add_str(out, ",\"AmPolicyData\":{\"subscCats\":[\"free5gc\"]},"
	    "\"SmPolicyData\":{\"smPolicySnssaiData\":{\"01010203\":{"
	    "\"snssai\":" SLICE ",\"smPolicyDnnData\":{");
	hss_json_text(out, f->apn);
	buf_add_str(out, ":{\"dnn\":");
	hss_json_text(out, f->apn);
	buf_add_str(out, "}}}}},\"FlowRules\":[]");
}

static int
free5gc_row(const struct hss_file *f, struct hss_row *row, struct buf *out,
    struct why *why)
{
	int	 r;

	if ((r = hss_milenage(row, "free5GC", why)) != 0)
		return r;
	buf_add_str(out, "{\"plmnID\":");
	hss_json_text(out, hss_own(row, HSS_PLMN));
	buf_addf(out, ",\"ueId\":\"imsi-%s\"", hss_field(row, SAIP_IMSI));
	add_auth(row, out);
	add_access(row, out);
	add_session(f, out);
	add_policy(f, out);
	buf_add_str(out, "}\n");
	return 0;
}

const struct hss_format	hss_free5gc = { "free5gc", false, NULL, free5gc_row,
	NULL };
