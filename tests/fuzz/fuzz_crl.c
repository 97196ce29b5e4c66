/* SPDX-License-Identifier: Apache-2.0 */
/* Revocation lists, as they come from a distribution point. */
#include "certs/crl.h"
#include "certs/internal.h"

int	LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void
listed(struct slice der)
{
	struct slice	 serial;
	struct crl	 crl;
	int		 r;

	if (crl_parse(der, &crl) != 0)
		return;
	while ((r = crl_next(&crl.entries, &serial)) == 0)
		if (serial.len < 1 || serial.len > CERT_SERIAL_MAX ||
		    serial.p < der.p ||
		    serial.p + serial.len > der.p + der.len)
			__builtin_trap();
	if (r != DPE_NOTFOUND)	/* crl_parse() has been through them */
		__builtin_trap();
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct buf	 der = {0};

	listed(slice_of(p, n));
	if (armor_open(slice_of(p, n), "X509 CRL", &der) == 0)
		listed(buf_slice(&der));
	buf_free(&der);
	return 0;
}
