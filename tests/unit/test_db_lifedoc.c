/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docs/lifecycle.md against the two tables of db/lifecycle.c: every line of
 * its tables, and its diagrams, which are printed here from the same tables.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tests/unit/db_tests.h"
#include "tests/unit/db_util.h"

/* One of the two tables. */
struct machine {
	const char *const	*states;
	int			 n_states, n_events;
	const char		*(*name)(int e);
	unsigned		 (*from)(int e);
	int			 (*to)(int e);
};

static const char *
profile_name(int e)
{
	return life_event_name((enum life_event)e);
}

static unsigned
profile_from(int e)
{
	return life_from((enum life_event)e);
}

static int
profile_to(int e)
{
	return (int)life_to((enum life_event)e);
}

static const char *
end_name(int e)
{
	return order_event_name((enum order_event)e);
}

static unsigned
end_from(int e)
{
	return order_from((enum order_event)e);
}

static int
end_to(int e)
{
	return (int)order_to((enum order_event)e);
}

static const struct machine	machines[] = {
	{ life_states, LIFE_STATES, LIFE_EVENTS, profile_name, profile_from,
	    profile_to },
	{ order_ends, ORDER_ENDS, ORDER_EVENTS, end_name, end_from, end_to },
};

/* One line of a table. */
static void
table_line(const struct machine *m, int e, struct buf *out)
{
	const char	*sep = "";
	int		 s;

	buf_cut(out, 0);
	buf_addf(out, "\n| `%s` | ", m->name(e));
	for (s = 0; s < m->n_states; s++)
		if (m->from(e) & 1U << s) {
			buf_addf(out, "%s%s", sep, m->states[s]);
			sep = ", ";
		}
	buf_addf(out, " | %s |\n", m->states[m->to(e)]);
}

/* The arrow from one state to another, with all events that take it. */
static bool
arrow(const struct machine *m, int from, int to, struct buf *out)
{
	const char	*sep = ": ";
	int		 e;

	for (e = 0; e < m->n_events; e++) {
		if (m->to(e) != to || (m->from(e) & 1U << from) == 0)
			continue;
		if (sep[0] == ':')
			buf_addf(out, "    %s --> %s", m->states[from],
			    m->states[to]);
		buf_addf(out, "%s%s", sep, m->name(e));
		sep = ", ";
	}
	if (sep[0] == ':')
		return false;
	buf_add_u8(out, '\n');
	return true;
}

/* All begins in the first state; one without an arrow out is the end. */
static void
diagram(const struct machine *m, struct buf *out)
{
	int	 from, to, n;

	buf_cut(out, 0);
	buf_addf(out, "```mermaid\nstateDiagram-v2\n    [*] --> %s\n",
	    m->states[0]);
	for (from = 0; from < m->n_states; from++) {
		for (to = 0, n = 0; to < m->n_states; to++)
			n += arrow(m, from, to, out);
		if (n == 0)
			buf_addf(out, "    %s --> [*]\n", m->states[from]);
	}
	buf_add_str(out, "```\n");
}

/* What is not there is shown, to be put there. */
static void
wanted(struct buf *text, struct buf *part)
{
	char	*line;

	if (strstr(buf_cstr(text), buf_cstr(part)) != NULL)
		return;
	CU_FAIL("docs/lifecycle.md differs from lifecycle.c");
	printf("# docs/lifecycle.md lacks:\n");
	for (line = strtok(buf_cstr(part), "\n"); line != NULL;
	    line = strtok(NULL, "\n"))
		printf("# %s\n", line);
}

static int
count(struct buf *text, const char *word)
{
	const char	*t = buf_cstr(text);
	int		 n = 0;

	for (; (t = strstr(t, word)) != NULL; t++)
		n++;
	return n;
}

/* A line for every event, a diagram for each table, and no other. */
void
life_document(void)
{
	struct buf	 path = {0}, text = {0}, part = {0};
	const char	*top = getenv("TOP_SRCDIR");
	size_t		 i;
	int		 e, lines = 0;

	buf_addf(&path, "%s/docs/lifecycle.md", top == NULL ? "." : top);
	CU_ASSERT_EQUAL_FATAL(file_read(buf_cstr(&path), 65536, &text, NULL),
	    0);
	for (i = 0; i < NELEM(machines); i++) {
		for (e = 0; e < machines[i].n_events; e++, lines++) {
			table_line(&machines[i], e, &part);
			wanted(&text, &part);
		}
		diagram(&machines[i], &part);
		wanted(&text, &part);
	}
	CU_ASSERT_EQUAL(count(&text, "\n| `"), lines);
	CU_ASSERT_EQUAL(count(&text, "stateDiagram"), (int)i);
	buf_free(&path);
	buf_free(&text);
	buf_free(&part);
}
