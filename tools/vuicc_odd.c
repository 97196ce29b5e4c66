/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_odd.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "tools/vuicc_compact.h"

enum odd_kind {
	ODD_PLAIN,
	ODD_NUMBER,
	ODD_OCTETS,	/* how many, 32 bits */
	ODD_VERSION,	/* X.Y.Z, one octet each: value is 65536 X ... */
	ODD_HEX,	/* 1 to 4 octets; above them value holds how many */
	ODD_MESSAGE,	/* a step that sends something */
	ODD_ANSWER,	/* one that sends what a card has signed for the eIM */
	ODD_END		/* a step that a download can end after */
};

struct odd_word {
	const char	*name;
	enum odd_kind	 kind;
	const char	*help;
};

static const struct odd_word words[ODD_COUNT] = {
	[ODD_OLD_SVN] = { "old-svn", ODD_PLAIN, "claim SGP.22 1.0.0" },
	[ODD_SVN] = { "svn", ODD_VERSION, "claim this version of SGP.22" },
	[ODD_UNKNOWN_CI] = { "unknown-ci", ODD_PLAIN,
	    "list a CI that nobody knows, and no other" },
	[ODD_WRONG_ADDRESS] = { "wrong-address", ODD_PLAIN,
	    "ask for another smdpAddress" },
	[ODD_WRONG_CHALLENGE] = { "wrong-challenge", ODD_PLAIN,
	    "sign another serverChallenge" },
	[ODD_WRONG_SIGNATURE1] = { "wrong-signature1", ODD_PLAIN,
	    "flip a bit of euiccSignature1" },
	[ODD_OTHER_TID] = { "other-tid", ODD_PLAIN,
	    "another transactionId inside euiccSigned1" },
	[ODD_OTHER_JSON_TID] = { "other-json-tid", ODD_PLAIN,
	    "another transactionId around authenticateServerResponse" },
	[ODD_FOREIGN_CHAIN] = { "foreign-chain", ODD_PLAIN,
	    "an EUM of the CI, but of another IIN (needs ci/*.key)" },
	[ODD_FORGED_EUM] = { "forged-eum", ODD_PLAIN,
	    "an EUM that only claims to be of the CI" },
	[ODD_EXPIRED_EUICC] = { "expired-euicc", ODD_PLAIN,
	    "an eUICC certificate of the past (needs eum/*.key)" },
	[ODD_EXPIRED_EUM] = { "expired-eum", ODD_PLAIN,
	    "an EUM certificate of the past (needs ci/*.key)" },
	[ODD_LOW_MEMORY] = { "low-memory", ODD_PLAIN,
	    "report no free memory" },
	[ODD_FREE_MEMORY] = { "free-memory", ODD_OCTETS,
	    "report so much free memory" },
	[ODD_PROFILE_VERSION] = { "profile-version", ODD_VERSION,
	    "report packages up to this version" },
	[ODD_FIRMWARE] = { "firmware", ODD_VERSION, "report this firmware" },
	[ODD_CAPABILITY] = { "capability", ODD_HEX,
	    "report these octets as uiccCapability" },
	[ODD_NO_TEST] = { "no-test", ODD_PLAIN,
	    "report that no test profile is taken" },
	[ODD_NO_ADDITIONAL] = { "no-additional", ODD_PLAIN,
	    "report that no further profile fits" },
	[ODD_FORBID_PPR] = { "forbid-ppr", ODD_PLAIN,
	    "report that PPR1 and PPR2 are forbidden" },
	[ODD_AUTH_ERROR] = { "auth-error", ODD_NUMBER,
	    "answer AuthenticateResponseError N" },
	[ODD_REPLAY_AUTH] = { "replay-auth", ODD_PLAIN,
	    "send authenticateClient twice" },
	[ODD_WRONG_SIGNATURE2] = { "wrong-signature2", ODD_PLAIN,
	    "flip a bit of euiccSignature2" },
	[ODD_OTHER_TID2] = { "other-tid2", ODD_PLAIN,
	    "another transactionId inside euiccSigned2" },
	[ODD_OTHER_JSON_TID2] = { "other-json-tid2", ODD_PLAIN,
	    "another transactionId around prepareDownloadResponse" },
	[ODD_BAD_POINT] = { "bad-point", ODD_PLAIN,
	    "an euiccOtpk that is not on the curve" },
	[ODD_COMPRESSED_POINT] = { "compressed-point", ODD_PLAIN,
	    "an euiccOtpk in compressed form" },
	[ODD_INFINITY_POINT] = { "infinity-point", ODD_PLAIN,
	    "the point at infinity as euiccOtpk" },
	[ODD_DOWNLOAD_ERROR] = { "download-error", ODD_NUMBER,
	    "answer DownloadResponseError N" },
	[ODD_REPLAY_BPP] = { "replay-bpp", ODD_PLAIN,
	    "send getBoundProfilePackage twice" },
	[ODD_WRONG_PIR_SIGNATURE] = { "wrong-pir-signature", ODD_PLAIN,
	    "flip a bit of euiccSignPIR" },
	[ODD_WRONG_PIR_TID] = { "wrong-pir-tid", ODD_PLAIN,
	    "another transactionId in the installation result" },
	[ODD_WRONG_SMDP_OID] = { "wrong-smdp-oid", ODD_PLAIN,
	    "another smdpOid in the result or cancelSession" },
	[ODD_INSTALL_ERROR] = { "install-error", ODD_NUMBER,
	    "do not install, send a result with errorReason N" },
	[ODD_SKIP_NOTIFY] = { "skip-notify", ODD_PLAIN,
	    "install, but send no notification" },
	[ODD_REPLAY_NOTIFY] = { "replay-notify", ODD_PLAIN,
	    "send each notification twice" },
	[ODD_WRONG_CANCEL_SIGNATURE] = { "wrong-cancel-signature", ODD_PLAIN,
	    "flip a bit of euiccCancelSessionSignature" },
	[ODD_CANCEL_ERROR] = { "cancel-error", ODD_NUMBER,
	    "answer CancelSessionResponse error N" },
	[ODD_TRUNCATED_DER] = { "truncated-der", ODD_MESSAGE,
	    "leave out the last octet of this step's DER" },
	[ODD_TRAILING_DER] = { "trailing-der", ODD_MESSAGE,
	    "append an octet to this step's DER" },
	[ODD_COMPACT] = { "compact", ODD_ANSWER,
	    "the compact form of SGP.32 for this step's message" },
	[ODD_STOP_AFTER] = { "stop-after", ODD_END,
	    "end after this step, leaving the session open" },
};

