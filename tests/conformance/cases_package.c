/* SPDX-License-Identifier: Apache-2.0 */
/* ES9+.GetBoundProfilePackage, SGP.22 5.6.2; spec 02, section 5. */
#include "tests/conformance/case.h"

#define SOME_TID	"\"00112233445566778899AABBCCDDEEFF\""
#define X32	\
	"0000000000000000000000000000000000000000000000000000000000000000"
#define X31	\
	"00000000000000000000000000000000000000000000000000000000000000"
#define PPK		"\"protect\":\"ppk\""
/* A PNG of 64 x 64 by its header, with zeroes to 1024 octets. */
#define A36		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define A333		A36 A36 A36 A36 A36 A36 A36 A36 A36 "AAAAAAAAA"
#define ICON		"\"icon\":\"iVBORw0KGgoAAAANSUhEUgAAAEAAAABA" \
	A333 A333 A333 A333 "AA==\""
#define LONG_META	ICON ",\"spn\":\"1234567890123456\"," \
	"\"profile_name\":\"12345678901234567890123456789012" \
	"12345678901234567890123456789012\",\"notify\":" \
	"\"install,enable=hub.example,enable,disable,delete=hub.example\""

static const struct conf_case cases[] = {
	{ .words = "nominal, session keys, P-256",
	    .script = "init auth bpp",
	    .want = "accepted, keys of the session, profile downloaded, "
	    "lock card A, session bpp_sent" },
	{ .words = "nominal, random keys, P-256", .type = PPK,
	    .script = "init auth bpp",
	    .want = "accepted, keys random, profile downloaded" },
	{ .words = "nominal, session keys, brainpoolP256r1",
	    .script = "card=C init auth bpp",
	    .want = "accepted, keys of the session, profile downloaded, "
	    "lock card C" },
	{ .words = "nominal, random keys, brainpoolP256r1", .type = PPK,
	    .script = "card=C init auth bpp",
	    .want = "accepted, keys random, profile downloaded" },
	{ .words = "the card opens it, session keys",
	    .script = "init auth bpp load", .want = "accepted, installed 1" },
	{ .words = "the card opens it, random keys", .type = PPK,
	    .script = "init auth bpp load", .want = "accepted, installed 1" },
	{ .words = "the card opens it, session keys, brainpool",
	    .script = "card=C init auth bpp load",
	    .want = "accepted, installed 1" },
	{ .words = "the card opens it, random keys, brainpool", .type = PPK,
	    .script = "card=C init auth bpp load",
	    .want = "accepted, installed 1" },
	{ .words = "the card opens it, signed by a server under another CI "
	    "than the card's",
	    .script = "card=D init auth bpp load",
	    .want = "accepted, installed 1" },
	{ .words = "metadata in one segment", .script = "init auth bpp",
	    .want = "accepted, segments 1" },
	{ .words = "metadata with an icon of 1024 octets and long names: two "
	    "segments", .type = LONG_META,
	    .script = "init auth bpp", .want = "accepted, segments 2" },
	{ .words = "the card opens two segments of metadata, session keys",
	    .type = LONG_META, .script = "init auth bpp load",
	    .want = "accepted, installed 1, icon png 1024" },
	{ .words = "the card opens two segments of metadata, random keys, "
	    "brainpool", .type = LONG_META "," PPK,
	    .script = "card=C init auth bpp load",
	    .want = "accepted, installed 1, icon png 1024" },
	/* transactionId and state */
	{ .words = "transactionId unknown",
	    .script = "init auth set=transactionId:" SOME_TID " bpp",
	    .want = "8.10.1/3.9, profile released, session authenticated" },
	{ .words = "another transactionId inside euiccSigned2",
	    .script = "init auth odd=other-tid2 bpp",
	    .want = "8.10.1/3.9, profile released, lock open" },
	{ .words = "the transactionId of another session of the card",
	    .script = "init auth swap init auth tid=other bpp",
	    .want = "8.1/6.1, profile released" },
	{ .words = "before authenticateClient",
	    .script = "init auth swap init look tid=this "
	    "swap bpp!8.10.1/3.9 bpp",
	    .want = "accepted, profile downloaded" },
	{ .words = "after cancelSession",
	    .script = "init auth cancel=1 bpp",
	    .want = "8.10.1/3.9, profile released" },
	{ .words = "after the result",
	    .script = "init auth bpp load notify "
	    "again=getBoundProfilePackage",
	    .want = "8.10.1/3.9, profile installed" },
	{ .words = "the session was idle for 30 minutes and a second",
	    .script = "init auth clock=1801 bpp",
	    .want = "8.10.1/3.9, profile released" },
	{ .words = "the session was idle for 30 minutes",
	    .script = "init auth clock=1800 bpp", .want = "accepted" },
	{ .words = "identical repeat: the same package, counted once",
	    .script = "init auth bpp again=getBoundProfilePackage",
	    .want = "accepted, package same, downloads 1, "
	    "session bpp_sent" },
	{ .words = "identical repeat, random keys", .type = PPK,
	    .script = "init auth bpp again=getBoundProfilePackage load "
	    "notify", .want = "204, profile installed" },
	{ .words = "another one-time key in a session that has its package",
	    .script = "init auth bpp forget bpp",
	    .want = "8.10.1/3.9, profile downloaded, session bpp_sent" },
	/* the card's own refusal */
	{ .words = "downloadResponseError invalidCertificate",
	    .script = "init auth odd=download-error:1 bpp",
	    .want = "1.2/4.2, session closed, profile released, lock open" },
	{ .words = "downloadResponseError invalidSignature",
	    .script = "init auth odd=download-error:2 bpp",
	    .want = "1.2/4.2, session closed, profile released" },
	{ .words = "downloadResponseError unsupportedCurve",
	    .script = "init auth odd=download-error:3 bpp",
	    .want = "1.2/4.2, session closed, profile released" },
	{ .words = "downloadResponseError noSessionContext",
	    .script = "init auth odd=download-error:4 bpp",
	    .want = "1.2/4.2, session closed, profile released" },
	{ .words = "downloadResponseError invalidTransactionId",
	    .script = "init auth odd=download-error:5 bpp",
	    .want = "1.2/4.2, session closed, profile released" },
	{ .words = "downloadResponseError undefinedError",
	    .script = "init auth odd=download-error:127 bpp",
	    .want = "1.2/4.2, session closed, profile released" },
	{ .words = "after the card's refusal a new session works",
	    .script = "init auth odd=download-error:2 bpp!1.2/4.2 odd=no "
	    "init auth bpp load notify", .want = "204, profile installed" },
	/* what is signed */
	{ .words = "a bit of euiccSignature2 flipped",
	    .script = "init auth odd=wrong-signature2 bpp",
	    .want = "8.1/6.1, session closed, profile released, lock open" },
	{ .words = "a bit of euiccSignature2 flipped, brainpool",
	    .script = "card=C init auth odd=wrong-signature2 bpp",
	    .want = "8.1/6.1, profile released" },
	{ .words = "after a wrong signature a new session works",
	    .script = "init auth odd=wrong-signature2 bpp!8.1/6.1 odd=no "
	    "init auth bpp", .want = "accepted, profile downloaded" },
	{ .words = "euiccSigned2 changed after it was signed",
	    .script = "init auth outer-append=BF21.A0.30:0400 bpp",
	    .want = "8.1/6.1, profile released" },
	{ .words = "signed by another card",
	    .script = "init auth card=B bpp",
	    .want = "8.1/6.1, profile released" },
	/* the one-time key */
	{ .words = "a point that is not on the curve",
	    .script = "init auth odd=bad-point bpp",
	    .want = "8.1/6.1, profile released, lock open" },
	{ .words = "a point that is not on the curve, brainpool",
	    .script = "card=C init auth odd=bad-point bpp",
	    .want = "8.1/6.1, profile released" },
	{ .words = "a point in compressed form: too short",
	    .script = "init auth odd=compressed-point bpp",
	    .want = "1.6/2.1, profile released" },
	{ .words = "the point at infinity: too short",
	    .script = "init auth odd=infinity-point bpp",
	    .want = "1.6/2.1, profile released" },
	{ .words = "65 octets that do not begin with 04",
	    .script = "init auth value=30.5F49:03" X32 X32 " bpp",
	    .want = "8.1/6.1, profile released" },
	{ .words = "65 octets of zeros",
	    .script = "init auth value=30.5F49:00" X32 X32 " bpp",
	    .want = "8.1/6.1, profile released" },
	/* the order in between */
	{ .words = "the order is cancelled between the two calls",
	    .script = "init auth admin=cancel bpp", .want = "8.2.6/3.8" },
	{ .words = "the order expires between the two calls",
	    .order = "\"expires\":\"+1h\"",
	    .script = "clock=3590 init auth clock=20 bpp",
	    .want = "8.8.5/4.10, profile released, session closed" },
	{ .words = "the order expires in this very second",
	    .order = "\"expires\":\"+1h\"",
	    .script = "clock=3590 init auth clock=10 bpp",
	    .want = "accepted" },
	{ .words = "another card was faster",
	    .script = "init auth card=B swap init auth bpp card=A swap bpp",
	    .want = "8.1.1/3.8, lock card B, profile downloaded" },
	{ .words = "another session of the card has been cancelled for good",
	    .script = "init auth swap init auth cancel=0 swap bpp",
	    .want = "8.2.6/3.8, profile error" },
	{ .words = "another session of the card has installed it",
	    .script = "init auth swap init auth bpp load notify swap bpp",
	    .want = "8.2.6/3.8, profile installed" },
	/* two things wrong */
	{ .words = "signature and inner transactionId wrong: the signature "
	    "answers",
	    .script = "init auth odd=wrong-signature2 odd=other-tid2 bpp",
	    .want = "8.1/6.1" },
	{ .words = "signature wrong and order expired: the signature answers",
	    .order = "\"expires\":\"+1h\"",
	    .script = "clock=3590 init auth clock=20 odd=wrong-signature2 "
	    "bpp", .want = "8.1/6.1" },
	{ .words = "inner transactionId wrong and order expired: the "
	    "transactionId answers", .order = "\"expires\":\"+1h\"",
	    .script = "clock=3590 init auth clock=20 odd=other-tid2 bpp",
	    .want = "8.10.1/3.9" },
	{ .words = "order expired and confirmation code missing: the expiry "
	    "answers", .order = "\"expires\":\"+1h\",\"cc\":\"4711\"",
	    .script = "clock=3590 init auth clock=20 bpp",
	    .want = "8.8.5/4.10, codes 0" },
	{ .words = "code wrong and no point of the curve: the code answers",
	    .order = "\"cc\":\"4711\"",
	    .script = "init auth odd=bad-point bpp=0000",
	    .want = "8.2.7/3.8, codes 1" },
	/* form */
	{ .words = "unknown members in euiccSigned2",
	    .script = "init auth append=30:9F500101 append=30:BF51029000 "
	    "bpp", .want = "accepted" },
	{ .words = "no one-time key in euiccSigned2",
	    .script = "init auth remove=30.5F49 bpp",
	    .want = "1.6/2.1, profile released" },
	{ .words = "hashCc of length 0 when no code is required",
	    .script = "init auth append=30:0400 bpp",
	    .want = "accepted, profile downloaded" },
	{ .words = "a hashCc when no code is required: ignored",
	    .script = "init auth append=30:0420" X32 " bpp",
	    .want = "accepted, profile downloaded" },
	{ .words = "an octet too little", .binding = JSON_ONLY,
	    .script = "init auth octets=-1 bpp", .want = "1.6/2.1" },
	{ .words = "an octet behind the message", .binding = JSON_ONLY,
	    .script = "init auth octets=+1 bpp", .want = "1.6/2.1" },
};

