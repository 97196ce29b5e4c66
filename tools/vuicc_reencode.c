/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_reencode.h"

#include <string.h>

#include "asn1/es9.h"
#include "asn1/rsp.h"
#include "base/base64.h"
#include "base/der.h"
#include "tools/vuicc_http.h"

#define TAG_ENVELOPE	0xA2

#define AGAIN(type) \
static int \
again_##type(struct slice in, struct buf *out) \
{ \
	struct type	 m; \
	int		 r; \
 \
	if ((r = type##_decode(in, &m)) == 0) \
		r = type##_encode(&m, out); \
	msg_free(&m.msg); \
	return r; \
}
AGAIN(auth_response)
AGAIN(cancel_response)
AGAIN(es9_response)
AGAIN(euicc_info1)
AGAIN(pending_notification)
AGAIN(prepare_response)
AGAIN(secure_channel)
AGAIN(server_signed1)
AGAIN(smdp_signed2)
AGAIN(store_metadata)

static int
again_signature(struct slice in, struct buf *out)
{
	struct slice	 sig;
	int		 r;

	if ((r = sig_untlv(in, &sig)) == 0)
		sig_tlv(out, sig);
	return r;
}

/* BOOLEAN and INTEGER have one encoding each in DER (X.690 8.3, 11.1). */
static void
again_primitive(const struct der *d, struct buf *out)
{
	struct slice	 v = d->value;

	if (d->tag == 0x01 && v.len == 1) {
		der_add(out, d->tag, slice_of(v.p[0] != 0 ? "\xff" : "\0",
		    1));
		return;
	}
	while (d->tag == 0x02 && v.len > 1 &&
	    ((v.p[0] == 0 && v.p[1] < 0x80) ||
	    (v.p[0] == 0xff && v.p[1] >= 0x80)))
		v = slice_sub(v, 1, v.len - 1);
	der_add(out, d->tag, v);
}

/* The constructed bit is in the first octet of a tag. */
static bool
again_constructed(uint32_t tag)
{
	while (tag > 0xff)
		tag >>= 8;
	return (tag & 0x20) != 0;
}

/* TLVs in a row, each with a tag and a length of its own. */
static int
again_tlvs(struct slice in, unsigned depth, struct buf *out)
{
	struct der	 d;
	size_t		 at;
	int		 r;

	if (depth > LIM_DER_DEPTH)
		return DPE_RANGE;
	while (in.len > 0) {
		if ((r = der_next(&in, &d)) != 0)
			return r;
		if (!again_constructed(d.tag)) {
			again_primitive(&d, out);
			continue;
		}
		at = out->len;
		if ((r = again_tlvs(d.value, depth + 1, out)) != 0)
			return r;
		der_wrap(out, at, d.tag);
	}
	return 0;
}

/* X.509, a key identifier: what has no type in asn1/. */
static int
again_der(struct slice in, struct buf *out)
{
	return again_tlvs(in, 0, out);
}

/* One of A0 to A3: segments, 87, 88 or 86 (2.5.4). */
static int
again_group(struct slice *in, uint32_t tag, struct buf *store,
    struct slice *out)
{
	struct der	 d;
	int		 r;

	if ((r = der_expect(in, tag, &d)) != 0 ||
	    (r = again_tlvs(d.value, 0, store)) != 0)
		return r;
	*out = buf_slice(store);
	return 0;
}

static int
again_groups(struct slice in, struct buf store[4], struct buf *out)
{
	struct bpp_parts	 p;
	int			 r;

	memset(&p, 0, sizeof(p));
	if ((r = again_group(&in, 0xA0, &store[0], &p.a0)) != 0 ||
	    (r = again_group(&in, 0xA1, &store[1], &p.a1)) != 0)
		return r;
	if (der_peek(in) == 0xA2 &&
	    (r = again_group(&in, 0xA2, &store[2], &p.a2)) != 0)
		return r;
	if ((r = again_group(&in, 0xA3, &store[3], &p.a3)) != 0)
		return r;
	if (in.len > 0)
		return DPE_SYNTAX;
	bpp_frame_groups(&p, out);
	return 0;
}

static int
again_bpp(struct slice in, struct buf *out)
{
	struct buf	 store[4] = {{0}}, bf23 = {0}, groups = {0};
	struct der	 whole, channel;
	size_t		 i;
	int		 r;

	if ((r = der_whole(in, 0xBF36, &whole)) == 0 &&
	    (r = der_expect(&whole.value, 0xBF23, &channel)) == 0 &&
	    (r = again_secure_channel(channel.raw, &bf23)) == 0 &&
	    (r = again_groups(whole.value, store, &groups)) == 0)
		bpp_frame_whole(buf_slice(&bf23), buf_slice(&groups), out);
	for (i = 0; i < NELEM(store); i++)
		buf_free(&store[i]);
	buf_free(&bf23);
	buf_free(&groups);
	return r;
}

static const struct member {
	const char	*name;
	int		(*again)(struct slice in, struct buf *out);
} members[] = {
	{ "euiccInfo1", again_euicc_info1 },
	{ "serverSigned1", again_server_signed1 },
	{ "serverSignature1", again_signature },
	{ "euiccCiPKIdToBeUsed", again_der },
	{ "serverCertificate", again_der },
	{ "authenticateServerResponse", again_auth_response },
	{ "profileMetadata", again_store_metadata },
	{ "smdpSigned2", again_smdp_signed2 },
	{ "smdpSignature2", again_signature },
	{ "smdpCertificate", again_der },
	{ "prepareDownloadResponse", again_prepare_response },
	{ "boundProfilePackage", again_bpp },
	{ "pendingNotification", again_pending_notification },
	{ "cancelSessionResponse", again_cancel_response },
};

static const struct member *
member_find(const char *name)
{
	size_t	 i;

	for (i = 0; i < NELEM(members); i++)
		if (strcmp(members[i].name, name) == 0)
			return &members[i];
	return NULL;
}

int
vuicc_reencode(const char *name, struct slice in, struct buf *out)
{
	const struct member	*m = member_find(name);
	size_t			 from = out->len;
	int			 r;

	if (m == NULL)
		return DPE_USAGE;
	if ((r = m->again(in, out)) != 0)
		buf_cut(out, from);
	return r;
}

/* The octets of a member, and what becomes of them. */
static int
member_again(const char *name, const json_t *value, struct buf *was,
    struct buf *is, struct why *why)
{
	int	 r = DPE_SYNTAX;

	buf_cut(was, 0);
	buf_cut(is, 0);
	if (json_is_string(value))
		r = base64_decode(slice_of(json_string_value(value),
		    json_string_length(value)), was);
	if (r == 0)
		r = vuicc_reencode(name, buf_slice(was), is);
	return r == 0 ? 0 : why_set(why, DPE_PEER, "%s: cannot be decoded and "
	    "encoded: %s", name, err_text(r));
}

int
vuicc_reencode_request(json_t *request, struct why *why)
{
	struct buf	 was = {0}, is = {0};
	json_t		*value;
	size_t		 i;
	int		 r = 0;

	for (i = 0; r == 0 && i < NELEM(members); i++) {
		value = json_object_get(request, members[i].name);
		if (value == NULL)
			continue;
		if ((r = member_again(members[i].name, value, &was, &is,
		    why)) == 0)
			vuicc_json_der(request, members[i].name,
			    buf_slice(&is));
	}
	buf_free(&was);
	buf_free(&is);
	return r;
}

static int
envelope_same(struct slice text, struct why *why)
{
	struct buf	 is = {0};
	int		 r = 0;

	if (again_es9_response(text, &is) != 0 ||
	    !slice_eq(buf_slice(&is), text))
		r = why_set(why, DPE_PEER, "the answer's envelope is not the "
		    "same when it is decoded and encoded");
	buf_free(&is);
	return r;
}

int
vuicc_reencode_answer(const json_t *body, struct slice text, struct why *why)
{
	struct buf	 was = {0}, is = {0};
	json_t		*value;
	size_t		 i;
	int		 r = 0;

	if (der_peek(text) == TAG_ENVELOPE)
		r = envelope_same(text, why);
	for (i = 0; r == 0 && i < NELEM(members); i++) {
		value = json_object_get(body, members[i].name);
		if (value != NULL && (r = member_again(members[i].name, value,
		    &was, &is, why)) == 0 &&
		    !slice_eq(buf_slice(&was), buf_slice(&is)))
			r = why_set(why, DPE_PEER, "%s: is not the same when "
			    "it is decoded and encoded", members[i].name);
	}
	buf_free(&was);
	buf_free(&is);
	return r;
}
