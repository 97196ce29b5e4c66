/* SPDX-License-Identifier: Apache-2.0 */
/* The verbs of smdp-pki. */
#include <sys/stat.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/ident.h"
#include "tools/smdp_pki.h"

static bool
is_directory(const char *path)
{
	struct stat	 st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int
run_init(struct cli *cli, struct why *why)
{
	int	 r;

	if (cli->address == NULL)
		return why_set(why, DPE_USAGE,
		    "init: --address HOST[:PORT] is needed");
	if ((r = pki_lab_init(cli->dir, cli->address, why)) == 0)
		printf("%s: a PKI for %s\n", cli->dir, cli->address);
	return r;
}

static int
run_new(struct cli *cli, struct why *why)
{
	static int (*const	 make[])(struct pki_lab *,
	    const struct pki_want *, struct why *) = {
		[PKI_CI] = pki_lab_ci_new, [PKI_EUM] = pki_lab_eum_new,
		[PKI_EUICC] = pki_lab_euicc_new, [PKI_DP] = pki_lab_dp_new,
		[PKI_TLS] = pki_lab_tls_new, [PKI_CLIENT] = pki_lab_client_new,
		[PKI_CRL] = pki_lab_crl_new
	};
	struct pki_lab	*l;
	const char	*eid = cli->want.eid;
	int		 r;

	if ((r = pki_lab_open(cli->dir, &l, why)) != 0)
		return r;
	r = make[cli->verb->kind](l, &cli->want, why);
	if (r == 0 && eid != NULL && !eid_check_digits(eid))
		fprintf(stderr, "smdp-pki: %s: issued, though its check "
		    "digits are wrong\n", eid);
	pki_lab_free(l);
	return r;
}

static int
run_renew(struct cli *cli, struct why *why)
{
	struct pki_lab	*l;
	int		 r;

	if ((r = pki_lab_open(cli->dir, &l, why)) != 0)
		return r;
	r = pki_lab_renew(l, cli->verb->kind, &cli->want, why);
	pki_lab_free(l);
	return r;
}

static int
run_revoke(struct cli *cli, struct why *why)
{
	struct pki_lab	*l;
	int		 r;

	if ((r = pki_lab_open(cli->dir, &l, why)) != 0)
		return r;
	r = pki_lab_revoke(l, cli->verb->kind, &cli->want, why);
	pki_lab_free(l);
	return r;
}

static int
show_file(const char *path, struct why *why)
{
	struct buf	 text = {0};
	int		 r;

	if ((r = pki_lab_show(path, &text, why)) == 0)
		fputs(buf_cstr(&text), stdout);
	buf_free(&text);
	return r;
}

static int
show_named(struct cli *cli, struct why *why)
{
	static const char *const ends[] = { "", "/auth", "/pb" };
	enum pki_kind	 kind = cli->verb->kind;
	struct pki_lab	*l;
	struct buf	 path = {0};
	size_t		 i, last = kind == PKI_DP ? 2 : 0;
	int		 r;

	if ((r = pki_lab_open(cli->dir, &l, why)) != 0)
		return r;
	for (i = kind == PKI_DP ? 1 : 0; r == 0 && i <= last; i++) {
		buf_cut(&path, 0);
		pki_lab_path(l, kind, cli->want.name, &path);
		buf_addf(&path, "%s.%s", ends[i],
		    kind == PKI_CRL ? "crl" : "crt");
		if (i == 2)
			putchar('\n');
		r = show_file(buf_cstr(&path), why);
	}
	buf_free(&path);
	pki_lab_free(l);
	return r;
}

static int
run_show(struct cli *cli, struct why *why)
{
	if (cli->want.name != NULL)
		return show_named(cli, why);
	if (is_directory(cli->dir))
		return why_set(why, DPE_USAGE,
		    "%s %s: which name in %s?", cli->verb->noun,
		    cli->verb->verb, cli->dir);
	return show_file(cli->dir, why);
}

#define DIR_NAME	"DIR NAME"
#define DIR_MAYBE	"DIR [NAME]"
#define SHOW_ARGS	"FILE | DIR NAME"

#define VERBS_SHOW(noun, kind)						\
	{ noun, "show", kind, run_show, 1, 2, "", SHOW_ARGS,		\
	    "Show what a certificate or list says." }
#define VERBS_RENEW(noun, kind)						\
	{ noun, "renew", kind, run_renew, 2, 2, "t", DIR_NAME,		\
	    "Issue it anew: same key and names, dates from now on." }
#define VERBS_REVOKE(noun, kind, help)					\
	{ noun, "revoke", kind, run_revoke, 2, 2, "t", DIR_NAME, help }
#define ON_LIST		"Put it on the revocation list of its CI."

const struct cli_verb cli_verbs[] = {
	{ NULL, "init", PKI_CI, run_init, 1, 1, "a", "DIR",
	    "A whole PKI for a lab in DIR, which must be absent or empty." },

	{ "ci", "new", PKI_CI, run_new, 1, 2, "codut", DIR_MAYBE,
	    "A certificate issuer: a root that cards and servers trust." },
	VERBS_SHOW("ci", PKI_CI),
	VERBS_RENEW("ci", PKI_CI),
	VERBS_REVOKE("ci", PKI_CI, ON_LIST),

	{ "eum", "new", PKI_EUM, run_new, 1, 2, "ciodt" "n", DIR_MAYBE,
	    "A maker of cards whose EIDs begin with IIN." },
	VERBS_SHOW("eum", PKI_EUM),
	VERBS_RENEW("eum", PKI_EUM),
	VERBS_REVOKE("eum", PKI_EUM, ON_LIST),

	{ "euicc", "new", PKI_EUICC, run_new, 1, 1, "cmeNt", "DIR",
	    "Cards.  Without --eid each gets an EID by chance; each EID "
	    "is printed." },
	VERBS_SHOW("euicc", PKI_EUICC),
	VERBS_RENEW("euicc", PKI_EUICC),
	VERBS_REVOKE("euicc", PKI_EUICC,
	    "Always refused: what is revoked is the card's EUM."),

	{ "dp", "new", PKI_DP, run_new, 1, 2, "ciodt", DIR_MAYBE,
	    "A DPauth and DPpb pair." },
	VERBS_SHOW("dp", PKI_DP),
	VERBS_RENEW("dp", PKI_DP),
	VERBS_REVOKE("dp", PKI_DP, ON_LIST),

	{ "tls", "new", PKI_TLS, run_new, 1, 2, "hiodt", DIR_MAYBE,
	    "A server certificate for these hosts (key always P-256)." },
	VERBS_SHOW("tls", PKI_TLS),
	VERBS_RENEW("tls", PKI_TLS),
	VERBS_REVOKE("tls", PKI_TLS, ON_LIST),

	{ "client", "new", PKI_CLIENT, run_new, 2, 2, "ot", DIR_NAME,
	    "A client certificate for ES2+ and the admin API, by es2/ca, "
	    "which is made first if there is none." },
	VERBS_SHOW("client", PKI_CLIENT),
	VERBS_RENEW("client", PKI_CLIENT),
	VERBS_REVOKE("client", PKI_CLIENT,
	    "Put it on the list of the client CA, es2/ca.crl."),

	{ "crl", "new", PKI_CRL, run_new, 1, 2, "t", DIR_MAYBE,
	    "An empty list of the CI called NAME, or of each without one." },
	VERBS_SHOW("crl", PKI_CRL),
	{ "crl", "renew", PKI_CRL, run_renew, 1, 2, "t", DIR_MAYBE,
	    "The same entries with new dates: of NAME, or every list." },
};
const size_t cli_n_verbs = NELEM(cli_verbs);
