/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/asn1_msg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asn1/es9.h"
#include "asn1/pe.h"

#define TRIP(type)							\
static int								\
type##_trip(struct slice in, struct buf *out, int *enc)			\
{									\
	struct type	 x;						\
	int		 r;						\
									\
	if ((r = type##_decode(in, &x)) == 0)				\
		*enc = type##_encode(&x, out);				\
	msg_free(&x.msg);						\
	return r;							\
}

TRIP(auth_response)
TRIP(cancel_response)
TRIP(cancel_signed)
TRIP(configure_isdp)
TRIP(es9_request)
TRIP(es9_response)
TRIP(euicc_info1)
TRIP(euicc_signed1)
TRIP(euicc_signed2)
TRIP(install_data)
TRIP(notification_meta)
TRIP(pending_notification)
TRIP(prepare_response)
TRIP(replace_keys)
TRIP(secure_channel)
TRIP(server_signed1)
TRIP(smdp_signed2)
TRIP(store_metadata)

static int
pe_trip(struct slice in, struct buf *out, int *enc)
{
	struct pe	 pe;
	int		 r;

	if ((r = pe_decode(in, &pe)) == 0)
		*enc = pe_encode(&pe, out);
	pe_free(&pe);
	return r;
}

#define MSG(type)	{ #type, type##_trip }

const struct asn1_msg	asn1_msgs[] = {
	MSG(auth_response),
	MSG(cancel_response),
	MSG(cancel_signed),
	MSG(configure_isdp),
	MSG(es9_request),
	MSG(es9_response),
	MSG(euicc_info1),
	MSG(euicc_signed1),
	MSG(euicc_signed2),
	MSG(install_data),
	MSG(notification_meta),
	MSG(pe),
	MSG(pending_notification),
	MSG(prepare_response),
	MSG(replace_keys),
	MSG(secure_channel),
	MSG(server_signed1),
	MSG(smdp_signed2),
	MSG(store_metadata),
};

const size_t	asn1_msgs_n = NELEM(asn1_msgs);

const struct asn1_msg *
asn1_msg_find(const char *name)
{
	size_t	 n = strcspn(name, ":"), i;

	for (i = 0; i < asn1_msgs_n; i++)
		if (strlen(asn1_msgs[i].name) == n &&
		    strncmp(asn1_msgs[i].name, name, n) == 0)
			return &asn1_msgs[i];
	fprintf(stderr, "no message %s\n", name);
	abort();
}