const struct conf_group	conf_package = {
	"getBoundProfilePackage", cases, NELEM(cases),
	NULL
};

#define CC	"\"cc\":\"4711\""

/* 4.7 and 3.1.3; spec 02, 5.1. */
static const struct conf_case codes[] = {
	{ .words = "the right confirmation code", .order = CC,
	    .script = "init auth bpp=4711",
	    .want = "accepted, profile downloaded, codes 0" },
	{ .words = "the right confirmation code, brainpool", .order = CC,
	    .script = "card=C init auth bpp=4711", .want = "accepted" },
	{ .words = "a code with leading zeros", .order = "\"cc\":\"0012\"",
	    .script = "init auth bpp=0012", .want = "accepted" },
	{ .words = "a code of letters", .order = "\"cc\":\"Abc-9\"",
	    .script = "init auth bpp=Abc-9", .want = "accepted" },
	{ .words = "a code of letters in the other case",
	    .order = "\"cc\":\"Abc-9\"", .script = "init auth bpp=abc-9",
	    .want = "8.2.7/3.8" },
	{ .words = "a code in UTF-8",
	    .order = "\"cc\":\"\xd0\xba\xd0\xbe\xd0\xb4\"",
	    .script = "init auth bpp=\xd0\xba\xd0\xbe\xd0\xb4",
	    .want = "accepted" },
	{ .words = "the code is missing", .order = CC,
	    .script = "init auth bpp",
	    .want = "8.2.7/2.2, profile released, codes 0, "
	    "session authenticated" },
	{ .words = "a hashCc of length 0 when a code is required",
	    .order = CC, .script = "init auth append=30:0400 bpp",
	    .want = "8.2.7/2.2, codes 0" },
	{ .words = "a hashCc of 31 octets", .order = CC,
	    .script = "init auth value=30.04:" X31 " bpp=4711",
	    .want = "1.6/2.1, codes 0" },
	{ .words = "missing, then right, in the same session", .order = CC,
	    .script = "init auth bpp!8.2.7/2.2 bpp=4711",
	    .want = "accepted, codes 0, downloads 1" },
	{ .words = "a wrong code", .order = CC,
	    .script = "init auth bpp=0000",
	    .want = "8.2.7/3.8, profile released, codes 1, lock open, "
	    "session authenticated" },
	{ .words = "a hash that is not made of the transactionId",
	    .order = CC, .script = "init auth value=30.04:" X32 " bpp=4711",
	    .want = "8.2.7/3.8, codes 1" },
	{ .words = "the hash of another session", .order = CC,
	    .script = "init auth swap init auth value=30.80:"
	    "00112233445566778899AABBCCDDEEFF bpp=4711",
	    .want = "8.10.1/3.9, codes 0" },
	{ .words = "wrong, then right, in the same session", .order = CC,
	    .script = "init auth bpp=0000!8.2.7/3.8 bpp=4711",
	    .want = "accepted, codes 1, downloads 1" },
	{ .words = "wrong, then right, in a new session", .order = CC,
	    .script = "init auth bpp=0000!8.2.7/3.8 init auth bpp=4711",
	    .want = "accepted, codes 1, downloads 2" },
	{ .words = "wrong codes are counted across sessions",
	    .order = CC ",\"max_cc\":3",
	    .script = "init auth bpp=1!8.2.7/3.8 init auth bpp=2",
	    .want = "8.2.7/3.8, codes 2, profile released" },
	{ .words = "the last wrong code ends the order",
	    .order = CC ",\"max_cc\":3",
	    .script = "init auth bpp=1!8.2.7/3.8 bpp=2!8.2.7/3.8 bpp=3",
	    .want = "8.2.7/6.4, profile error, codes 3, session closed" },
	{ .words = "the last wrong code, in a new session",
	    .order = CC ",\"max_cc\":2",
	    .script = "init auth bpp=1!8.2.7/3.8 init auth bpp=2",
	    .want = "8.2.7/6.4, profile error" },
	{ .words = "one code only", .order = CC ",\"max_cc\":1",
	    .script = "init auth bpp=1",
	    .want = "8.2.7/6.4, profile error, codes 1" },
	{ .words = "codes used already", .order = CC ",\"max_cc\":5,"
	    "\"cc_attempts\":4", .script = "init auth bpp=1",
	    .want = "8.2.7/6.4, profile error, codes 5" },
	{ .words = "the last code, and it is right", .order = CC
	    ",\"max_cc\":5,\"cc_attempts\":4", .script = "init auth bpp=4711",
	    .want = "accepted, profile downloaded, codes 4" },
	{ .words = "exhausted: the session is closed",
	    .order = CC ",\"max_cc\":1",
	    .script = "init auth bpp=1!8.2.7/6.4 bpp=4711",
	    .want = "8.10.1/3.9, profile error" },
	{ .words = "exhausted: a new session finds no order",
	    .order = CC ",\"max_cc\":1",
	    .script = "init auth bpp=1!8.2.7/6.4 init auth",
	    .want = "8.2.6/3.8, profile error" },
	{ .words = "exhausted in another session that was open",
	    .order = CC ",\"max_cc\":1",
	    .script = "init auth swap init auth bpp=1!8.2.7/6.4 swap "
	    "bpp=4711", .want = "8.2.6/3.8, profile error" },
	{ .words = "a missing code is no wrong one",
	    .order = CC ",\"max_cc\":1",
	    .script = "init auth bpp!8.2.7/2.2 bpp!8.2.7/2.2 bpp=4711",
	    .want = "accepted, codes 0" },
	{ .words = "the code again for the same package in a new session",
	    .order = CC,
	    .script = "init auth bpp=4711 init auth bpp=4711",
	    .want = "accepted, package same, codes 0" },
	{ .words = "the package again, and the code wrong", .order = CC,
	    .script = "init auth bpp=4711 init auth bpp=1",
	    .want = "8.2.7/3.8, profile downloaded, codes 1" },
	{ .words = "signature wrong and code wrong: the signature answers",
	    .order = CC,
	    .script = "init auth odd=wrong-signature2 bpp=1",
	    .want = "8.1/6.1, codes 0" },
	{ .words = "with a code, to the end", .order = CC,
	    .script = "init auth bpp=4711 load notify",
	    .want = "204, profile installed" },
};

