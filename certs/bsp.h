/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BSP: the protection of BPP segments, SGP.22 2.5.3, 2.5.4 and Annex G
 * (spec 04, sections 4 and 5).  This is the sender; the virtual eUICC has an
 * implementation of its own, so that one error cannot hide in both.
 */
#ifndef CERTS_BSP_H
#define CERTS_BSP_H

#include "certs/crypto.h"

struct bsp_keys {
	uint8_t	mac_chaining[KEY_LEN];	/* initial MAC chaining value */
	uint8_t	enc[KEY_LEN];		/* S-ENC or ppkEnc */
	uint8_t	mac[KEY_LEN];		/* S-MAC or ppkCmac */
};

/*
 * Annex G: session keys from the shared secret Z (32 octets), with SharedInfo
 * 88 10 len(hostId) hostId 10 EID.  Wipe the keys.
 */
void	bsp_derive(struct crypto *c, const uint8_t z[32], struct slice host_id,
	    const uint8_t eid[16], struct bsp_keys *out);

struct bsp;
/* Keys are copied; counter starts at 1. */
MUST_CHECK int	bsp_new(struct crypto *c, const struct bsp_keys *keys,
		    struct bsp **out);
void		bsp_free(struct bsp *b);	/* wipes */
/* New keys (ReplaceSessionKeys): chain anew, counter 1. */
MUST_CHECK int	bsp_rekey(struct bsp *b, const struct bsp_keys *keys);
/*
 * Append one protected segment TLV.  tag 0x86 or 0x87: encrypted and MACed, at
 * most 1007 octets of plaintext; 0x88: MACed only, at most 1008. DPE_RANGE.
 */
MUST_CHECK int	bsp_protect(struct bsp *b, uint8_t tag, struct slice plain,
		    struct buf *out);
/* Where the state stands: for tests and vectors. */
void		bsp_state(const struct bsp *b, uint8_t chain[16],
		    uint32_t *counter);

#endif
