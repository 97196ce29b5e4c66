/* SPDX-License-Identifier: Apache-2.0 */
/* What goes into a QR code; who asks draws it. */
#include <stdlib.h>

#include "server/admin/internal.h"

static int
qr_show(struct admin_call *call)
{
	struct order	 o = { 0 };
	char		*id = NULL;
	struct jfield	 tab[] = { { "order", JFIELD_TEXT, 0, ROW_ID_TEXT,
	    0 } };
	int		 r;

	if ((r = admin_read(call, tab, 1, &id)) != 0 ||
	    (r = admin_order_get(call, id, &o)) != 0)
		goto out;
	if (o.mid.len == 0)
		r = why_set(&call->why, DPE_STATE, "order %s: is found by its "
		    "EID and has no activation code", o.id);
	else
		r = admin_order_json(call, &o, call->out);
out:
	order_free(&o);
	free(id);
	return r;
}

const struct admin_verb	admin_qr_verbs[] = {
	{ "qr", "show", qr_show },
	{ NULL, NULL, NULL }
};
