/* SPDX-License-Identifier: Apache-2.0 */
/* What a ProfileInstallationResult says went wrong (SGP.22 2.5.6). */
#include <stdio.h>

#include "server/rsp/notify.h"

#define REASON_UNKNOWN	127

static const char *const commands[] = {
	"initialiseSecureChannel", "configureISDP", "storeMetadata",
	"storeMetadata2", "replaceSessionKeys", "loadProfileElements",
};

static const char *const reasons[] = {
	[1] = "incorrectInputValues",
	[2] = "invalidSignature",
	[3] = "invalidTransactionId",
	[4] = "unsupportedCrtValues",
	[5] = "unsupportedRemoteOperationType",
	[6] = "unsupportedProfileClass",
	[7] = "scp03tStructureError",
	[8] = "scp03tSecurityError",
	[PIR_ICCID_EXISTS] = "iccidAlreadyExists",
	[PIR_INSUFFICIENT_MEMORY] = "insufficientMemory",
	[PIR_INTERRUPTION] = "interruption",
	[12] = "PEProcessingError",
	[13] = "dataMismatch",
	[14] = "testProfileInvalidNaaKey",
	[15] = "pprNotAllowed",
};

/* A number that has no word stays one. */
static const char *
word(const char *const *words, long n, long value, char number[24])
{
	if (value >= 0 && value < n && words[value] != NULL)
		return words[value];
	snprintf(number, 24, "%ld", value);
	return number;
}

void
notify_words(long command, long reason, char *out, size_t size)
{
	char	 c[24], r[24];

	snprintf(out, size, "error %ld/%ld %s/%s", command, reason,
	    word(commands, (long)NELEM(commands), command, c),
	    reason == REASON_UNKNOWN ? "unknown" :
	    word(reasons, (long)NELEM(reasons), reason, r));
}
