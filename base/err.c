/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int
why_set(struct why *w, int r, const char *fmt, ...)
{
	va_list	 ap;

	if (w == NULL)
		return r;
	va_start(ap, fmt);
	vsnprintf(w->text, sizeof(w->text), fmt, ap);
	va_end(ap);
	return r;
}

void
why_prefix(struct why *w, const char *fmt, ...)
{
	struct why	 old;
	va_list		 ap;
	int		 n;

	if (w == NULL)
		return;
	old = *w;
	va_start(ap, fmt);
	n = vsnprintf(w->text, sizeof(w->text), fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof(w->text))
		return;
	snprintf(w->text + n, sizeof(w->text) - (size_t)n, ": %.*s",
	    (int)(sizeof(w->text) - (size_t)n - 3), old.text);
}

const char *
err_text(int r)
{
	static const struct {
		int		 code;
		const char	*text;
	} tab[] = {
		{ 0, "done" },
		{ DPE_SYNTAX, "does not parse" },
		{ DPE_MISSING, "a mandatory member is missing" },
		{ DPE_RANGE, "out of bounds" },
		{ DPE_USAGE, "wrong usage" },
		{ DPE_NOTFOUND, "not found" },
		{ DPE_EXISTS, "exists already" },
		{ DPE_STATE, "not in a state that allows this" },
		{ DPE_BUSY, "busy" },
		{ DPE_IO, "input/output failed" },
		{ DPE_DB, "database failed" },
		{ DPE_CRYPTO, "crypto library failed" },
		{ DPE_SEAL, "sealed value does not open" },
		{ DPE_SIG, "signature does not verify" },
		{ DPE_POINT, "not a point of the curve" },
		{ DPE_CI, "no trusted CI" },
		{ DPE_EUM, "EUM certificate is not valid" },
		{ DPE_EUM_DATE, "EUM certificate is out of its dates" },
		{ DPE_EUICC, "eUICC certificate is not valid" },
		{ DPE_EUICC_DATE, "eUICC certificate is out of its dates" },
		{ DPE_CERT, "certificate is not valid" },
		{ DPE_PEER, "the other process does not answer" },
		{ DPE_UNSUPPORTED, "not built" },
		{ DPE_INTERNAL, "internal error" },
	};
	size_t	 i;

	for (i = 0; i < NELEM(tab); i++)
		if (tab[i].code == r)
			return tab[i].text;
	return r > 0 ? "refused" : "unknown error";
}
