/* SPDX-License-Identifier: Apache-2.0 */
/* Cases over a real connection, plain and on loopback. */
#ifndef TESTS_CONFORMANCE_HTTP_H
#define TESTS_CONFORMANCE_HTTP_H

#include "tests/conformance/case.h"

/*
 * As conf_script(), and then the request that the case describes (see
 * cases_http.c).  Whatever the answer is, it must tell the version once, its
 * length, and a media type if and only if it has a body.
 */
bool	conf_over_http(const struct conf_case *c, bool asn1,
	    struct buf *want, struct buf *got);

#endif
