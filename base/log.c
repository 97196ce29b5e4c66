/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *const names[] = { "error", "warn", "info", "debug" };
static const char *log_who = "";
static enum log_level log_max = LOG_INFO;

void
log_init(const char *who, enum log_level max)
{
	log_who = who;
	log_max = max;
}

int
log_level_parse(const char *word, enum log_level *out)
{
	size_t	 i;

	for (i = 0; i < NELEM(names); i++)
		if (strcmp(word, names[i]) == 0) {
			*out = (enum log_level)i;
			return 0;
		}
	return DPE_USAGE;
}

/*
 * One write(2), so that lines of processes and threads never mix.  Control
 * characters become '?': what a peer sent cannot forge a line.
 */
static void
log_write(const char *level, const char *fmt, va_list ap)
{
	char		 line[1200], when[32];
	struct timespec	 ts;
	struct tm	 tm;
	int		 head, n;
	size_t		 len, i;
	ssize_t		 done;

	clock_gettime(CLOCK_REALTIME, &ts);
	gmtime_r(&ts.tv_sec, &tm);
	strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%S", &tm);
	head = level == NULL ? 0 : snprintf(line, sizeof(line),
	    "%s.%03ldZ %s %s ", when, ts.tv_nsec / 1000000, log_who, level);
	n = vsnprintf(line + head, sizeof(line) - (size_t)head - 1, fmt, ap);
	if (n < 0)
		return;
	len = (size_t)head + (size_t)n;
	if (len > sizeof(line) - 2)
		len = sizeof(line) - 2;
	for (i = 0; i < len; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			line[i] = '?';
	line[len++] = '\n';
	done = write(STDERR_FILENO, line, len);
	(void)done;	/* a log that cannot be written cannot be reported */
}

#define LOG_FN(name, lev)						\
void									\
name(const char *fmt, ...)						\
{									\
	va_list	 ap;							\
									\
	if (lev > log_max)						\
		return;							\
	va_start(ap, fmt);						\
	log_write(names[lev], fmt, ap);					\
	va_end(ap);							\
}

LOG_FN(log_error, LOG_ERROR)
LOG_FN(log_warn, LOG_WARN)
LOG_FN(log_info, LOG_INFO)
LOG_FN(log_debug, LOG_DEBUG)

void
log_plain(const char *fmt, ...)
{
	va_list	 ap;

	va_start(ap, fmt);
	log_write(NULL, fmt, ap);
	va_end(ap);
}