static const struct {
	const char	*name;
	enum vuicc_step	 step;
} steps[] = {
	{ "init", STEP_INIT },
	{ "auth-init", STEP_INIT },
	{ "initiate", STEP_INIT },
	{ "auth", STEP_AUTH },
	{ "authenticate", STEP_AUTH },
	{ "bpp", STEP_BPP },
	{ "package", STEP_BPP },
	{ "install", STEP_INSTALL },
	{ "notify", STEP_NOTIFY },
	{ "cancel", STEP_CANCEL },
};

int
vuicc_step_parse(struct slice text, enum vuicc_step *out)
{
	size_t	 i;

	for (i = 0; i < NELEM(steps); i++)
		if (slice_eq(slice_str(steps[i].name), text)) {
			*out = steps[i].step;
			return 0;
		}
	return DPE_USAGE;
}

static bool
odd_may(enum odd_kind kind, enum vuicc_step step)
{
	switch (kind) {
	case ODD_END:
		return step <= STEP_INSTALL;
	case ODD_ANSWER:
		return step == STEP_AUTH || step == STEP_BPP ||
		    step == STEP_CANCEL;
	default:
		return step != STEP_INSTALL;
	}
}

static int
odd_step(const struct odd_word *w, const char *text, long *out)
{
	enum vuicc_step	 step;

	if (vuicc_step_parse(slice_str(text), &step) != 0 ||
	    !odd_may(w->kind, step))
		return DPE_USAGE;
	*out = step;
	return 0;
}

static int
odd_number(const char *text, long max, char end, const char **rest, long *out)
{
	char	*stop;

	errno = 0;
	*out = strtol(text, &stop, 10);
	if (errno != 0 || stop == text || *stop != end || *out < 0 ||
	    *out > max)
		return DPE_USAGE;
	if (rest != NULL)
		*rest = stop + 1;
	return 0;
}

static int
odd_version(const char *text, long *out)
{
	long	 x, y, z;

	if (odd_number(text, 255, '.', &text, &x) != 0 ||
	    odd_number(text, 255, '.', &text, &y) != 0 ||
	    odd_number(text, 255, '\0', NULL, &z) != 0)
		return DPE_USAGE;
	*out = x << 16 | y << 8 | z;
	return 0;
}

