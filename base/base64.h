/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Base64, RFC 4648 section 4, strict: the standard alphabet, padding where it
 * belongs, no line breaks, no stray bits in the last character.
 */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/buf.h"

void		base64_add(struct buf *b, struct slice s);
/* Append the decoded bytes to b; DPE_SYNTAX and b unchanged otherwise. */
MUST_CHECK int	base64_decode(struct slice text, struct buf *b);

#endif
