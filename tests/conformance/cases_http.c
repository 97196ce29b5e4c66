/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The HTTP envelope, SGP.22 6.2, 6.3 and 6.5.1; spec 01, section 1: over a
 * real connection.  A case's script makes the body (that of its last call);
 * `type` is the head of the request with | between its lines; `order` a body
 * to be sent instead, "-" for none, "#N" for N octets, "x" and hex for octets.
 */
#include "tests/conformance/http.h"

#define ES9	"/gsma/rsp2/es9plus/"
#define INIT	"POST " ES9 "initiateAuthentication HTTP/1.1|"
#define NOTE	"POST " ES9 "handleNotification HTTP/1.1|"
#define ASN1	"POST /gsma/rsp2/asn1 HTTP/1.1|"
#define JSON	"Content-Type: application/json|"
#define DER	"Content-Type: application/x-gsma-rsp-asn1|"
#define BUILD	"init auth bpp load notify=keep"

#define H(words_, script_, head_, body_, want_) \
	{ .words = words_, .script = script_, .type = head_, \
	    .order = body_, .want = want_, .binding = JSON_ONLY }
#define A(words_, script_, head_, body_, want_) \
	{ .words = words_, .script = script_, .type = head_, \
	    .order = body_, .want = want_, .binding = ASN1_ONLY }

static const struct conf_case json[] = {
	H("application/json", "init",
	    INIT JSON, NULL, "accepted"),
	H("application/json;charset=UTF-8", "init",
	    INIT "Content-Type: application/json;charset=UTF-8|",
	    NULL, "accepted"),
	H("application/json; charset=utf-8", "init",
	    INIT "Content-Type: application/json; charset=utf-8|",
	    NULL, "accepted"),
	H("Application/JSON", "init",
	    INIT "Content-Type: Application/JSON|", NULL, "accepted"),
	H("no User-Agent, no Accept", "init",
	    INIT JSON, NULL, "accepted"),
	H("User-Agent gsma-rsp-lpad and what it likes", "init",
	    INIT JSON "User-Agent: gsma-rsp-lpad;v=1|Accept: */*|",
	    NULL, "accepted"),
	H("another User-Agent", "init",
	    INIT JSON "User-Agent: curl/8|", NULL, "accepted"),
	H("Accept: text/plain", "init",
	    INIT JSON "Accept: text/plain|", NULL, "accepted"),
	H("X-Admin-Protocol v2.1.0", "init",
	    INIT JSON "X-Admin-Protocol: gsma/rsp/v2.1.0|", NULL, "accepted"),
	H("X-Admin-Protocol v2.5.0", "init",
	    INIT JSON "X-Admin-Protocol: gsma/rsp/v2.5.0|", NULL, "accepted"),
	H("X-Admin-Protocol v3.1.0", "init",
	    INIT JSON "X-Admin-Protocol: gsma/rsp/v3.1.0|", NULL, "accepted"),
	H("X-Admin-Protocol of another protocol", "init",
	    INIT JSON "X-Admin-Protocol: nonsense|", NULL, "accepted"),
	H("a refusal is status 200", "svn=1.0.0 init",
	    INIT JSON, NULL, "8.8.3/3.1"),
	H("a body in chunks", "init",
	    INIT JSON "Transfer-Encoding: chunked|",
	    "2\r\n{}\r\n0\r\n\r\n", "1.6/2.2"),
	H("HTTP/1.0", "init",
	    "POST " ES9 "initiateAuthentication HTTP/1.0|" JSON,
	    NULL, "accepted"),
	H("JSON with blanks and line breaks", "init",
	    INIT JSON, " \r\n\t{ \"a\" : 1 }\n", "1.6/2.2"),
	H("no body", "init",
	    INIT JSON, "-", "1.6/2.1"),
	H("a body that is no JSON", "init",
	    INIT JSON, "hello", "1.6/2.1"),
	H("a body that is a list", "init",
	    INIT JSON, "[{}]", "1.6/2.1"),
	H("a body that is a text", "init",
	    INIT JSON, "\"a\"", "1.6/2.1"),
	H("an object that is cut off", "init",
	    INIT JSON, "{\"a\":1", "1.6/2.1"),
	H("something behind the object", "init",
	    INIT JSON, "{\"a\":1}x", "1.6/2.1"),
	H("a member twice", "init",
	    INIT JSON,
	    "{\"smdpAddress\":\"a\",\"smdpAddress\":\"b\"}", "1.6/2.1"),
	H("no UTF-8 in a text", "init",
	    INIT JSON, "{\"a\":\"\xff\"}", "1.6/2.1"),
	H("a zero octet in a text", "init", INIT JSON,
	    "{\"smdpAddress\":\"a\\u0000b\"}", "1.6/2.1"),
	H("forty lists in each other", "init",
	    INIT JSON, "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
	    "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}", "1.6/2.1"),
	H("GET", "init",
	    "GET " ES9 "initiateAuthentication HTTP/1.1|", "-", "405"),
	H("PUT", "init",
	    "PUT " ES9 "initiateAuthentication HTTP/1.1|" JSON, NULL, "405"),
	H("DELETE", "init",
	    "DELETE " ES9 "initiateAuthentication HTTP/1.1|", "-", "405"),
	H("HEAD", "init",
	    "HEAD " ES9 "initiateAuthentication HTTP/1.1|", "-", "405"),
	H("no media type", "init",
	    INIT, NULL, "415"),
	H("text/plain", "init",
	    INIT "Content-Type: text/plain|", NULL, "415"),
	H("application/jsonp", "init",
	    INIT "Content-Type: application/jsonp|", NULL, "415"),
	H("the media type of the other binding", "init",
	    INIT DER, NULL, "415"),
	H("a path in other letters", "init",
	    "POST " ES9 "initiateauthentication HTTP/1.1|" JSON, NULL, "404"),
	H("a slash behind the path", "init",
	    "POST " ES9 "initiateAuthentication/ HTTP/1.1|" JSON, NULL, "404"),
	H("a function of ES2+", "init",
	    "POST /gsma/rsp2/es2plus/downloadOrder HTTP/1.1|" JSON,
	    NULL, "404"),
	H("a function that there is not", "init",
	    "POST " ES9 "confirmOrder HTTP/1.1|" JSON, NULL, "404"),
	H("the root", "init",
	    "GET / HTTP/1.1|", "-", "404"),
	H("a body of 65537 octets is announced", "init",
	    INIT JSON, "#65537", "413"),
	H("a body of 65536 octets", "init",
	    INIT JSON, "#65536", "1.6/2.1"),
};

