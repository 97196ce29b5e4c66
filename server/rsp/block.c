/* SPDX-License-Identifier: Apache-2.0 */
#include "server/rsp/block.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/hex.h"
#include "base/ident.h"
#include "base/log.h"
#include "server/rsp/refusal.h"

#define SKI_LEN	20

static bool
block_ski(const struct settings *s, struct slice ski)
{
	char	 text[2 * SKI_LEN + 1];
	size_t	 i;

	if (ski.len != SKI_LEN)
		return false;
	hex_put(text, ski);
	for (i = 0; i < s->block_ski.n; i++)
		if (strcasecmp(s->block_ski.item[i], text) == 0)
			return true;
	return false;
}

/* EIDs are of one length, so that they compare as text. */
static bool
block_eid(const struct settings *s, const char *eid)
{
	const char	*item, *last;
	size_t		 i;

	for (i = 0; i < s->block_eid.n; i++) {
		item = s->block_eid.item[i];
		last = item[EID_DIGITS] == '-' ? item + EID_DIGITS + 1 : item;
		if (strncmp(eid, item, EID_DIGITS) >= 0 &&
		    strncmp(eid, last, EID_DIGITS) <= 0)
			return true;
	}
	return false;
}

static int
block_told(const char *by, int refusal)
{
	log_warn("blocked by=%s", by);
	return refusal;
}

int
block_chain(struct ctx *c, const struct chain *ch, int64_t now)
{
	const struct settings	*s = c->set;
	const struct pki_ci	*ci;

	if (block_ski(s, ch->eum_ski))
		return block_told("block-ski of=eum", REFUSE_EUM);
	ci = pki_ci_find(c->pki, slice_of(ch->ci, sizeof(ch->ci)));
	if (strcmp(s->crl_stale, "refuse") == 0 && ci != NULL &&
	    pki_crl_stale(c->pki, ci, now, NULL))
		return block_told("crl-stale", REFUSE_EUM);
	if (block_ski(s, ch->euicc_ski))
		return block_told("block-ski of=euicc", REFUSE_EUICC);
	if (block_eid(s, ch->eid))
		return block_told("block-eid", REFUSE_EUICC);
	return 0;
}

bool
block_firmware(const struct settings *s, const char *eid,
    const uint8_t version[3])
{
	const char	*item, *colon;
	char		 text[16];
	size_t		 i, n;

	snprintf(text, sizeof(text), "%u.%u.%u", version[0], version[1],
	    version[2]);
	for (i = 0; i < s->block_firmware.n; i++) {
		item = s->block_firmware.item[i];
		colon = strchr(item, ':');
		n = colon == NULL ? 0 : (size_t)(colon - item);
		if (strncmp(eid, item, n) == 0 &&
		    strcmp(colon == NULL ? item : colon + 1, text) == 0)
			return true;
	}
	return false;
}