const struct conf_group	conf_codes = {
	"getBoundProfilePackage", codes, NELEM(codes),
	NULL
};

#define ONCE	"\"rebind\":\"no\""
#define ALL	"\"notify\":\"install,enable,disable,delete\""

/* 5.6.2, 3.1.5; spec 02, 5.2. */
static const struct conf_case retry[] = {
	{ .words = "retry: a new session offers the one-time key",
	    .script = "init auth bpp init auth bpp",
	    .want = "accepted, package same, downloads 2, "
	    "profile downloaded" },
	{ .words = "retry: the card has the key and installs", .script =
	    "init auth bpp init auth bpp load notify",
	    .want = "204, profile installed" },
	{ .words = "retry: the same, random keys", .type = PPK,
	    .script = "init auth bpp init auth bpp load notify",
	    .want = "204, profile installed" },
	{ .words = "retry: the same, brainpool",
	    .script = "card=C init auth bpp init auth bpp load notify",
	    .want = "204, profile installed" },
	{ .words = "retry: the card has lost its key and gets a new package",
	    .script = "init auth bpp forget init auth bpp",
	    .want = "accepted, package new, profile downloaded" },
	{ .words = "retry: the new package installs", .type = PPK,
	    .script = "init auth bpp forget init auth bpp load notify",
	    .want = "204, profile installed" },
	{ .words = "retry: after that the old key is not offered",
	    .script = "init auth bpp forget init auth bpp init auth bpp",
	    .want = "accepted, package same" },
	{ .words = "retry: after postponed the key lives on",
	    .script = "init auth bpp cancel=1 init auth bpp",
	    .want = "accepted, package same" },
	{ .words = "retry: after a timeout the key lives on",
	    .script = "init auth bpp cancel=2 init auth bpp load notify",
	    .want = "204, profile installed" },
	{ .words = "retry: after insufficientMemory",
	    .script = "init auth bpp odd=install-error:10 load notify odd=no "
	    "init auth bpp load notify", .want = "204, profile installed" },
	{ .words = "retry: after an interruption",
	    .script = "init auth bpp odd=install-error:11 load notify odd=no "
	    "init auth bpp load notify", .want = "204, profile installed" },
	{ .words = "retry: another card gets nothing",
	    .script = "init auth bpp card=B init auth",
	    .want = "8.1.1/3.8, lock card A" },
	{ .words = "retry: the result of the first session is late",
	    .script = "init auth bpp odd=install-error:12 load odd=no init "
	    "auth bpp load notify notify",
	    .want = "204, profile installed" },
	{ .words = "retry: attempts are counted",
	    .order = "\"max_downloads\":2",
	    .script = "init auth bpp init auth bpp init auth",
	    .want = "8.8.5/6.4, profile error, downloads 2" },
	{ .words = "retry: after the order expired",
	    .order = "\"expires\":\"+1h\"",
	    .script = "init auth bpp clock=3601 init auth",
	    .want = "8.8.5/4.10, profile downloaded" },
	{ .words = "rebind no: the same key gets the same package",
	    .type = ONCE, .script = "init auth bpp init auth bpp",
	    .want = "accepted, package same, profile downloaded" },
	{ .words = "rebind no: another key ends the order",
	    .type = ONCE, .script = "init auth bpp forget init auth bpp",
	    .want = "8.2/3.7, profile error, session closed" },
	{ .words = "rebind no: after that there is no order",
	    .type = ONCE, .script = "init auth bpp forget init auth "
	    "bpp!8.2/3.7 init auth", .want = "8.2.6/3.8" },
	{ .words = "rebind no: before a package has left any key is the "
	    "first", .type = ONCE, .script = "init auth forget init auth bpp",
	    .want = "accepted, profile downloaded" },
	{ .words = "rebind no: identical repeat", .type = ONCE,
	    .script = "init auth bpp again=getBoundProfilePackage",
	    .want = "accepted, package same, profile downloaded" },
	{ .words = "rebind no: code wrong and another key: the code answers",
	    .type = ONCE, .order = CC,
	    .script = "init auth bpp=4711 forget init auth bpp=1",
	    .want = "8.2.7/3.8, profile downloaded" },
	{ .words = "rebind no: no point of the curve and another key: the "
	    "point answers", .type = ONCE,
	    .script = "init auth bpp forget init auth odd=bad-point bpp",
	    .want = "8.1/6.1, profile downloaded" },
	{ .words = "reinstall: released again by itself after a delete",
	    .type = "\"reinstall\":1," ALL,
	    .script = "init auth bpp load notify notify event=delete notify "
	    "init auth bpp load notify",
	    .want = "204, profile installed" },
	{ .words = "reinstall: the same card only",
	    .type = "\"reinstall\":1," ALL,
	    .script = "init auth bpp load notify notify event=delete notify "
	    "card=B init auth", .want = "8.1.1/3.8, profile released" },
	{ .words = "reinstall: as often as the type says",
	    .type = "\"reinstall\":1," ALL,
	    .script = "init auth bpp load notify notify event=delete notify "
	    "init auth bpp load notify notify event=delete notify init auth",
	    .want = "8.2.6/3.8, profile installed, card deleted" },
	{ .words = "reinstall: a delete that does not verify frees nothing",
	    .type = "\"reinstall\":1," ALL,
	    .script = "init auth bpp load notify notify event=delete "
	    "outer-value=30.BF2F.80:7F notify init auth",
	    .want = "8.2.6/3.8, profile installed" },
	{ .words = "reinstall: the operator allows the installed profile "
	    "once more", .type = "\"reinstall\":1",
	    .script = "init auth bpp load notify admin=reinstall event=delete "
	    "init auth bpp load notify",
	    .want = "204, profile installed" },
	{ .words = "reusable order: again after the result",
	    .order = "\"reusable\":true",
	    .script = "init auth bpp load notify card=B init auth bpp load "
	    "notify", .want = "204, profile released" },
	{ .words = "reset order: as it was made", .order = "\"cc\":\"1\"",
	    .script = "init auth bpp=9!8.2.7/3.8 bpp=1 admin=reset card=B "
	    "init auth bpp=1",
	    .want = "accepted, lock card B, codes 0, downloads 1" },
};

const struct conf_group	conf_retry = {
	"getBoundProfilePackage", retry, NELEM(retry),
	NULL
};
