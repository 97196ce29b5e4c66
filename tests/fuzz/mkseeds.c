/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mkseeds FILE DIR [PREFIX]: the values of tests/vec/FILE (whose names begin
 * with PREFIX) as files of their own in DIR, for a fuzzer to begin with.
 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "tests/unit/unit.h"

struct seeds {
	const char	*dir, *prefix;
	int		 failed;
};

static void
seed(void *arg, const char *name, struct slice bytes)
{
	struct seeds	*s = arg;
	struct buf	 path = {0};
	struct why	 why;

	if (strncmp(name, s->prefix, strlen(s->prefix)) != 0)
		return;
	buf_addf(&path, "%s/%s", s->dir, name);
	if (file_write(buf_cstr(&path), bytes, 0644, false, &why) != 0) {
		fprintf(stderr, "mkseeds: %s\n", why.text);
		s->failed = 1;
	}
	buf_free(&path);
}

int
main(int argc, char **argv)
{
	struct seeds	 s = {0};

	if (argc < 3 || argc > 4) {
		fprintf(stderr, "usage: mkseeds FILE DIR [PREFIX]\n");
		return 2;
	}
	s.dir = argv[2];
	s.prefix = argc == 4 ? argv[3] : "";
	unit_vec_each(argv[1], seed, &s);
	return s.failed;
}
