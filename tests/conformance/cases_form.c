/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The form of JSON requests, SGP.22 6.5.1 and 6.5.2; spec 01, sections 2 to 4
 * and 8, and what must be accepted (spec 02, last section).
 */
#include "tests/conformance/case.h"

#define JSON(words_, script_, want_) \
	{ .words = words_, .script = script_, .want = want_, \
	    .binding = JSON_ONLY }
#define HEADER	"set=header:{\"functionRequesterIdentifier\":\"1.2.3\"," \
	"\"functionCallIdentifier\":\"call-1\"} "
#define MORE	"set=more:{\"a\":[1,null,true]} "
#define C17	"AAECAwQFBgcICQoLDA0ODxA="

static const struct conf_case initiate[] = {
	JSON("with a header, as eIMs send", HEADER "init", "accepted"),
	JSON("with a header that is none", "set=header:7 init", "accepted"),
	JSON("with unknown members", MORE "init", "accepted"),
	JSON("with the lpaRspCapability of version 3",
	    "set=lpaRspCapability:\"AwIEgA==\" init", "accepted"),
	JSON("euiccChallenge is missing", "drop=euiccChallenge init",
	    "1.6/2.2"),
	JSON("euiccInfo1 is missing", "drop=euiccInfo1 init", "1.6/2.2"),
	JSON("smdpAddress is missing", "drop=smdpAddress init", "1.6/2.2"),
	JSON("all members are missing",
	    "drop=euiccChallenge drop=euiccInfo1 drop=smdpAddress init",
	    "1.6/2.2"),
	JSON("euiccChallenge in other letters",
	    "drop=euiccChallenge set=EuiccChallenge:\""
	    "AAECAwQFBgcICQoLDA0ODw==\" init", "1.6/2.2"),
	JSON("euiccChallenge is a number", "set=euiccChallenge:16 init",
	    "1.6/2.1"),
	JSON("euiccChallenge is a list",
	    "set=euiccChallenge:[\"AAECAwQFBgcICQoLDA0ODw==\"] init",
	    "1.6/2.1"),
	JSON("euiccChallenge of no octets", "set=euiccChallenge:\"\" init",
	    "1.6/2.1"),
	JSON("euiccChallenge of 15 octets",
	    "set=euiccChallenge:\"AAECAwQFBgcICQoLDA0O\" init", "1.6/2.1"),
	JSON("euiccChallenge of 17 octets",
	    "set=euiccChallenge:\"" C17 "\" init", "1.6/2.1"),
	JSON("base64 without its padding",
	    "set=euiccChallenge:\"AAECAwQFBgcICQoLDA0ODw\" init", "1.6/2.1"),
	JSON("base64 of the alphabet for addresses",
	    "set=euiccChallenge:\"__79_Pv6-fj39vX08_Lx8A==\" init",
	    "1.6/2.1"),
	JSON("base64 with a line break",
	    "set=euiccChallenge:\"AAECAwQF\\nBgcICQoLDA0ODw==\" init",
	    "1.6/2.1"),
	JSON("base64 with a blank",
	    "set=euiccChallenge:\"AAECAwQF\\u0020BgcICQoLDA0ODw==\" init",
	    "1.6/2.1"),
	JSON("base64 with bits behind the last octet",
	    "set=euiccChallenge:\"AAECAwQFBgcICQoLDA0ODx==\" init",
	    "1.6/2.1"),
	JSON("hex in place of base64",
	    "set=euiccChallenge:\"000102030405060708090A0B0C0D0E0F\" init",
	    "1.6/2.1"),
	JSON("a slash escaped in base64, as JSON allows",
	    "set=euiccChallenge:\"\\/\\/79\\/Pv6+fj39vX08\\/Lx8A==\" init",
	    "accepted"),
	JSON("a letter escaped in base64, as JSON allows",
	    "set=euiccChallenge:\"\\u0041AECAwQFBgcICQoLDA0ODw==\" init",
	    "accepted"),
	JSON("euiccInfo1 of no octets", "set=euiccInfo1:\"\" init",
	    "1.6/2.1"),
	JSON("euiccInfo1 is another TLV", "set=euiccInfo1:\"BAA=\" init",
	    "1.6/2.1"),
	JSON("euiccInfo1 an octet too short", "octets=-1 init", "1.6/2.1"),
	JSON("an octet behind euiccInfo1", "octets=+1 init", "1.6/2.1"),
	JSON("smdpAddress is a number", "set=smdpAddress:7 init", "1.6/2.1"),
	JSON("smdpAddress is empty", "set=smdpAddress:\"\" init",
	    "8.8.1/3.8"),
	JSON("smdpAddress with a blank behind it",
	    "set=smdpAddress:\"smdp.example.com\\u0020\" init",
	    "8.8.1/3.8"),
};

const struct conf_group	conf_form_initiate = {
	"initiateAuthentication", initiate,
	NELEM(initiate), NULL
};

