/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the writers of JSON share.  They write text and build no tree: a tree
 * would leave the keys in memory that nobody wipes.
 */
#include <string.h>

#include "server/hss/hss.h"

void
hss_json_text(struct buf *out, const char *text)
{
	unsigned char	 c;

	buf_add_u8(out, '"');
	for (; (c = (unsigned char)*text) != '\0'; text++)
		if (c == '"' || c == '\\')
			buf_addf(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			buf_addf(out, "\\u%04x", c);
		else
			buf_add_u8(out, c);
	buf_add_u8(out, '"');
}

int
hss_milenage(struct hss_row *row, const char *who, struct why *why)
{
	const char	*algorithm = hss_own(row, HSS_ALGORITHM);

	if (strcmp(algorithm, "milenage") != 0)
		return why_set(why, DPE_UNSUPPORTED, "%s takes MILENAGE, this "
		    "is %s", who, *algorithm != '\0' ? algorithm :
		    "of an unknown algorithm");
	if (strlen(hss_field(row, SAIP_K)) != 32 ||
	    strlen(hss_field(row, SAIP_OPC)) != 32)
		return why_set(why, DPE_UNSUPPORTED, "MILENAGE has K and OPc "
		    "of 16 octets");
	if (*hss_field(row, SAIP_IMSI) == '\0')
		return why_set(why, DPE_UNSUPPORTED, "it has no IMSI");
	return 0;
}
