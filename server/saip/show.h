/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A profile package in words, for people and for programs: a JSON object with
 * its elements, their members, the files they make and what these hold.
 */
#ifndef SERVER_SAIP_SHOW_H
#define SERVER_SAIP_SHOW_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"

/*
 * Describe upp (docs/profile-decode.md has the members).  PINs, PUKs, K, OPc,
 * keys of security domains and whatever else may hold a secret are "********"
 * unless keys.  *out is what could be read, also of a package that is broken:
 * then DPE_SYNTAX or DPE_RANGE, and its member "fault" says where.  The caller
 * json_free_wiped()s it.
 */
MUST_CHECK int	saip_show(struct slice upp, bool keys, json_t **out);

#endif
