/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_answer.h"

#include <string.h>
#include <strings.h>

#include "base/jfield.h"
#include "base/limits.h"

#define DER_MAX		((size_t)LIM_ES9_BODY)
#define FIELD(type, member, name, kind, max) \
	{ name, kind, offsetof(struct type, member), max, 0 }

static const struct jfield init_fields[] = {
	FIELD(init_answer, tid, "transactionId", JFIELD_TEXT, 2 * LIM_TID),
	FIELD(init_answer, signed1, "serverSigned1", JFIELD_BASE64, DER_MAX),
	FIELD(init_answer, signature1, "serverSignature1", JFIELD_BASE64,
	    DER_MAX),
	FIELD(init_answer, ci_id, "euiccCiPKIdToBeUsed", JFIELD_BASE64,
	    DER_MAX),
	FIELD(init_answer, cert, "serverCertificate", JFIELD_BASE64,
	    LIM_CERT),
};

static const struct jfield auth_fields[] = {
	FIELD(auth_answer, tid, "transactionId", JFIELD_TEXT, 2 * LIM_TID),
	FIELD(auth_answer, metadata, "profileMetadata", JFIELD_BASE64,
	    DER_MAX),
	FIELD(auth_answer, signed2, "smdpSigned2", JFIELD_BASE64, DER_MAX),
	FIELD(auth_answer, signature2, "smdpSignature2", JFIELD_BASE64,
	    DER_MAX),
	FIELD(auth_answer, cert, "smdpCertificate", JFIELD_BASE64, LIM_CERT),
};

static const struct jfield bpp_fields[] = {
	FIELD(bpp_answer, tid, "transactionId", JFIELD_TEXT, 2 * LIM_TID),
	FIELD(bpp_answer, bpp, "boundProfilePackage", JFIELD_BASE64,
	    2 * LIM_UPP),
};

static int
answer_read(const json_t *body, const struct jfield *tab, size_t n, void *out,
    const char *function, struct why *why)
{
	int	 r;

	if ((r = jfield_read(body, tab, n, out, why)) != 0)
		why_prefix(why, "%s", function);
	return r;
}

static int
answer_tid(const char *got, const char *want, const char *function,
    struct why *why)
{
	if (*want != '\0' && strcasecmp(got, want) != 0)
		return why_set(why, DPE_PEER,
		    "%s: another transactionId in the answer", function);
	return 0;
}

int
init_answer_read(const json_t *body, const char *tid, struct init_answer *out,
    struct why *why)
{
	int	 r;

	memset(out, 0, sizeof(*out));
	if ((r = answer_read(body, init_fields, NELEM(init_fields), out,
	    "initiateAuthentication", why)) != 0)
		return r;
	return answer_tid(out->tid, tid, "initiateAuthentication", why);
}

void
init_answer_free(struct init_answer *a)
{
	jfield_free(init_fields, NELEM(init_fields), a);
}

int
auth_answer_read(const json_t *body, const char *tid, struct auth_answer *out,
    struct why *why)
{
	int	 r;

	memset(out, 0, sizeof(*out));
	if ((r = answer_read(body, auth_fields, NELEM(auth_fields), out,
	    "authenticateClient", why)) != 0)
		return r;
	return answer_tid(out->tid, tid, "authenticateClient", why);
}

void
auth_answer_free(struct auth_answer *a)
{
	jfield_free(auth_fields, NELEM(auth_fields), a);
}

int
bpp_answer_read(const json_t *body, const char *tid, struct bpp_answer *out,
    struct why *why)
{
	int	 r;

	memset(out, 0, sizeof(*out));
	if ((r = answer_read(body, bpp_fields, NELEM(bpp_fields), out,
	    "getBoundProfilePackage", why)) != 0)
		return r;
	return answer_tid(out->tid, tid, "getBoundProfilePackage", why);
}

void
bpp_answer_free(struct bpp_answer *a)
{
	jfield_free(bpp_fields, NELEM(bpp_fields), a);
}
