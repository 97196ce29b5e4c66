/* SPDX-License-Identifier: Apache-2.0 */
/* Names of the members of eUICC-Mandatory-services (spec 06, 1.2). */
#include <string.h>

#include "server/saip/saip.h"

static const char *const services[] = {
	"contactless", "usim", "isim", "csim", "milenage", "tuak128", "cave",
	"gba-usim", "gba-isim", "mbms", "eap", "javacard", "multos",
	"multiple-usim", "multiple-isim", "multiple-csim", "tuak256",
	"usim-test-algorithm", "ber-tlv", "dfLink", "cat-tp", "get-identity",
	"profile-a-x25519", "profile-b-p256", "suciCalculatorApi",
	"dns-resolution", "scp11ac", "scp11c-authorization-mechanism",
	"s16mode", "eaka"
};

const char *
saip_service_name(size_t n)
{
	return n < NELEM(services) ? services[n] : NULL;
}

int
saip_services_parse(const char *text, uint32_t *out, struct why *why)
{
	size_t	 i, n;

	for (; *text != '\0'; text += n + (text[n] == ',')) {
		n = strcspn(text, ",");
		for (i = 0; i < NELEM(services); i++)
			if (strlen(services[i]) == n &&
			    strncmp(services[i], text, n) == 0)
				break;
		if (i == NELEM(services))
			return why_set(why, DPE_USAGE, "services: %.*s: no "
			    "such service", (int)(n < 40 ? n : 40), text);
		*out |= UINT32_C(1) << i;
	}
	return 0;
}
