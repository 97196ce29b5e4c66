/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates, as an eUICC sends them and as they lie in files. */
#include "base/der.h"
#include "certs/internal.h"

int	LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

/* Every slice has to lie inside what was given. */
static void
inside(struct slice all, struct slice s)
{
	if (s.len > 0 && (s.p < all.p || s.p + s.len > all.p + all.len))
		__builtin_trap();
}

static void
parsed(struct slice in, const struct cert *c)
{
	char	 text[128];
	size_t	 i;

	inside(in, c->tbs);
	inside(in, c->signature);
	inside(in, c->serial);
	inside(in, c->issuer);
	inside(in, c->subject);
	inside(in, c->organization);
	inside(in, c->serial_number);
	inside(in, c->common_name);
	inside(in, c->point);
	inside(in, c->ski);
	inside(in, c->aki);
	inside(in, c->rid);
	inside(in, c->dns);
	for (i = 0; i < c->n_permitted; i++) {
		inside(in, c->permitted[i].organization);
		inside(in, c->permitted[i].iin);
	}
	if (c->point.len != POINT_LEN || c->n_permitted > CERT_NC_MAX ||
	    !slice_eq(c->raw, in))
		__builtin_trap();
	if (oid_text(c->rid, text, sizeof(text)) == 0) {
		struct buf	 back = {0};

		if (oid_parse(text, &back) != 0 ||
		    !slice_eq(buf_slice(&back), c->rid))
			__builtin_trap();
		buf_free(&back);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct slice	 in = slice_of(p, n);
	struct buf	 der = {0};
	struct cert	 c;
	uint8_t		 sig[SIG_LEN];

	if (cert_parse(in, &c) == 0) {
		parsed(in, &c);
		if (sig_from_der(c.signature, sig) == 0 &&
		    sig_to_der(slice_of(sig, SIG_LEN), &der) == 0 &&
		    !slice_eq(buf_slice(&der), c.signature))
			__builtin_trap();
		buf_cut(&der, 0);
	}
	if (armor_open(in, "CERTIFICATE", &der) == 0 &&
	    cert_parse(buf_slice(&der), &c) == 0)
		parsed(buf_slice(&der), &c);
	buf_free(&der);
	return 0;
}
