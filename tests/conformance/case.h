/* SPDX-License-Identifier: Apache-2.0 */
/* A case of the conformance run, and the tables of them. */
#ifndef TESTS_CONFORMANCE_CASE_H
#define TESTS_CONFORMANCE_CASE_H

#include "tests/conformance/bench.h"

/*
 * One case: an order is made, the steps of the script are done, and what came
 * of the last one is compared with `want`.  Words of a script:
 *
 *   init auth bpp[=CODE] cancel=REASON notify   calls of ES9+
 *   again=FUNCTION        the same body once more
 *   look                  the card reads the answer to init, LPA says nothing
 *   load                  the card installs what it was given
 *   notify=keep           the oldest one, and it stays pending
 *   later                 the oldest pending one goes behind the others
 *   event=WHAT            enable, disable, delete on the card
 *   card=A                another card; swap: another session of it
 *   odd=NAME[:N]          the card misbehaves (tools/vuicc_odd.h); odd=no
 *   mid=TEXT, mid         MatchingID to use; absent
 *   address= svn= sign= verify=      for initiateAuthentication
 *   value= append= remove=PATH[:HEX] in what the card signs next; with outer-
 *                         before it, in the message, unsigned (edit.h)
 *   set=MEMBER:JSON drop=MEMBER      of the next request
 *   conf=KEYWORD:VALUE    one more line of smdpd.conf
 *   certs=CARD            send another card's certificates
 *   octets=-1, octets=+1  cut or lengthen the next message
 *   tid=this, other, lower          transactionId of the next request: of this
 *                         session, of the other one, or in lower case
 *   forget                the card loses its one-time key
 *   clock=SECONDS         time passes; full: too many sessions are open
 *   order=MEMBERS         one more order, which is the one in hand then
 *   admin=VERB            release, cancel, reset, reinstall of that order
 *
 * A step is to be accepted (204 for notify), or answered with what follows it
 * behind a `!`; but the last step is that of `want`: CODE[, FACT VALUE...]
 * with the facts of facts.c.
 */
struct conf_case {
	const char	*words;
	const char	*script;
	const char	*want;
	const char	*order;		/* members of order new; "-": none */
	const char	*type;		/* members of type add */
	enum { BOTH, JSON_ONLY, ASN1_ONLY } binding;
};

/*
 * What is expected and what came, in words; true when they are the same.  A
 * function is given one case and the binding, and opens what it needs.
 */
struct conf_group {
	const char		*function;
	const struct conf_case	*cases;
	size_t			 n;
	bool			(*run)(const struct conf_case *c, bool asn1,
				    struct buf *want, struct buf *got);
};

/* Do a case's script in a bench of its own. */
bool	conf_script(const struct conf_case *c, bool asn1, struct buf *want,
	    struct buf *got);

/*
 * The steps of a script, which is cut up; false, and got says why, when one
 * before the last was not answered as it had to be.
 */
bool	conf_steps(struct bench *b, char *script, struct buf *got);
/* "CODE, FACT VALUE, ..." (which is cut up) as expected, and as it is. */
void	conf_facts(struct bench *b, char *text, struct buf *want,
	    struct buf *got);

/* All tables, in the order of the document. */
extern const struct conf_group *const	conf_groups[];
extern const size_t			conf_groups_n;

/* report.c: the document. */
struct report;
struct report	*report_new(void);
void		 report_free(struct report *r);
/* One more line; its number. */
size_t		 report_add(struct report *r, const char *function,
		    const char *words, bool asn1, const char *code,
		    struct slice want, struct slice got, bool same);
/* The whole text. */
void		 report_text(struct report *r, struct buf *out);
/* Codes of the standard that no case has; a line each. */
void		 report_missing(struct report *r, struct buf *out);

#endif
