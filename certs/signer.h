/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signer: a process that alone holds the keys of DPauth and DPpb and
 * answers sign(role, ci, bytes) over a socketpair, only for bytes of the shape
 * that the role is meant to sign (spec 04, 2): ServerSigned1 for DPauth;
 * SmdpSigned2 || 5F37 or the smdpSign input for DPpb.
 */
#ifndef CERTS_SIGNER_H
#define CERTS_SIGNER_H

#include "certs/crypto.h"

enum signer_role { SIGNER_DP_AUTH, SIGNER_DP_PB };

/*
 * Serve requests on each of the n SOCK_SEQPACKET sockets fds until all of them
 * are closed: one thread each.  Loads the keys of pki_dir's pairs first and
 * checks that they fit their certificates; why names the file.  Returns 0 when
 * the sockets are closed.  With ready_fd >= 0 one octet is written there when
 * the keys are loaded.  The parent keeps both ends of each pair open, so that
 * a signer that died is replaced by one that answers on the same sockets.
 */
MUST_CHECK int	signer_serve(const char *pki_dir, const int *fds, size_t n,
		    int ready_fd, struct why *why);

/*
 * The worker's end of one socket; not shared between threads.  A request
 * carries a number; one that is not answered within a second is sent again, up
 * to five times (its signer died with it), and stale answers are dropped.
 */
struct signer;
struct signer	*signer_new(int fd);		/* takes the descriptor */
void		 signer_free(struct signer *s);
/*
 * DPE_PEER when the signer is gone, DPE_NOTFOUND no such key, DPE_USAGE not a
 * shape that this role signs.
 */
MUST_CHECK int	signer_sign(struct signer *s, enum signer_role role,
		    const uint8_t ci[20], struct slice data,
		    uint8_t out[SIG_LEN]);

#endif
