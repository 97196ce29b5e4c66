/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The certificates of authenticateClient, SGP.22 4.5.2 and 2.6.7; spec 04, 3.2
 * to 3.4.  Those of `vector` are recorded messages (tests/vec/rsp.txt), the
 * others are made from the lab's keys.
 */
#include <stdio.h>
#include <string.h>

#include "base/hex.h"
#include "tests/conformance/case.h"
#include "tools/vuicc_http.h"

#define EID_A	"89049032000000000000000000000163"
#define EID_B	"89049032000000000000000000000260"

static const struct conf_case made[] = {
	{ .words = "an EUM that only claims to be of the CI",
	    .script = "odd=forged-eum init auth",
	    .want = "8.1.2/6.1, session closed, profile released, "
	    "downloads 0" },
	{ .words = "an EUM that only claims to be of the CI, brainpool",
	    .script = "card=C odd=forged-eum init auth",
	    .want = "8.1.2/6.1" },
	{ .words = "an EUM certificate of the past, brainpool",
	    .script = "card=C odd=expired-eum init auth",
	    .want = "8.1.2/6.3, downloads 0" },
	{ .words = "an EUM certificate of the past",
	    .script = "odd=expired-eum init auth", .want = "8.1.2/6.3" },
	{ .words = "an EUM that is on the revocation list",
	    .script = "card=E init auth", .want = "8.1.2/6.1, downloads 0" },
	{ .words = "an EUM of the CI, but of another IIN",
	    .script = "odd=foreign-chain init auth", .want = "8.1.3/6.1" },
	{ .words = "an EUM of the CI, but of another IIN, brainpool",
	    .script = "card=C odd=foreign-chain init auth",
	    .want = "8.1.3/6.1" },
	{ .words = "an eUICC certificate of the past",
	    .script = "odd=expired-euicc init auth",
	    .want = "8.1.3/6.3, downloads 0" },
	{ .words = "an eUICC certificate of the past, brainpool",
	    .script = "card=C odd=expired-euicc init auth",
	    .want = "8.1.3/6.3" },
	{ .words = "a valid chain of a trusted CI that is not the "
	    "euiccCiPKIdToBeUsed of the session",
	    .script = "init certs=D auth", .want = "8.11.1/3.9" },
	{ .words = "a valid chain of the other curve's CI",
	    .script = "init certs=C auth", .want = "8.11.1/3.9" },
	{ .words = "the certificates of another card",
	    .script = "init certs=B auth", .want = "8.1/6.1" },
	/* what the administrator refuses */
	{ .words = "block-ski: the EUM's key",
	    .script = "conf=block-ski:$eum init auth",
	    .want = "8.1.2/6.1, profile released, downloads 0, "
	    "session closed" },
	{ .words = "block-ski: the eUICC's key",
	    .script = "conf=block-ski:$euicc init auth",
	    .want = "8.1.3/6.1, profile released, downloads 0" },
	{ .words = "block-ski: another card of the same EUM is served",
	    .script = "conf=block-ski:$euicc card=B init auth",
	    .want = "accepted" },
	{ .words = "block-eid: the EID", .script = "conf=block-eid:$eid init "
	    "auth", .want = "8.1.3/6.1, profile released, downloads 0" },
	{ .words = "block-eid: an EID of a range, its first",
	    .script = "conf=block-eid:" EID_A "-" EID_B " init auth",
	    .want = "8.1.3/6.1" },
	{ .words = "block-eid: an EID of a range, its last",
	    .script = "conf=block-eid:" EID_A "-" EID_B " card=B init auth",
	    .want = "8.1.3/6.1" },
	{ .words = "block-eid: the EID behind a range",
	    .script = "conf=block-eid:" EID_A "-" EID_B " card=C init auth",
	    .want = "accepted" },
	{ .words = "block-eid: expired as well: the expiry answers",
	    .script = "conf=block-eid:$eid odd=expired-euicc init auth",
	    .want = "8.1.3/6.3" },
	{ .words = "block-eid: signature wrong as well: the certificate "
	    "answers",
	    .script = "conf=block-eid:$eid odd=wrong-signature1 init auth",
	    .want = "8.1.3/6.1" },
	{ .words = "block-firmware: its version",
	    .script = "conf=block-firmware:1.0.0 init auth",
	    .want = "8.2.5/4.3, profile released" },
	{ .words = "block-firmware: another version",
	    .script = "conf=block-firmware:1.0.1 init auth",
	    .want = "accepted" },
	{ .words = "block-firmware: its version of these EIDs",
	    .script = "conf=block-firmware:890490:1.0.0 init auth",
	    .want = "8.2.5/4.3" },
	{ .words = "block-firmware: its version of other EIDs",
	    .script = "conf=block-firmware:890491:1.0.0 init auth",
	    .want = "accepted" },
	{ .words = "crl-stale refuse: the list of the CI is too old",
	    .script = "conf=crl-stale:refuse clock=34560000 init auth",
	    .want = "8.1.2/6.1, downloads 0" },
	{ .words = "crl-stale refuse: the list is fresh",
	    .script = "conf=crl-stale:refuse init auth",
	    .want = "accepted" },
	{ .words = "an old list, and nothing said of that",
	    .script = "clock=34560000 init auth", .want = "accepted" },
	{ .words = "after an expired certificate the order still works",
	    .script = "odd=expired-euicc init auth!8.1.3/6.3 card=B odd=no "
	    "init auth bpp load notify", .want = "204, profile installed" },
};

