/* SPDX-License-Identifier: Apache-2.0 */
/* Who calls: eIMs name themselves in a header of their requests (6.5.1). */
#include <jansson.h>

#include <stdio.h>

#include "server/http/es9_binding.h"

void
es9_actor(const json_t *request, char out[CTX_ACTOR_TEXT])
{
	const json_t	*id;
	const char	*p;
	size_t		 i, n;

	out[0] = '\0';
	id = json_object_get(json_object_get(request, "header"),
	    "functionRequesterIdentifier");
	p = json_string_value(id);
	n = json_string_length(id);
	for (i = 0; i < n && p[i] > ' ' && p[i] <= '~'; i++)
		;
	if (n > 0 && n <= LIM_REQUESTER && i == n)
		snprintf(out, CTX_ACTOR_TEXT, "euicc via %s", p);
}
