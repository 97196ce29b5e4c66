/* SPDX-License-Identifier: Apache-2.0 */
/* smdpd: the daemon's command line. */
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "config.h"
#include "server/parent.h"
#include "server/worker.h"

static void
usage(FILE *f)
{
	fprintf(f,
	    "usage: smdpd -f FILE [-t | -T]\n"
	    "       smdpd --help | --version\n"
	    "\n"
	    "  -f FILE  the configuration, smdpd.conf(5)\n"
	    "  -t       check configuration, certificates and keys, and exit\n"
	    "  -T       print the configuration with its defaults, and exit\n"
	    "\n"
	    "Runs in the foreground and logs on standard error.  SIGTERM ends\n"
	    "it, SIGHUP reloads configuration, certificates and keys.  Takes\n"
	    "sockets from LISTEN_FDS.  A lab is made by `smdpctl init'.\n");
}

static int PRINTF(1, 2)
misused(const char *fmt, ...)
{
	va_list	 ap;

	fputs("smdpd: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputs("; see smdpd --help\n", stderr);
	return 2;
}

enum mode { MODE_RUN, MODE_CHECK, MODE_PRINT };

static int
smdpd_print(struct settings *s)
{
	struct buf	 b = {0};
	int		 r;

	settings_print(s, &b);
	r = file_write("-", buf_slice(&b), 0, false, NULL);
	buf_free(&b);
	return r == 0 ? 0 : 1;
}

static int
smdpd_check(struct settings *s)
{
	struct why	 why = {""};

	if (worker_check(s, &why) != 0) {
		fprintf(stderr, "smdpd: %s\n", why.text);
		return 1;
	}
	printf("%s: good\n", s->path);
	return 0;
}

static int
smdpd_run(const char *path, enum mode mode)
{
	struct settings	 s;
	struct why	 why = {""};
	enum log_level	 level = LOG_INFO;
	int		 status;

	if (settings_load(path, &s, &why) != 0) {
		fprintf(stderr, "smdpd: %s\n", why.text);
		settings_free(&s);
		return 1;
	}
	if (log_level_parse(s.log_level, &level) != 0)
		return 1;
	log_init("parent", level);
	umask(077);
	if (mode == MODE_RUN)
		return parent_run(&s);
	status = mode == MODE_PRINT ? smdpd_print(&s) : smdpd_check(&s);
	settings_free(&s);
	return status;
}

int
main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 }
	};
	const char	*path = NULL;
	enum mode	 mode = MODE_RUN;
	int		 ch;

	opterr = 0;
	while ((ch = getopt_long(argc, argv, "f:tT", longs, NULL)) != -1)
		switch (ch) {
		case 'f':
			path = optarg;
			break;
		case 't':
			mode = MODE_CHECK;
			break;
		case 'T':
			mode = MODE_PRINT;
			break;
		case 'h':
			usage(stdout);
			return 0;
		case 'V':
			printf("smdpd %s\n", PACKAGE_VERSION);
			return 0;
		default:
			return misused("%s: no such option, or its value is "
			    "missing", argv[optind - 1]);
		}
	if (optind != argc)
		return misused("%s: not expected here", argv[optind]);
	if (path == NULL)
		return misused("-f FILE is needed");
	return smdpd_run(path, mode);
}