const struct conf_group	conf_certificates = {
	"authenticateClient", made, NELEM(made), NULL
};

/* The script is the name of a recorded message, sent once. */
static const struct conf_case recorded[] = {
	{ "recorded: a valid chain", "ok",
	    "accepted, session authenticated", NULL, NULL, BOTH },
	{ "recorded: the second pair of organization and IIN fits",
	    "eum_two_pairs_ok", "accepted", NULL, NULL, BOTH },
	{ "recorded: cRLSign besides keyCertSign in the EUM certificate",
	    "eum_crlsign_ok", "accepted", NULL, NULL, BOTH },
	{ "recorded: EUM certificate expired", "eum_expired",
	    "8.1.2/6.3, session closed, profile released", NULL, NULL, BOTH },
	{ "recorded: EUM certificate with a wrong signature",
	    "eum_bad_signature", "8.1.2/6.1, profile released", NULL, NULL,
	    BOTH },
	{ "recorded: EUM certificate with the policy of an eUICC",
	    "eum_wrong_policy", "8.1.2/6.1", NULL, NULL, BOTH },
	{ "recorded: EUM certificate without basicConstraints",
	    "eum_no_basic_constraints", "8.1.2/6.1", NULL, NULL, BOTH },
	{ "recorded: EUM certificate with path length 1", "eum_pathlen_1",
	    "8.1.2/6.1", NULL, NULL, BOTH },
	{ "recorded: EUM certificate with keyUsage digitalSignature",
	    "eum_ku_digital_signature", "8.1.2/6.1", NULL, NULL, BOTH },
	{ "recorded: EUM certificate with an unknown critical extension",
	    "eum_unknown_critical_ext", "8.1.2/6.1", NULL, NULL, BOTH },
	{ "recorded: EUM certificate of a CI that is not ours",
	    "eum_unknown_ci", "8.11.1/3.9, profile released", NULL, NULL,
	    BOTH },
	{ "recorded: eUICC certificate expired", "euicc_expired",
	    "8.1.3/6.3, profile released", NULL, NULL, BOTH },
	{ "recorded: eUICC certificate with a wrong signature",
	    "euicc_bad_signature", "8.1.3/6.1", NULL, NULL, BOTH },
	{ "recorded: eUICC certificate signed by the CI",
	    "euicc_signed_by_ci", "8.1.3/6.1", NULL, NULL, BOTH },
	{ "recorded: eUICC certificate with the policy of DPauth",
	    "euicc_wrong_policy", "8.1.3/6.1", NULL, NULL, BOTH },
	{ "recorded: eUICC certificate with keyUsage keyCertSign",
	    "euicc_ku_cert_sign", "8.1.3/6.1", NULL, NULL, BOTH },
	{ "recorded: eUICC certificate of another authority key",
	    "euicc_aki_mismatch", "8.1.3/6.1", NULL, NULL, BOTH },
	{ "recorded: eUICC certificate with another issuer's name",
	    "euicc_issuer_name_mismatch", "8.1.3/6.1", NULL, NULL, BOTH },
	{ "recorded: EID outside the EUM's IIN", "euicc_eid_outside_iin",
	    "8.1.3/6.1", NULL, NULL, BOTH },
	{ "recorded: organization that the EUM may not use",
	    "euicc_wrong_organization", "8.1.3/6.1", NULL, NULL, BOTH },
	{ "recorded: organization and IIN allowed, but not together",
	    "euicc_mixed_pair", "8.1.3/6.1", NULL, NULL, BOTH },
	{ "recorded: eUICC certificate with an unknown critical extension",
	    "euicc_unknown_critical_ext", "8.1.3/6.1", NULL, NULL, BOTH },
	{ "recorded: signature with a bit flipped", "signature_flipped_bit",
	    "8.1/6.1, session closed, profile released", NULL, NULL, BOTH },
	{ "recorded: signature of zeros", "signature_zero", "8.1/6.1", NULL,
	    NULL, BOTH },
	{ "recorded: signature as DER, not as r and s",
	    "signature_der_encoded", "8.1/6.1", NULL, NULL, BOTH },
	{ "recorded: another transactionId inside",
	    "inner_transactionId_differs", "8.10.1/3.9", NULL, NULL, BOTH },
	{ "recorded: another serverChallenge", "serverChallenge_differs",
	    "8.1/6.1", NULL, NULL, BOTH },
	{ "recorded: another serverAddress", "serverAddress_differs",
	    "8.1/6.1", NULL, NULL, BOTH },
	{ "recorded: svn differs from euiccInfo1",
	    "svn_differs_from_euiccInfo1", "accepted", NULL, NULL, BOTH },
	{ "recorded: unknown MatchingID", "matchingId_unknown",
	    "8.2.6/3.8, profile released", NULL, NULL, BOTH },
	{ "recorded: no MatchingID and no order for this EID",
	    "matchingId_absent", "8.1.1/3.8", NULL, NULL, BOTH },
	{ "recorded: empty MatchingID and no order for this EID",
	    "matchingId_empty", "8.1.1/3.8", NULL, NULL, BOTH },
	{ "recorded: no further profile fits", "no_additional_profile",
	    "8.2.5/4.3, profile released", NULL, NULL, BOTH },
	{ "recorded: PPR2 forbidden, and the profile has none",
	    "ppr2_forbidden", "accepted", NULL, NULL, BOTH },
	{ "recorded: empty deviceCapabilities, no IMEI",
	    "empty_deviceCapabilities_no_imei", "accepted", NULL, NULL,
	    BOTH },
	{ "recorded: unknown members in euiccInfo2",
	    "unknown_members_in_euiccInfo2", "accepted", NULL, NULL, BOTH },
};

