/* SPDX-License-Identifier: Apache-2.0 */
/* Words for what stands in certificates and lists; safe on a terminal. */
#ifndef TOOLS_PKI_SHOW_H
#define TOOLS_PKI_SHOW_H

#include "base/buf.h"

/* One line `label: text`, aligned. */
void	pki_show_line(struct buf *out, const char *label, const char *fmt, ...)
	    PRINTF(3, 4);
void	pki_show_hex(struct buf *out, const char *label, struct slice s);
/* A date: 2026-01-31 12:00:00 UTC. */
void	pki_show_date(struct buf *out, const char *label, int64_t t);
/* A Name TLV: O=..., CN=... */
void	pki_show_name(struct buf *out, const char *label, struct slice name);
/* The lines of a CRL. DPE_SYNTAX. */
MUST_CHECK int	pki_show_crl(struct slice der, struct buf *out);

#endif