static int
odd_hex(const char *text, long *out)
{
	struct buf	 b = {0};
	size_t		 i;
	int		 r = hex_decode(slice_str(text), &b);

	*out = (long)b.len << 32;
	for (i = 0; i < b.len && i < 4; i++)
		*out |= (long)b.p[i] << (24 - 8 * i);
	if (b.len < 1 || b.len > 4)
		r = DPE_USAGE;
	buf_free(&b);
	return r == 0 ? 0 : DPE_USAGE;
}

static int
odd_value(const struct odd_word *w, const char *text, long *out)
{
	if (w->kind == ODD_PLAIN)
		return text == NULL ? 0 : DPE_USAGE;
	if (text == NULL || *text == '\0')
		return DPE_USAGE;
	switch (w->kind) {
	case ODD_NUMBER:
		return odd_number(text, 127, '\0', NULL, out);
	case ODD_OCTETS:
		return odd_number(text, 0xffffffff, '\0', NULL, out);
	case ODD_VERSION:
		return odd_version(text, out);
	case ODD_HEX:
		return odd_hex(text, out);
	default:
		return odd_step(w, text, out);
	}
}

void
vuicc_odd_version(const struct vuicc_odds *o, enum vuicc_odd what,
    uint8_t out[3])
{
	out[0] = (uint8_t)(o->value[what] >> 16);
	out[1] = (uint8_t)(o->value[what] >> 8);
	out[2] = (uint8_t)o->value[what];
}

size_t
vuicc_odd_octets(const struct vuicc_odds *o, enum vuicc_odd what,
    uint8_t out[4])
{
	size_t	 i;

	for (i = 0; i < 4; i++)
		out[i] = (uint8_t)(o->value[what] >> (24 - 8 * i));
	return (size_t)(o->value[what] >> 32);
}

int
vuicc_odd_parse(const char *text, struct vuicc_odds *o, struct why *why)
{
	static const char	*const want[] = {
		"takes no value", "takes a number, 0 to 127",
		"takes a number of octets", "takes a version, X.Y.Z",
		"takes hex digits, 1 to 4 octets",
		"takes a step: init, auth, bpp, notify, cancel",
		"takes a step: auth, bpp, cancel",
		"takes a step: init, auth, bpp, install"
	};
	size_t			 n = strcspn(text, "=:");
	int			 i;

	for (i = 0; i < ODD_COUNT; i++)
		if (strlen(words[i].name) == n &&
		    strncmp(words[i].name, text, n) == 0)
			break;
	if (i == ODD_COUNT)
		return why_set(why, DPE_USAGE,
		    "--misbehave %s: no such thing; see --help", text);
	if (odd_value(&words[i], text[n] == '\0' ? NULL : text + n + 1,
	    &o->value[i]) != 0)
		return why_set(why, DPE_USAGE, "--misbehave %s: %s", text,
		    want[words[i].kind]);
	o->on[i] = true;
	return 0;
}

void
vuicc_odd_help(struct buf *out)
{
	static const char	*const arg[] = { "", "=N", "=N", "=X.Y.Z",
	    "=HEX", "=STEP", "=STEP", "=STEP" };
	struct buf		 name = {0};
	int			 i;

	for (i = 0; i < ODD_COUNT; i++) {
		buf_cut(&name, 0);
		buf_addf(&name, "%s%s", words[i].name, arg[words[i].kind]);
		buf_addf(out, "  %-22s  %s\n", buf_cstr(&name),
		    words[i].help);
	}
	buf_free(&name);
}

bool
vuicc_odd(const struct vuicc_odds *o, enum vuicc_odd what)
{
	return o != NULL && o->on[what];
}

bool
vuicc_odd_at(const struct vuicc_odds *o, enum vuicc_odd what,
    enum vuicc_step step)
{
	return vuicc_odd(o, what) && o->value[what] == (long)step;
}

bool
vuicc_odd_any(const struct vuicc_odds *o)
{
	int	 i;

	for (i = 0; o != NULL && i < ODD_COUNT; i++)
		if (o->on[i])
			return true;
	return false;
}

void
vuicc_odd_mangle(const struct vuicc_odds *o, enum vuicc_step step,
    struct buf *der)
{
	if (vuicc_odd_at(o, ODD_TRUNCATED_DER, step) && der->len > 0)
		buf_cut(der, der->len - 1);
	if (vuicc_odd_at(o, ODD_TRAILING_DER, step))
		buf_add_u8(der, 0);
	if (vuicc_odd_at(o, ODD_COMPACT, step))
		vuicc_compact(der);
}
