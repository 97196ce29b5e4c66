/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Errors.  0 is done, below 0 is a fault of ours or of the bytes (DPE_*),
 * above 0 is a protocol refusal (an index into server/rsp/refusal.def).
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#define MUST_CHECK	__attribute__((warn_unused_result))
#define PRINTF(f, a)	__attribute__((format(printf, f, a)))
#define NELEM(a)	(sizeof(a) / sizeof((a)[0]))	/* of an array */

enum dpe {
	DPE_SYNTAX = -100,	/* bytes do not parse as what they should be */
	DPE_MISSING,		/* a mandatory member is absent */
	DPE_RANGE,		/* parses, but is outside its bounds */
	DPE_USAGE,		/* the caller (or user) asked for nonsense */
	DPE_NOTFOUND,		/* no such row, file, key */
	DPE_EXISTS,		/* it is there already */
	DPE_STATE,		/* a conditional update found no row */
	DPE_BUSY,		/* another holds it, or a bound is reached */
	DPE_IO,			/* a system call failed */
	DPE_DB,			/* the database failed */
	DPE_CRYPTO,		/* the crypto library failed */
	DPE_SEAL,		/* a sealed value does not open */
	DPE_SIG,		/* a signature does not verify */
	DPE_POINT,		/* not a point of the curve */
	DPE_CI,			/* the chain ends in no trusted CI */
	DPE_EUM,		/* the EUM certificate is not valid */
	DPE_EUM_DATE,		/* the EUM certificate is out of its dates */
	DPE_EUICC,		/* the eUICC certificate is not valid */
	DPE_EUICC_DATE,		/* the eUICC certificate is out of its dates */
	DPE_CERT,		/* any other certificate is not valid */
	DPE_PEER,		/* the other process is gone or talks nonsense */
	DPE_UNSUPPORTED,	/* known, and not built */
	DPE_INTERNAL		/* a bug of ours */
};

/* A reason in words, for people.  One line, no newline, never a secret. */
struct why {
	char	text[240];
};

/*
 * Write the reason into w (which may be NULL) and return r, so that a check
 * reads: return why_set(w, DPE_RANGE, "...").
 */
int	why_set(struct why *w, int r, const char *fmt, ...) PRINTF(3, 4);

/* Put "prefix: " before the reason that is there already. */
void	why_prefix(struct why *w, const char *fmt, ...) PRINTF(2, 3);

/* The name of a DPE_* in words; a static string, never NULL. */
const char *err_text(int r);

/* Turn exactly one expected fault into its refusal; pass on the rest. */
MUST_CHECK static inline int
told(int r, int cause, int refusal)
{
	return r == cause ? refusal : r;
}

#endif
