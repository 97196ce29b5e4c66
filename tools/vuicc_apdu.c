/* SPDX-License-Identifier: Apache-2.0 */
/* Command APDUs taken apart, and answered channel by channel. */
#include "tools/vuicc_apdu.h"

#include <string.h>

#include "tools/vuicc_apdu_chain.h"

#define INS_MANAGE_CHANNEL	0x70
#define INS_SELECT		0xA4
#define INS_GET_RESPONSE	0xC0
#define INS_STORE_DATA		0xE2

static const uint8_t	isd_r[] = {
	0xa0, 0x00, 0x00, 0x05, 0x59, 0x10, 0x10, 0xff, 0xff, 0xff, 0xff,
	0x89, 0x00, 0x00, 0x01, 0x00
};

void
vuicc_apdu_init(struct vuicc_apdu *a, unsigned (*call)(void *arg,
    struct slice command, struct buf *answer), void *arg)
{
	memset(a, 0, sizeof(*a));
	a->call = call;
	a->arg = arg;
	a->channel[0].open = true;
}

void
vuicc_apdu_free(struct vuicc_apdu *a)
{
	unsigned	 i;

	for (i = 0; i < APDU_CHANNELS; i++)
		vuicc_apdu_close(a, i);
	a->channel[0].open = true;
}

void
vuicc_apdu_close(struct vuicc_apdu *a, unsigned channel)
{
	if (channel >= APDU_CHANNELS)
		return;
	buf_free(&a->channel[channel].command);
	buf_free(&a->channel[channel].answer);
	memset(&a->channel[channel], 0, sizeof(a->channel[channel]));
}

/* At least the five octets of a provider, at most the whole AID. */
static bool
apdu_is_isd_r(struct slice aid)
{
	return aid.len >= 5 && slice_starts(slice_of(isd_r, sizeof(isd_r)),
	    aid);
}

/* The first free one of those that are opened, or 0. */
static unsigned
apdu_free_channel(const struct vuicc_apdu *a)
{
	unsigned	 i;

	for (i = 1; i < APDU_CHANNELS; i++)
		if (!a->channel[i].open)
			return i;
	return 0;
}

int
vuicc_apdu_open(struct vuicc_apdu *a, struct slice aid)
{
	unsigned	 n = apdu_free_channel(a);

	if (!apdu_is_isd_r(aid))
		return DPE_NOTFOUND;
	if (n == 0)
		return DPE_BUSY;
	a->channel[n].open = a->channel[n].selected = true;
	return (int)n;
}

/* A short APDU of one of the four cases (ISO 7816-3, 12.1.3). */
static unsigned
apdu_parse(struct slice in, struct apdu *out)
{
	size_t	 lc;

	memset(out, 0, sizeof(*out));
	if (in.len < 4 || in.len > APDU_MAX)
		return SW_LENGTH;
	out->cla = in.p[0];
	out->ins = in.p[1];
	out->p1 = in.p[2];
	out->p2 = in.p[3];
	if (in.len == 4)
		return SW_OK;
	lc = in.p[4];
	if (in.len > 5 && (lc == 0 || in.len < 5 + lc || in.len > 6 + lc))
		return SW_LENGTH;
	if (in.len > 5)
		out->data = slice_sub(in, 5, lc);
	if (in.len == 5 || in.len == 6 + lc) {
		out->has_le = true;
		out->le = in.p[in.len - 1] == 0 ? 256 : in.p[in.len - 1];
	}
	return SW_OK;
}

/* 00 and 01 to 03, or the same with 80; no secure messaging, no chaining. */
static struct vuicc_channel *
apdu_channel(struct vuicc_apdu *a, const struct apdu *in)
{
	struct vuicc_channel	*ch = &a->channel[in->cla & 3];

	return ch->open ? ch : NULL;
}

/* MANAGE CHANNEL: open one (its number is the answer), or close. */
static unsigned
apdu_manage(struct vuicc_apdu *a, const struct apdu *in, struct buf *out)
{
	unsigned	 n;

	if (in->p1 == 0x80) {
		if (in->p2 == 0 || in->p2 >= APDU_CHANNELS ||
		    !a->channel[in->p2].open)
			return SW_CHANNEL;
		vuicc_apdu_close(a, in->p2);
		return SW_OK;
	}
	if (in->p1 != 0 || in->p2 != 0)
		return SW_P1P2;
	if ((n = apdu_free_channel(a)) == 0)
		return SW_CHANNEL;
	a->channel[n].open = true;
	buf_add_u8(out, (uint8_t)n);
	return SW_OK;
}

/* SELECT by name, of the ISD-R, for no data or any. */
static unsigned
apdu_select(struct vuicc_channel *ch, const struct apdu *in)
{
	if (in->p1 != 0x04)
		return SW_P1P2;
	vuicc_chain_drop(ch);
	ch->selected = apdu_is_isd_r(in->data);
	return ch->selected ? SW_OK : SW_NO_FILE;
}

static unsigned
apdu_run(struct vuicc_apdu *a, const struct apdu *in, struct buf *out)
{
	struct vuicc_channel	*ch;
	bool			 own = (in->cla & 0x80) != 0;

	if ((in->cla & 0x7c) != 0)
		return SW_CLASS;
	if ((ch = apdu_channel(a, in)) == NULL)
		return SW_CHANNEL;
	switch (in->ins) {
	case INS_MANAGE_CHANNEL:
		return own ? SW_CLASS : apdu_manage(a, in, out);
	case INS_SELECT:
		return own ? SW_CLASS : apdu_select(ch, in);
	case INS_GET_RESPONSE:
		return vuicc_chain_more(ch, in, out);
	case INS_STORE_DATA:
		return !own ? SW_CLASS : !ch->selected ? SW_CONDITIONS :
		    vuicc_chain_store(a, ch, in, out);
	}
	return SW_INS;
}

void
vuicc_apdu_transmit(struct vuicc_apdu *a, struct slice command,
    struct buf *response)
{
	struct apdu	 in;
	unsigned	 sw;

	if ((sw = apdu_parse(command, &in)) == SW_OK)
		sw = apdu_run(a, &in, response);
	buf_add_u8(response, (uint8_t)(sw >> 8));
	buf_add_u8(response, (uint8_t)sw);
}
