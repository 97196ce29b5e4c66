/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Activation codes as QR codes: error correction M, a quiet zone of four
 * modules (SGP.22 4.1).  On a terminal, as SVG, as PNG.
 */
#ifndef SERVER_QR_H
#define SERVER_QR_H

#include "base/buf.h"

#define QR_QUIET	4

struct qr {
	size_t		 size;		/* modules on a side, no quiet zone */
	struct buf	 dark;		/* size * size octets, 1: dark */
	char		*text;		/* what is in it */
};

/*
 * Encode an activation code.  Its address is written in upper case where that
 * makes the code smaller: host names have no case, and the QR alphanumeric
 * mode has no lower case.  DPE_RANGE when it does not fit.  qr_free() in any
 * case.
 */
MUST_CHECK int	qr_make(const char *code, struct qr *out);
void		qr_free(struct qr *q);
/* Dark outside the code is false. */
bool		qr_dark(const struct qr *q, long x, long y);

/* Two modules a character (UTF-8 half blocks), dark on light. */
void		qr_terminal(const struct qr *q, struct buf *out);
void		qr_svg(const struct qr *q, struct buf *out);
/* scale pixels a module, 1 bit grey. DPE_IO: libpng failed. */
MUST_CHECK int	qr_png(const struct qr *q, unsigned scale, struct buf *out);

#endif