const struct conf_group	conf_http = {
	"initiateAuthentication", json, NELEM(json),
	conf_over_http
};

static const struct conf_case notify[] = {
	H("204, no body, no media type", BUILD, NOTE JSON, NULL,
	    "204, profile installed"),
	A("204, no body, no media type", BUILD, ASN1 DER, NULL,
	    "204, profile installed"),
	H("no JSON", BUILD, NOTE JSON, "hello", "400"),
	H("no member", BUILD, NOTE JSON, "{}", "400"),
	H("GET", BUILD, "GET " ES9 "handleNotification HTTP/1.1|", "-",
	    "405"),
};

const struct conf_group	conf_http_notify = {
	"handleNotification", notify, NELEM(notify),
	conf_over_http
};

/* RemoteProfileProvisioningRequest, 6.6. */
static const struct conf_case asn1[] = {
	A("nominal", "init", ASN1 DER, NULL, "accepted"),
	A("a refusal is status 200", "svn=1.0.0 init", ASN1 DER, NULL,
	    "8.8.3/3.1"),
	A("APPLICATION/X-GSMA-RSP-ASN1", "init",
	    ASN1 "Content-Type: APPLICATION/X-GSMA-RSP-ASN1|", NULL,
	    "accepted"),
	A("a parameter behind the media type", "init",
	    ASN1 "Content-Type: application/x-gsma-rsp-asn1;v=1|", NULL,
	    "415"),
	A("the media type of the other binding", "init", ASN1 JSON, NULL,
	    "415"),
	A("no media type", "init", ASN1, NULL, "415"),
	A("GET", "init", "GET /gsma/rsp2/asn1 HTTP/1.1|", "-", "405"),
	A("a slash behind the path", "init",
	    "POST /gsma/rsp2/asn1/ HTTP/1.1|" DER, NULL, "404"),
	A("the path of the other binding", "init", INIT DER, NULL, "415"),
	A("no body", "init", ASN1 DER, "-", "400"),
	A("a body that is no DER", "init", ASN1 DER, "hello", "400"),
	A("an envelope of no function", "init", ASN1 DER, "xA200", "400"),
	A("an envelope with another tag", "init", ASN1 DER, "xA300", "400"),
	A("a length that is not minimal", "init", ASN1 DER, "xA28100",
	    "400"),
	A("a length without end", "init", ASN1 DER, "xA2800000", "400"),
	A("a function that there is not", "init", ASN1 DER, "xA203BF5000",
	    "400"),
	A("the answer of an SM-DS", "init", ASN1 DER, "xA206BF4003810101",
	    "400"),
	A("two functions in one envelope", "init", ASN1 DER,
	    "xA21ABF410A80010081A103810105BF410A800100A103810105", "400"),
	A("an octet behind the envelope", "init", ASN1 DER,
	    "xA20CBF41098001009FA10381010500", "400"),
	A("an octet too little", "init", ASN1 DER, "xA20BBF4108800100A1038101",
	    "400"),
	A("a body of 65537 octets", "init", ASN1 DER, "#65537", "413"),
};

const struct conf_group	conf_http_asn1 = {
	"initiateAuthentication", asn1, NELEM(asn1),
	conf_over_http
};
