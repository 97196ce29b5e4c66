/* SPDX-License-Identifier: Apache-2.0 */
/*
 * EF.ARR: the access rules, TS 102 221 9.2.  The file templates of the package
 * format refer to records by number, so that the number has a fixed meaning:
 * every EF.ARR here holds them all, those without a use being closed.
 */
#include "server/saip/tpl.h"

#include <string.h>

#include "base/der.h"

/* Bits of the access mode byte of an EF (AM_DO 80). */
#define READ		0x01
#define UPDATE		0x02
#define STATE		0x18	/* deactivate, activate */
#define DELETE		0x40
/* The same bits of a DF: delete a child, create an EF or a DF. */
#define DF_ALL		(0x01 | 0x02 | 0x04 | STATE | DELETE)
/* Commands by their INS (AM_DO 84). */
#define INS_INCREASE	0x32
#define INS_RESIZE	0xd4

enum who { NOBODY, ANYBODY, PIN1, PIN2, ADM1 };

struct clause {
	uint8_t		 ins;	/* 0: by mode bits */
	uint8_t		 mode;
	enum who	 who;
};

#define ALL_OF(mode)	0, mode
#define COMMAND(ins)	ins, 0
#define ADMIN		{ ALL_OF(UPDATE | STATE | DELETE), ADM1 }
#define KEEP		{ ALL_OF(STATE | DELETE), ADM1 }

static const struct clause rules[TPL_ARR_RECORDS][3] = {
	/* 1: languages */
	{ { ALL_OF(READ), ANYBODY }, { ALL_OF(UPDATE), PIN1 }, KEEP },
	/* 2: what the operator writes and the phone reads */
	{ { ALL_OF(READ), PIN1 }, ADMIN },
	/* 3: for administration alone */
	{ { ALL_OF(READ | UPDATE | STATE | DELETE), ADM1 } },
	/* 4: no use */
	{ { ALL_OF(READ | UPDATE | STATE | DELETE), NOBODY } },
	/* 5: what the phone writes */
	{ { ALL_OF(READ | UPDATE), PIN1 }, KEEP },
	/* 6: no use */
	{ { ALL_OF(READ | UPDATE | STATE | DELETE), NOBODY } },
	/* 7: counters */
	{ { ALL_OF(READ | UPDATE), PIN1 }, { COMMAND(INS_INCREASE), PIN1 },
	    KEEP },
	/* 8: what the holder restricts with PIN2 */
	{ { ALL_OF(READ), PIN1 }, { ALL_OF(UPDATE), PIN2 }, KEEP },
	/* 9: in case of emergency */
	{ { ALL_OF(READ), ANYBODY }, { ALL_OF(UPDATE | STATE), PIN1 },
	    { ALL_OF(DELETE), ADM1 } },
	/* 10: what must be read before any PIN */
	{ { ALL_OF(READ), ANYBODY }, ADMIN },
	/* 11: EF.ICCID, never to change */
	{ { ALL_OF(READ), ANYBODY }, { ALL_OF(UPDATE), NOBODY }, KEEP },
	/* 12, 13: no use */
	{ { ALL_OF(READ | UPDATE | STATE | DELETE), NOBODY } },
	{ { ALL_OF(READ | UPDATE | STATE | DELETE), NOBODY } },
	/* 14: MF, ADF and DF */
	{ { ALL_OF(DF_ALL), ADM1 }, { COMMAND(INS_RESIZE), ADM1 } }
};

/* SC_DO: always, never, or a CRT with key reference and usage "PIN". */
static void
add_condition(struct buf *b, enum who who)
{
	static const uint8_t	 key[] = {
		[PIN1] = 0x01, [PIN2] = 0x81, [ADM1] = 0x0a
	};
	size_t	 at = b->len;

	if (who == ANYBODY || who == NOBODY) {
		der_add(b, who == ANYBODY ? 0x90 : 0x97, slice_of(NULL, 0));
		return;
	}
	tpl_u8_tlv(b, 0x83, key[who]);
	tpl_u8_tlv(b, 0x95, 0x08);
	der_wrap(b, at, 0xa4);
}

void
tpl_fill_arr(const struct tpl *t, struct buf *out)
{
	const struct clause *c;
	size_t		 i, k, end;

	(void)t;
	for (i = 0; i < TPL_ARR_RECORDS; i++) {
		end = out->len + TPL_ARR_RECORD;
		for (k = 0; k < 3; k++) {
			c = &rules[i][k];
			if (c->ins != 0)
				tpl_u8_tlv(out, 0x84, c->ins);
			else if (c->mode != 0)
				tpl_u8_tlv(out, 0x80, c->mode);
			else
				break;
			add_condition(out, c->who);
		}
		tpl_pad(out, end);
	}
}
