/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/fs_tab.h"

/* Members above 30 have a tag of two octets. */
static unsigned
member_of(uint32_t tag)
{
	return (tag & ~0x7fU) == 0xbf00 ? tag & 0x7f : tag & 0x1f;
}

const struct fs_row *
fs_row_find(const struct fs_template *t, uint32_t tag, unsigned version)
{
	const struct fs_row	*found = NULL;
	unsigned		 member = member_of(tag);
	size_t			 i;

	for (i = 0; i < t->n; i++)
		if (t->row[i].member == member && (found == NULL ||
		    (t->row[i].since <= version &&
		    t->row[i].since > found->since)))
			found = &t->row[i];
	return found;
}

const char *
fs_kind_name(enum fs_kind k)
{
	static const char *const names[] = {
		[FS_MF] = "MF", [FS_DF] = "DF", [FS_ADF] = "ADF",
		[FS_TR] = "transparent", [FS_LF] = "linear fixed",
		[FS_CY] = "cyclic", [FS_BT] = "BER-TLV",
	};

	return names[k];
}
