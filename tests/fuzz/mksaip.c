/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mksaip FILE: package and patch map of a built-in template, as fuzz_saip has
 * them: length of the map (u16, big-endian), map, package.
 */
#include <stdio.h>

#include "base/file.h"
#include "server/saip/saip.h"

int
main(int argc, char **argv)
{
	static const struct saip_product	 product = {
		.profile_type = "seed", .spn = "Seed", .plmn = "999-70"
	};
	struct buf				 upp = {0}, map = {0},
						    all = {0};
	struct why				 why = {""};
	int					 r;

	if (argc != 2) {
		fprintf(stderr, "usage: mksaip FILE\n");
		return 2;
	}
	if ((r = saip_template(saip_templates[0], &product, &upp, &map,
	    &why)) == 0) {
		buf_add_u8(&all, (uint8_t)(map.len >> 8));
		buf_add_u8(&all, (uint8_t)map.len);
		buf_add_slice(&all, buf_slice(&map));
		buf_add_slice(&all, buf_slice(&upp));
		r = file_write(argv[1], buf_slice(&all), 0644, false, &why);
	}
	if (r != 0)
		fprintf(stderr, "mksaip: %s\n", why.text);
	buf_free(&upp);
	buf_free(&map);
	buf_free(&all);
	return r != 0;
}
