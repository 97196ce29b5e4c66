/* SPDX-License-Identifier: Apache-2.0 */
/* Inside server/saip: words for the rows of templates. */
#ifndef SERVER_SAIP_TPL_ROWS_H
#define SERVER_SAIP_TPL_ROWS_H

#include "server/saip/tpl.h"

/* Contents that are put in for each subscriber are zeros here. */
#define ZERO9		"000000000000000000"
#define ZERO10		ZERO9 "00"
#define FF9		"FFFFFFFFFFFFFFFFFF"
#define FF16		FF9 "FFFFFFFFFFFFFF"
#define NO_PLMNS	"FFFFFF0000 FFFFFF0000 FFFFFF0000 FFFFFF0000"

/* pinStatusTemplateDO: which PINs count in the MF, and in the USIM. */
#define PINS_MF		"010A"
#define PINS_USIM	"81010A"

#define DF		.kind = TPL_DF
#define ADF(a)		.kind = TPL_ADF, .aid = a
#define EF(n)		.kind = TPL_PLAIN, .size = n
#define RECORDS(n, len)	.kind = TPL_LINEAR, .size = len, .records = n
#define MF(n)		.rule = TPL_RULE_MF(n)
#define ARR(n)		.rule = TPL_RULE(n)
#define BUSY		.busy = true

/*
 * pinAttributes, bit 1: verification is required from the start, bit 2: the
 * holder may change it, bit 3: the holder may switch it on and off.
 * PIN1 is delivered switched off, as phones expect of an eSIM: the holder has
 * the device's own lock and was told no PIN.  It has a random value all the
 * same, so that nobody else can switch it on with a value that is known.
 */
#define PIN_OFF		6
#define PIN_ON		3
#define TRIES(n)	((n) << 4 | (n))

#endif
