/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mkseeds [-x HEX] FILE DIR [PATTERN]: the values of tests/vec/FILE (whose
 * names are as the shell's PATTERN) as files of their own in DIR, for a fuzzer
 * to begin with; HEX stands before each.
 */
#include <fnmatch.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/unit/unit.h"

struct seeds {
	const char	*dir, *pattern;
	struct buf	 head;
	int		 failed;
};

static void
seed(void *arg, const char *name, struct slice bytes)
{
	struct seeds	*s = arg;
	struct buf	 path = {0}, all = {0};
	struct why	 why;

	if (fnmatch(s->pattern, name, 0) != 0)
		return;
	buf_add_slice(&all, buf_slice(&s->head));
	buf_add_slice(&all, bytes);
	buf_addf(&path, "%s/%s", s->dir, name);
	if (file_write(buf_cstr(&path), buf_slice(&all), 0644, false,
	    &why) != 0) {
		fprintf(stderr, "mkseeds: %s\n", why.text);
		s->failed = 1;
	}
	buf_free(&path);
	buf_free(&all);
}

int
main(int argc, char **argv)
{
	struct seeds	 s = {0};
	int		 ch, bad = 0;

	while ((ch = getopt(argc, argv, "x:")) != -1)
		if (ch == 'x')
			unit_hex(optarg, &s.head);
		else
			bad = 1;
	argc -= optind;
	argv += optind;
	if (bad || argc < 2 || argc > 3) {
		fprintf(stderr, "usage: mkseeds [-x HEX] FILE DIR "
		    "[PATTERN]\n");
		return 2;
	}
	s.dir = argv[1];
	s.pattern = argc == 3 ? argv[2] : "*";
	unit_vec_each(argv[0], seed, &s);
	buf_free(&s.head);
	return s.failed;
}
