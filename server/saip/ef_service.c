/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Service tables: bit n of the file, from the lowest of the first octet, is
 * service n + 1.  Names in short; their numbers are those of TS 31.102
 * (4.2.8, 4.2.47) and TS 31.103 (4.2.7).
 */
#include "server/saip/ef.h"

static const char *const ust[] = {
	"local phone book", "fixed dialling numbers", "extension 2",
	"service dialling numbers", "extension 3", "barred dialling numbers",
	"extension 4", "outgoing call information",
	"incoming call information", "short messages stored",
	"short message status reports", "short message parameters",
	"advice of charge", "capability configuration 2",
	"cell broadcast identifiers", "cell broadcast identifier ranges",
	"group identifier 1", "group identifier 2", "service provider name",
	"user's PLMN selector", "MSISDN", "image", "localised service areas",
	"eMLPP", "automatic answer for eMLPP", "reserved", "GSM access",
	"data download by SMS-PP", "data download by SMS-CB", "call control",
	"MO-SMS control", "RUN AT COMMAND", "always set",
	"enabled services table", "APN control list",
	"depersonalisation control keys", "co-operative networks",
	"GSM security context", "CPBCCH information", "investigation scan",
	"MExE", "operator's PLMN selector", "home PLMN selector",
	"extension 5", "network names", "operator PLMN list",
	"mailbox numbers", "message waiting indication",
	"call forwarding indication", "reserved",
	"service provider display information", "MMS", "extension 8",
	"call control on GPRS", "MMS user parameters",
	"network's indication of alerting", "VGCS group list",
	"VBS group list", "pseudonym", "user's I-WLAN PLMN selector",
	"operator's I-WLAN PLMN selector", "user's WSID list",
	"operator's WSID list", "VGCS security", "VBS security",
	"WLAN reauthentication identity", "multimedia messages stored", "GBA",
	"MBMS security", "USSD data download", "equivalent home PLMNs",
	"TERMINAL PROFILE after activation",
	"equivalent home PLMN presentation", "last RPLMN selection",
	"OMA BCAST smart card profile", "GBA local key establishment",
	"terminal applications", "service provider name icon",
	"network name icon", "parameters for USIM IP connections",
	"home I-WLAN identifiers", "I-WLAN equivalent PLMN presentation",
	"I-WLAN HPLMN priority", "I-WLAN last registered PLMN",
	"EPS mobility management", "allowed CSG lists",
	"call control on EPS PDN connections", "HPLMN direct access",
	"eCall data", "operator CSG lists", "SM over IP",
	"CSG display control", "communication control for IMS",
	"extended terminal applications", "UICC access to IMS",
	"NAS configuration", "PWS configuration", "reserved", "URI support",
	"extended EARFCN", "ProSe", "USAT application pairing", "media type",
	"IMS call disconnection cause", "URI in MO-SMS control",
	"ePDG configuration supported", "ePDG configuration present", "ACDC",
	"mission critical services", "ePDG emergency configuration supported",
	"ePDG emergency configuration present", "eCall data over IMS",
	"URI in SMS-PP download", "From preferred", "IMS configuration data",
	"TV configuration", "3GPP PS data off", "3GPP PS data off services",
	"V2X", "XCAP configuration data", "EARFCN list for MTC and NB-IoT",
	"5GS mobility management", "5G security parameters",
	"subscription identifier privacy", "SUCI calculated by the USIM",
	"UAC access identities", "steering of roaming at registration",
	"call control on PDU sessions", "5GS operator PLMN list",
	"SUPI as NSI, GLI or GCI", "PS data off at home and abroad", "URSP",
	"5G security parameters, extended", "MuD and MiD configuration",
	"trusted non-3GPP access", "several NAS security contexts",
	"CAG information list", "SOR-CMCI", "5G ProSe", "disaster roaming",
	"eDRX parameters", "5G NSWO", "PWS configuration for SNPN",
	"satellite search multiplier", "K_AUSF derivation",
	"network identifier for SNPN"
};

static const char *const est[] = {
	"fixed dialling numbers", "barred dialling numbers",
	"APN control list"
};

static const char *const ist[] = {
	"P-CSCF address", "GBA", "HTTP digest", "GBA local key establishment",
	"P-CSCF for local break-out", "short messages stored",
	"short message status reports", "SM over IP",
	"communication control for IMS", "UICC access to IMS", "URI support",
	"media type", "IMS call disconnection cause", "URI in MO-SMS control",
	"mission critical services", "URI in SMS-PP download",
	"From preferred", "IMS configuration data", "XCAP configuration data",
	"WebRTC URI", "MuD and MiD configuration"
};

#define SERVICE_OCTETS	64	/* no table is as long as this */

static bool
services(const struct ef_call *c, const char *const *name, size_t n)
{
	json_t	*list, *o;
	size_t	 i;

	if (c->s.len < 1 || c->s.len > SERVICE_OCTETS)
		return false;
	list = json_array();
	for (i = 0; i < c->s.len * 8; i++) {
		if ((c->s.p[i / 8] >> i % 8 & 1) == 0)
			continue;
		o = json_object();
		ef_set_int(o, "service", (int64_t)i + 1);
		ef_set_str(o, "name", i < n ? name[i] : "not known");
		json_array_append_new(list, o);
	}
	json_object_set_new(c->out, "services", list);
	return true;
}

bool
ef_ust(const struct ef_call *c)
{
	return services(c, ust, NELEM(ust));
}

bool
ef_est(const struct ef_call *c)
{
	return services(c, est, NELEM(est));
}

bool
ef_ist(const struct ef_call *c)
{
	return services(c, ist, NELEM(ist));
}