/* The bench with the PKI and the session of the vectors. */
static bool
run_recorded(const struct conf_case *c, bool asn1, struct buf *want,
    struct buf *got)
{
	struct bench	 b = { .asn1 = asn1, .set = json_object() };
	struct buf	 der = {0}, text = {0};
	char		*expected = xstrdup(c->want), name[64];
	json_t		*rq = json_object();

	env_open(&b.env);
	env_session(&b.env, "nist_skeys", false);
	memcpy(b.order, b.env.order.id, sizeof(b.order));
	memcpy(b.iccid, ENV_ICCID, sizeof(ENV_ICCID));
	env_vec(&b.s.tid, "nist_skeys.transactionId");
	hex_add(&text, buf_slice(&b.s.tid));
	json_object_set_new(rq, "transactionId",
	    json_string(buf_cstr(&text)));
	snprintf(name, sizeof(name), "case.%s", c->script);
	vuicc_json_der(rq, "authenticateServerResponse",
	    env_vec(&der, name));
	bench_post(&b, "authenticateClient", rq);
	conf_facts(&b, expected, want, got);
	bench_close(&b);
	buf_free(&der);
	buf_free(&text);
	free(expected);
	return slice_eq(buf_slice(want), buf_slice(got));
}

const struct conf_group	conf_recorded = {
	"authenticateClient", recorded, NELEM(recorded),
	run_recorded
};
