/* SPDX-License-Identifier: Apache-2.0 */
/*
 * OsmoHLR: commands for its VTY (port 4258), as its user manual shows them.
 * 2G authentication follows from the 3G one there.  The number of index bits
 * is said, since the card's SQN has as many (TS 33.102, C.3).
 */
#include "server/hss/hss.h"

static void
osmo_head(const struct hss_file *f, struct buf *out)
{
	(void)f;
	buf_add_str(out, "enable\n");
}

static int
osmo_row(const struct hss_file *f, struct hss_row *row, struct buf *out,
    struct why *why)
{
	const char	*imsi = hss_field(row, SAIP_IMSI);
	const char	*msisdn = hss_field(row, SAIP_MSISDN);
	int		 r;

	(void)f;
	if ((r = hss_milenage(row, "OsmoHLR", why)) != 0)
		return r;
	buf_addf(out, "subscriber imsi %s create\n", imsi);
	if (*msisdn != '\0')
		buf_addf(out, "subscriber imsi %s update msisdn %s\n", imsi,
		    msisdn);
	buf_addf(out, "subscriber imsi %s update aud3g milenage k %s opc %s"
	    " ind-bitlen 5\n", imsi, hss_field(row, SAIP_K),
	    hss_field(row, SAIP_OPC));
	return 0;
}

const struct hss_format	hss_osmo_hlr = { "osmo-hlr", false, osmo_head,
	osmo_row, NULL };