/* transactionId: "^[0-9A-F]{2,32}$", without case (spec 01, 2). */
static const struct conf_case authenticate[] = {
	JSON("with a header, as eIMs send", "init " HEADER "auth",
	    "accepted"),
	JSON("with unknown members", "init " MORE "auth", "accepted"),
	JSON("with the useMatchingIdForAcr of version 2.6",
	    "init set=useMatchingIdForAcr:true auth", "accepted"),
	JSON("transactionId is missing", "init drop=transactionId auth",
	    "1.6/2.2, session initiated"),
	JSON("authenticateServerResponse is missing",
	    "init drop=authenticateServerResponse auth",
	    "1.6/2.2, session initiated"),
	JSON("transactionId in lower case: echoed in upper case",
	    "init tid=lower auth", "accepted, tid upper"),
	JSON("transactionId of no digits", "init set=transactionId:\"\" auth",
	    "8.10.1/3.9"),
	JSON("transactionId of an odd number of digits",
	    "init set=transactionId:\"012\" auth", "1.6/2.1"),
	JSON("transactionId of 17 octets", "init set=transactionId:"
	    "\"0102030405060708090A0B0C0D0E0F1011\" auth", "1.6/2.1"),
	JSON("transactionId with a comma",
	    "init set=transactionId:\"01,2\" auth", "1.6/2.1"),
	JSON("transactionId that is no hex",
	    "init set=transactionId:\"01XY\" auth", "1.6/2.1"),
	JSON("transactionId is a number", "init set=transactionId:12 auth",
	    "1.6/2.1"),
	JSON("authenticateServerResponse of no octets",
	    "init set=authenticateServerResponse:\"\" auth", "1.6/2.1"),
	JSON("authenticateServerResponse is another TLV",
	    "init set=authenticateServerResponse:\"BAA=\" auth", "1.6/2.1"),
	JSON("authenticateServerResponse of neither kind",
	    "init set=authenticateServerResponse:\"vzgAAA==\" auth",
	    "1.6/2.1"),
	JSON("authenticateServerResponse is an object",
	    "init set=authenticateServerResponse:{} auth", "1.6/2.1"),
};

const struct conf_group	conf_form_authenticate = {
	"authenticateClient", authenticate,
	NELEM(authenticate), NULL
};

static const struct conf_case package[] = {
	JSON("with a header, as eIMs send", "init auth " HEADER "bpp",
	    "accepted"),
	JSON("with unknown members", "init auth " MORE "bpp", "accepted"),
	JSON("transactionId is missing", "init auth drop=transactionId bpp",
	    "1.6/2.2, session authenticated, profile released"),
	JSON("prepareDownloadResponse is missing",
	    "init auth drop=prepareDownloadResponse bpp",
	    "1.6/2.2, session authenticated, profile released"),
	JSON("transactionId in lower case: echoed in upper case",
	    "init auth tid=lower bpp", "accepted, tid upper"),
	JSON("transactionId of 17 octets", "init auth set=transactionId:"
	    "\"0102030405060708090A0B0C0D0E0F1011\" bpp", "1.6/2.1"),
	JSON("prepareDownloadResponse of no octets",
	    "init auth set=prepareDownloadResponse:\"\" bpp", "1.6/2.1"),
	JSON("prepareDownloadResponse is another TLV",
	    "init auth set=prepareDownloadResponse:\"BAA=\" bpp", "1.6/2.1"),
	JSON("after a message that does not parse the session goes on",
	    "init auth set=prepareDownloadResponse:\"BAA=\" bpp!1.6/2.1 bpp",
	    "accepted, profile downloaded"),
};

const struct conf_group	conf_form_package = {
	"getBoundProfilePackage", package,
	NELEM(package), NULL
};

static const struct conf_case notify[] = {
	JSON("with a header, as eIMs send",
	    "init auth bpp load " HEADER "notify",
	    "204, profile installed"),
	JSON("with unknown members", "init auth bpp load " MORE "notify",
	    "204, profile installed"),
	JSON("pendingNotification is a number",
	    "init auth bpp load set=pendingNotification:1 notify",
	    "400, profile downloaded"),
	JSON("pendingNotification of no octets",
	    "init auth bpp load set=pendingNotification:\"\" notify",
	    "400, profile downloaded"),
};

const struct conf_group	conf_form_notify = {
	"handleNotification", notify, NELEM(notify), NULL
};

static const struct conf_case cancel[] = {
	JSON("with a header, as eIMs send", "init auth " HEADER "cancel=1",
	    "accepted"),
	JSON("with unknown members", "init auth " MORE "cancel=1",
	    "accepted"),
	JSON("transactionId is missing",
	    "init auth drop=transactionId cancel=0",
	    "1.6/2.2, session authenticated, profile released"),
	JSON("cancelSessionResponse is missing",
	    "init auth drop=cancelSessionResponse cancel=0",
	    "1.6/2.2, session authenticated, profile released"),
	JSON("transactionId in lower case", "init auth tid=lower cancel=1",
	    "accepted, session closed"),
	JSON("cancelSessionResponse of no octets",
	    "init auth set=cancelSessionResponse:\"\" cancel=0", "1.6/2.1"),
	JSON("cancelSessionResponse is another TLV",
	    "init auth set=cancelSessionResponse:\"BAA=\" cancel=0",
	    "1.6/2.1, session authenticated"),
};

const struct conf_group	conf_form_cancel = {
	"cancelSession", cancel, NELEM(cancel), NULL
};
