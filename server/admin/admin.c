/* SPDX-License-Identifier: Apache-2.0 */
#include "server/admin/admin.h"

#include <string.h>

#include "server/admin/internal.h"

static const struct admin_verb *const	nouns[] = {
	admin_type_verbs, admin_variant_verbs, admin_profile_verbs, admin_order_verbs,
	admin_qr_verbs, admin_session_verbs, admin_euicc_verbs,
	admin_notify_verbs, admin_audit_verbs, admin_status_verbs,
	admin_lab_verbs, admin_export_verbs, admin_batch_verbs,
	admin_template_verbs
};

const struct admin_verb *
admin_verb_find(const char *noun, const char *verb)
{
	const struct admin_verb	*v;
	size_t			 i;

	for (i = 0; i < NELEM(nouns); i++)
		for (v = nouns[i]; v->noun != NULL; v++)
			if (strcmp(v->noun, noun) == 0 &&
			    strcmp(v->verb, verb) == 0)
				return v;
	return NULL;
}

const char *
admin_error_word(int r, unsigned *status)
{
	static const struct {
		int		 r;
		unsigned	 status;
		const char	*word;
	} tab[] = {
		{ DPE_USAGE, 400, "usage" },
		{ DPE_SYNTAX, 400, "invalid" },
		{ DPE_MISSING, 400, "invalid" },
		{ DPE_RANGE, 400, "invalid" },
		{ DPE_UNSUPPORTED, 403, "refused" },
		{ DPE_NOTFOUND, 404, "not_found" },
		{ DPE_EXISTS, 409, "exists" },
		{ DPE_STATE, 409, "state" },
		{ DPE_BUSY, 409, "busy" },
	};
	size_t	 i;

	for (i = 0; i < NELEM(tab); i++)
		if (tab[i].r == r) {
			*status = tab[i].status;
			return tab[i].word;
		}
	*status = 500;
	return "failed";
}
