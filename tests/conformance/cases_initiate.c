/* SPDX-License-Identifier: Apache-2.0 */
/* ES9+.InitiateAuthentication, SGP.22 5.6.1; spec 02, section 3. */
#include "tests/conformance/case.h"

static const struct conf_case cases[] = {
	{ .words = "nominal, a P-256 card",
	    .script = "init",
	    .want = "accepted, ci P-256, certificate P-256, "
	    "session initiated, profile released, downloads 0" },
	{ .words = "nominal, a brainpoolP256r1 card",
	    .script = "card=C init",
	    .want = "accepted, ci brainpool, certificate brainpool" },
	/* versions */
	{ .words = "SVN 1.0.0", .script = "svn=1.0.0 init",
	    .want = "8.8.3/3.1" },
	{ .words = "SVN 1.255.255", .script = "svn=1.255.255 init",
	    .want = "8.8.3/3.1" },
	{ .words = "SVN 0.0.0", .script = "svn=0.0.0 init",
	    .want = "8.8.3/3.1" },
	{ .words = "SVN 3.0.0", .script = "svn=3.0.0 init",
	    .want = "8.8.3/3.1" },
	{ .words = "SVN 255.0.0", .script = "svn=255.0.0 init",
	    .want = "8.8.3/3.1" },
	{ .words = "SVN 2.0.0", .script = "svn=2.0.0 init",
	    .want = "accepted" },
	{ .words = "SVN 2.2.1", .script = "svn=2.2.1 init",
	    .want = "accepted" },
	{ .words = "SVN 2.2.2", .script = "svn=2.2.2 init",
	    .want = "accepted" },
	{ .words = "SVN 2.3.0", .script = "svn=2.3.0 init",
	    .want = "accepted" },
	{ .words = "SVN 2.255.0", .script = "svn=2.255.0 init",
	    .want = "accepted" },
	{ .words = "svn-max 2.3, SVN 2.3.255",
	    .script = "conf=svn-max:2.3 svn=2.3.255 init", .want = "accepted" },
	{ .words = "svn-max 2.3, SVN 2.4.0",
	    .script = "conf=svn-max:2.3 svn=2.4.0 init", .want = "8.8.3/3.1" },
	{ .words = "svn-max 2.0, SVN 2.0.9",
	    .script = "conf=svn-max:2.0 svn=2.0.9 init", .want = "accepted" },
	/* address */
	{ .words = "smdpAddress is another server's",
	    .script = "address=smdp.example.org init", .want = "8.8.1/3.8" },
	{ .words = "smdpAddress is a longer name that ends in ours",
	    .script = "address=x.smdp.example.com init",
	    .want = "8.8.1/3.8" },
	{ .words = "smdpAddress is the beginning of ours",
	    .script = "address=smdp.example init", .want = "8.8.1/3.8" },
	{ .words = "smdpAddress with a port that is not ours",
	    .script = "address=smdp.example.com:8443 init",
	    .want = "8.8.1/3.8" },
	{ .words = "smdpAddress in upper case; the whole download goes on",
	    .script = "address=SMDP.Example.COM init auth bpp load notify",
	    .want = "204, profile installed" },
	{ .words = "smdpAddress is our other name, with a port",
	    .script = "address=alias.example.org:8443 init auth",
	    .want = "accepted" },
	{ .words = "smdpAddress is a name that was added to the "
	    "configuration",
	    .script = "conf=address:new.example.net address=new.example.net "
	    "init auth bpp load notify", .want = "204, profile installed" },
	/* CIs: preference, and signing before verification */
	{ .words = "no trusted CI in the signing list",
	    .script = "sign=X verify=P init", .want = "8.8.2/3.1" },
	{ .words = "an empty signing list",
	    .script = "sign= verify=P init", .want = "8.8.2/3.1" },
	{ .words = "both lists unknown: the signing list answers",
	    .script = "sign=X verify=X init", .want = "8.8.2/3.1" },
	{ .words = "no certificate for the verification list",
	    .script = "sign=P verify=X init", .want = "8.8.4/3.7" },
	{ .words = "an empty verification list",
	    .script = "sign=P verify= init", .want = "8.8.4/3.7" },
	{ .words = "verification list with a trusted CI under which we have "
	    "no certificate",
	    .script = "sign=P verify=O init", .want = "8.8.4/3.7" },
	{ .words = "signing list with a trusted CI under which we have no "
	    "certificate",
	    .script = "sign=O verify=P init",
	    .want = "accepted, ci other, certificate P-256" },
	{ .words = "the first known CI of the signing list is used",
	    .script = "sign=XBP verify=P init",
	    .want = "accepted, ci brainpool, certificate P-256" },
	{ .words = "the first CI of the verification list that we have is "
	    "used",
	    .script = "sign=P verify=XOBP init",
	    .want = "accepted, ci P-256, certificate brainpool" },
	{ .words = "preference P-256 before brainpool in both lists",
	    .script = "sign=PB verify=PB init",
	    .want = "accepted, ci P-256, certificate P-256" },
	{ .words = "preference brainpool before P-256 in both lists",
	    .script = "sign=BP verify=BP init",
	    .want = "accepted, ci brainpool, certificate brainpool" },
	{ .words = "sixteen unknown CIs, then ours in neither place: refused",
	    .script = "sign=XXXXXXXXXXXXXXXX verify=P init",
	    .want = "8.8.2/3.1" },
	/* two things wrong: the earlier one answers */
	{ .words = "SVN and address wrong: the SVN answers",
	    .script = "svn=1.0.0 address=smdp.example.org init",
	    .want = "8.8.3/3.1" },
	{ .words = "SVN and CIs wrong: the SVN answers",
	    .script = "svn=3.0.0 sign=X verify=X init", .want = "8.8.3/3.1" },
	{ .words = "address and signing list wrong: the address answers",
	    .script = "address=smdp.example.org sign=X init",
	    .want = "8.8.1/3.8" },
	{ .words = "address and verification list wrong: the address answers",
	    .script = "address=smdp.example.org verify=X init",
	    .want = "8.8.1/3.8" },
	{ .words = "everything wrong: the SVN answers",
	    .script = "svn=1.0.0 address=smdp.example.org sign=X verify=X "
	    "init", .want = "8.8.3/3.1" },
	/* what a refusal is about: what was sent, and nothing of ours */
	{ .words = "subjectIdentifier of a refused SVN",
	    .binding = JSON_ONLY, .script = "svn=1.2.3 init",
	    .want = "8.8.3/3.1, about 1.2.3" },
	{ .words = "subjectIdentifier of a refused address",
	    .binding = JSON_ONLY, .script = "address=smdp.example.org init",
	    .want = "8.8.1/3.8, about smdp.example.org" },
	{ .words = "subjectIdentifier of a refused signing list: its first "
	    "CI", .binding = JSON_ONLY, .script = "sign=X init",
	    .want = "8.8.2/3.1, about "
	    "6E6F20434920686173207468697320"
	    "6B65796964" },
	/* form */
	{ .words = "unknown members in euiccInfo1",
	    .script = "outer-append=BF20:9F500101 outer-append=BF20:BF510290"
	    "00 init",
	    .want = "accepted" },
	{ .words = "euiccInfo1 of a version 3 eUICC (highestSvn, signing "
	    "list V3)",
	    .script = "outer-append=BF20:B100 outer-append=BF20:9303030100 "
	    "init", .want = "accepted" },
	{ .words = "euiccInfo1 without svn", .binding = JSON_ONLY,
	    .script = "outer-remove=BF20.82 init", .want = "1.6/2.1" },
	{ .words = "euiccInfo1 without verification list",
	    .binding = JSON_ONLY,
	    .script = "outer-remove=BF20.A9 init", .want = "1.6/2.1" },
	{ .words = "an svn of two octets", .binding = JSON_ONLY,
	    .script = "outer-value=BF20.82:0202 init", .want = "1.6/2.1" },
	/* sessions */
	{ .words = "the same request twice: two sessions",
	    .script = "init again=initiateAuthentication",
	    .want = "accepted, answer another" },
	{ .words = "too many sessions are open",
	    .script = "full init", .want = "1.2/4.2" },
	{ .words = "no order at all: initiateAuthentication does not look",
	    .order = "-", .script = "init", .want = "accepted" },
};

const struct conf_group	conf_initiate = {
	"initiateAuthentication", cases, NELEM(cases),
	NULL
};
