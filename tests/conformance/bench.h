/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a case of the conformance run works on: a server without a network
 * (tests/unit/rsp_env.h) behind the bindings of server/http/, and the virtual
 * eUICCs that talk to it.  Whatever the bench itself cannot do aborts.
 */
#ifndef TESTS_CONFORMANCE_BENCH_H
#define TESTS_CONFORMANCE_BENCH_H

#include <jansson.h>

#include "server/http/http.h"
#include "tests/conformance/edit.h"
#include "tests/unit/rsp_env.h"
#include "tools/vuicc_card.h"

/*
 * The cards: A and B (P-256), C (brainpoolP256r1), D of a trusted CI under
 * which we have no certificates, E of an EUM that is revoked.
 */
#define BENCH_CARDS	5
#define BENCH_CALLS	5

struct bench_card {
	struct vuicc_state	*state;		/* NULL: not opened yet */
	struct vuicc_card	 card;
};

/* What the LPA puts into initiateAuthentication; NULL: what is usual. */
struct bench_ask {
	const char	*address, *svn, *sign, *verify;
};

struct bench {
	struct env		 env;
	bool			 asn1;		/* the binding */
	bool			 hold;		/* build bodies, send nothing */
	struct crypto		*crypto;	/* the cards' */
	struct pki		*pki;
	struct bench_card	 cards[BENCH_CARDS];
	struct bench_card	*at;		/* the one in hand */
	struct vuicc_odds	 odds;
	struct vuicc_session	 s, other;	/* in hand, and put aside */
	json_t			*init, *other_init;	/* how they began */
	struct bench_ask	 ask;
	struct edits		 edits;
	json_t			*set;		/* members; null: drop it */
	char			 certs;		/* whose; 0: its own */
	int			 octets;	/* -1: one less, 1: one more */
	/* the order in hand */
	char			 order[ROW_ID_TEXT];
	char			 iccid[ICCID_TEXT];
	char			*mid;		/* NULL: absent */
	/* the last call and its answer */
	const char		*function;
	json_t			*sent[BENCH_CALLS];	/* by function */
	struct http_answer	 an;
	json_t			*answer;	/* as JSON has it, or NULL */
	char			 code[48];	/* "accepted", "8.1/6.1" */
	struct buf		 body;		/* the last request */
	struct buf		 answers[2];	/* the last two */
	struct buf		 packages[2];
};

/* The PKI of all cases, made once. */
void		 bench_pki_make(void);
void		 bench_pki_remove(void);
const char	*bench_pki_dir(void);

void		 bench_open(struct bench *b, bool asn1);
void		 bench_close(struct bench *b);
/*
 * "KEYWORD:VALUE" as a line of smdpd.conf, which is read again; a value $eid,
 * $eum or $euicc is the EID, or a key id of the certificates, of the card.
 */
void		 bench_conf(struct bench *b, const char *line);
/* Say what is wrong with the bench (not with the server), and abort. */
void		 bench_broken(const char *what, const char *detail)
		    __attribute__((noreturn));

/* admin.c: what an administrator does.  in: members of the JSON object. */
void		 bench_admin(struct bench *b, const char *words,
		    const char *in);
void		 bench_type(struct bench *b, const char *members);
/* A profile and an order of it, which is the one in hand from here. */
void		 bench_order(struct bench *b, const char *members);

/* facts.c: the value of a fact ("profile", "downloads" ...) as text. */
void		 bench_fact(struct bench *b, const char *fact, char *out,
		    size_t size);

/* wire.c: post a request in the binding's form, and read the answer. */
void		 bench_post(struct bench *b, const char *function,
		    json_t *request);
/* The last request of this function once more. */
void		 bench_post_again(struct bench *b, const char *function);
/* A body to where the last request went; b->an is what came. */
void		 bench_send(struct bench *b, struct slice body);
/* What b->an is an answer of b->function to: b->answer and b->code. */
void		 bench_read(struct bench *b);
/* Any request: what came is in b->an and b->code. */
void		 bench_http(struct bench *b, const char *method,
		    const char *path, const char *type, struct slice body);

/* lpa.c: what card and LPA do. */
void		 bench_card(struct bench *b, char which);
void		 bench_forge(struct bench *b);
void		 bench_init(struct bench *b);
/* The card looks at the answer to that, and what it says is not sent. */
void		 bench_look(struct bench *b);
void		 bench_auth(struct bench *b);
void		 bench_bpp(struct bench *b, const char *cc);
/* The card loses its one-time key. */
void		 bench_forget(struct bench *b);
void		 bench_load(struct bench *b);
void		 bench_later(struct bench *b);
void		 bench_notify(struct bench *b, bool keep);
void		 bench_cancel(struct bench *b, long reason);
/* The session in hand is put aside, and that which was aside taken up. */
void		 bench_swap(struct bench *b);
/* "enable", "disable", "delete" on the card. */
void		 bench_event(struct bench *b, const char *what);
/* SubjectKeyIdentifier of 'P' (P-256), 'B', 'O' (without pair), 'X' (none). */
struct slice	 bench_ci(struct bench *b, char which);

#endif
