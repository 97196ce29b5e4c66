/* SPDX-License-Identifier: Apache-2.0 */
/* Time, chance and the log. */
#include "base/seam.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "tests/unit/test_base.h"

static int64_t
stopped_now(void *arg)
{
	return *(int64_t *)arg;
}

void
clock_can_be_held(void)
{
	int64_t		 t = INT64_C(174400000000), a, b;	/* year 7496 */
	struct clock	 c = { stopped_now, &t };

	CU_ASSERT_EQUAL(clock_now(&c), t);
	a = (int64_t)time(NULL);
	b = clock_now(&clock_system);
	CU_ASSERT_TRUE(b >= a && b <= a + 5);
}

/* Counts up: what is drawn can be told beforehand. */
static void
counting_fill(void *arg, void *p, size_t n)
{
	uint8_t	*next = arg, *at = p;

	while (n-- > 0)
		*at++ = (*next)++;
}

void
chance_can_be_held(void)
{
	uint8_t		 next = 0;
	struct rnd	 r = { counting_fill, &next };
	char		 text[12];

	rnd_digits(&r, text, 11);
	CU_ASSERT_STRING_EQUAL(text, "01234567890");
	next = 249;	/* 250 .. 255 would favour 0 .. 5: left out */
	rnd_digits(&r, text, 3);
	CU_ASSERT_STRING_EQUAL(text, "901");
	next = 0;
	rnd_chars(&r, "AB", text, 4);
	CU_ASSERT_STRING_EQUAL(text, "ABAB");
	rnd_chars(&r, "AB", text, 0);
	CU_ASSERT_STRING_EQUAL(text, "");
}

/* Over all 256 byte values each character is drawn equally often. */
void
chance_is_fair(void)
{
	static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ-";
	size_t		 count[33] = {0}, m = 33, i;
	uint8_t		 next = 0;
	struct rnd	 r = { counting_fill, &next };
	char		 text[256];

	rnd_chars(&r, alphabet, text, 231);	/* 7 * 33, the fair ones */
	for (i = 0; i < 231; i++)
		count[strchr(alphabet, text[i]) - alphabet]++;
	for (i = 0; i < m; i++)
		CU_ASSERT_EQUAL(count[i], 7);
}

void
chance_of_the_system(void)
{
	uint8_t	 a[64] = {0}, b[64] = {0};

	rnd_fill(&rnd_system, a, sizeof(a));
	rnd_fill(&rnd_system, b, sizeof(b));
	CU_ASSERT_NOT_EQUAL(memcmp(a, b, sizeof(a)), 0);
	rnd_fill(&rnd_system, a, 0);
}

/* What fn writes to standard error. */
static void
stderr_of(void (*fn)(void), struct buf *out)
{
	FILE	*f = tmpfile();
	int	 old = dup(STDERR_FILENO);
	ssize_t	 n;

	if (f == NULL || old == -1)
		abort();
	dup2(fileno(f), STDERR_FILENO);
	fn();
	dup2(old, STDERR_FILENO);
	close(old);
	rewind(f);
	n = read(fileno(f), buf_grow(out, 4096), 4096);
	out->len = n > 0 ? (size_t)n : 0;
	fclose(f);
}

static void
log_lines(void)
{
	log_init("worker", LOG_WARN);
	log_info("not shown");
	log_warn("order_bind order=%d", 7);
	log_error("forged name=%s", "a\nb\x1b[1m\x7f");
	log_plain("ready %s", "host");
	log_init("worker", LOG_DEBUG);
	log_debug("shown");
}

void
log_writes_lines(void)
{
	struct buf	 b = {0};
	const char	*s;

	stderr_of(log_lines, &b);
	s = buf_cstr(&b);
	CU_ASSERT_PTR_NULL(strstr(s, "not shown"));
	CU_ASSERT_PTR_NOT_NULL(strstr(s,
	    "Z worker warn order_bind order=7\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(s,
	    "Z worker error forged name=a?b?[1m?\nready host\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(s, "Z worker debug shown\n"));
	CU_ASSERT_EQUAL(s[4], '-');
	CU_ASSERT_EQUAL(s[10], 'T');
	log_init("", LOG_INFO);
	buf_free(&b);
}

static void
log_long(void)
{
	char	 big[5000];

	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	log_error("%s", big);
}

void
log_bounds_a_line(void)
{
	struct buf	 b = {0};

	stderr_of(log_long, &b);
	CU_ASSERT_TRUE(b.len > 1000 && b.len <= 1200);
	CU_ASSERT_EQUAL(b.p[b.len - 1], '\n');
	CU_ASSERT_PTR_EQUAL(strchr(buf_cstr(&b), '\n'), b.p + b.len - 1);
	buf_free(&b);
}

void
log_levels(void)
{
	enum log_level	 l;

	CU_ASSERT_EQUAL(log_level_parse("error", &l), 0);
	CU_ASSERT_EQUAL(l, LOG_ERROR);
	CU_ASSERT_EQUAL(log_level_parse("debug", &l), 0);
	CU_ASSERT_EQUAL(l, LOG_DEBUG);
	CU_ASSERT_EQUAL(log_level_parse("Debug", &l), DPE_USAGE);
	CU_ASSERT_EQUAL(log_level_parse("", &l), DPE_USAGE);
}
