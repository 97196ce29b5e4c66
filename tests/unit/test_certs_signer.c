/* SPDX-License-Identifier: Apache-2.0 */
/* The signer as it runs: a process of its own behind socketpairs. */
#include "certs/signer.h"

#include <sys/socket.h>
#include <sys/wait.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/der.h"
#include "certs/internal.h"
#include "certs/signer_wire.h"
#include "tests/unit/test_certs.h"
#include "tests/unit/unit.h"

#define SESSION	"certs_session"

struct bench {
	struct crypto	*c;
	const char	*dir;
	int		 fd[2];		/* worker's end, signer's end */
	struct signer	*s;
	uint8_t		 ci[2][20];	/* by curve */
	pid_t		 pid;
};

/* Start a signer on the bench's socket and wait until it is ready. */
static void
bench_start(struct bench *b)
{
	uint8_t	 octet;
	int	 ready[2];

	if (pipe(ready) == -1 || (b->pid = fork()) == -1)
		abort();
	if (b->pid == 0) {
		close(ready[0]);
		close(b->fd[0]);
		_exit(signer_serve(b->dir, &b->fd[1], 1, ready[1], NULL) != 0);
	}
	close(ready[1]);
	CU_ASSERT_EQUAL_FATAL(read(ready[0], &octet, 1), 1);
	close(ready[0]);
}

static void
bench_open(struct bench *b)
{
	struct buf	 ski;
	int		 i;

	memset(b, 0, sizeof(*b));
	b->c = must_crypto();
	b->dir = dir_make_full(b->c);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, b->fd) == -1)
		abort();
	for (i = 0; i < 2; i++) {
		ski = vec("certs_pki", "%s.ci.ski", vec_curve((enum curve)i));
		memcpy(b->ci[i], ski.p, 20);
		buf_free(&ski);
	}
	b->s = signer_new(b->fd[0]);
}

/* Both ends closed: the signer has to end by itself, and well. */
static void
bench_close(struct bench *b)
{
	int	 status = -1;

	signer_free(b->s);
	close(b->fd[1]);
	if (b->pid > 0) {
		CU_ASSERT_EQUAL(waitpid(b->pid, &status, 0), b->pid);
		CU_ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	dir_remove(b->dir);
	crypto_free(b->c);
}

/* Sign the bytes of a session and verify with the certificate's key. */
static int
bench_sign(struct bench *b, enum signer_role role, enum curve curve,
    struct slice data)
{
	struct buf	 point = vec("certs_pki", "%s.%s.point",
			    vec_curve(curve),
			    role == SIGNER_DP_AUTH ? "dpauth" : "dppb");
	struct pubkey	*k;
	uint8_t		 sig[SIG_LEN];
	int		 r;

	if ((r = signer_sign(b->s, role, b->ci[curve], data, sig)) == 0) {
		CU_ASSERT_EQUAL_FATAL(pubkey_new(b->c, curve,
		    buf_slice(&point), &k), 0);
		CU_ASSERT_EQUAL(sig_verify(b->c, k, &data, 1,
		    slice_of(sig, SIG_LEN)), 0);
		pubkey_free(k);
	}
	buf_free(&point);
	return r;
}

void
signer_signs(void)
{
	static const char *const	 session[] = { "nist_skeys",
					    "brainpool_skeys" };
	struct bench			 b;
	struct buf			 d;
	int				 i;

	bench_open(&b);
	bench_start(&b);
	for (i = 0; i < CURVE_COUNT; i++) {
		d = vec(SESSION, "%s.server1.tbs", session[i]);
		CU_ASSERT_EQUAL(bench_sign(&b, SIGNER_DP_AUTH, (enum curve)i,
		    buf_slice(&d)), 0);
		buf_free(&d);
		d = vec(SESSION, "%s.smdp2.tbs", session[i]);
		CU_ASSERT_EQUAL(bench_sign(&b, SIGNER_DP_PB, (enum curve)i,
		    buf_slice(&d)), 0);
		buf_free(&d);
		d = vec(SESSION, "%s.smdp.tbs", session[i]);
		CU_ASSERT_EQUAL(bench_sign(&b, SIGNER_DP_PB, (enum curve)i,
		    buf_slice(&d)), 0);
		buf_free(&d);
	}
	bench_close(&b);
}

/* Neither cut, nor longer, nor with another tag anywhere on its top levels. */
static void
shape_strict(enum signer_role role, const struct buf *good)
{
	struct slice	 s = buf_slice(good);
	struct buf	 b = {0};
	size_t		 n;

	CU_ASSERT_EQUAL(signer_shape(role, s), 0);
	CU_ASSERT_EQUAL(signer_shape(role == SIGNER_DP_AUTH ? SIGNER_DP_PB :
	    SIGNER_DP_AUTH, s), DPE_USAGE);
	for (n = 0; n < s.len; n++)
		CU_ASSERT_EQUAL(signer_shape(role, slice_sub(s, 0, n)),
		    DPE_USAGE);
	buf_set(&b, s);
	buf_add_u8(&b, 0);
	CU_ASSERT_EQUAL(signer_shape(role, buf_slice(&b)), DPE_USAGE);
	buf_set(&b, s);
	b.p[0] ^= 0x01;
	CU_ASSERT_EQUAL(signer_shape(role, buf_slice(&b)), DPE_USAGE);
	buf_set(&b, s);
	der_wrap(&b, 0, 0x30);
	CU_ASSERT_EQUAL(signer_shape(role, buf_slice(&b)), DPE_USAGE);
	buf_set(&b, s);
	buf_add_slice(&b, s);
	CU_ASSERT_EQUAL(signer_shape(role, buf_slice(&b)), DPE_USAGE);
	buf_free(&b);
}

/* ServerSigned1 from these TLVs in hex. */
static int
shape_of(enum signer_role role, const char *members, const char *behind)
{
	struct buf	 b = {0};
	int		 r;

	unit_hex(members, &b);
	der_wrap(&b, 0, 0x30);
	unit_hex(behind, &b);
	r = signer_shape(role, buf_slice(&b));
	buf_free(&b);
	return r;
}

#define TID	"8001aa"
#define EUICC	"811000112233445566778899aabbccddeeff"
#define HOST	"830161"
#define SERVER	"841000112233445566778899aabbccddeeff"
#define EIGHT	"0001020304050607"
#define SIG	"5f3740" EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT
#define OTPK	"5f494104" EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT

void
signer_shapes(void)
{
	struct buf	 d = vec(SESSION, "nist_skeys.server1.tbs");

	shape_strict(SIGNER_DP_AUTH, &d);
	buf_free(&d);
	d = vec(SESSION, "nist_skeys.smdp2.tbs");
	shape_strict(SIGNER_DP_PB, &d);
	buf_free(&d);
	d = vec(SESSION, "nist_skeys.smdp.tbs");
	shape_strict(SIGNER_DP_PB, &d);
	buf_free(&d);
	CU_ASSERT_EQUAL(shape_of(SIGNER_DP_AUTH, TID EUICC HOST SERVER, ""),
	    0);
	CU_ASSERT_EQUAL(shape_of(SIGNER_DP_AUTH, TID EUICC SERVER HOST, ""),
	    DPE_USAGE);
	CU_ASSERT_EQUAL(shape_of(SIGNER_DP_AUTH, TID EUICC HOST, ""),
	    DPE_USAGE);
	CU_ASSERT_EQUAL(shape_of(SIGNER_DP_AUTH, TID EUICC HOST SERVER TID,
	    ""), DPE_USAGE);
	CU_ASSERT_EQUAL(shape_of(SIGNER_DP_AUTH, "8000" EUICC HOST SERVER,
	    ""), DPE_USAGE);
	CU_ASSERT_EQUAL(shape_of(SIGNER_DP_AUTH, TID "8101aa" HOST SERVER,
	    ""), DPE_USAGE);
	CU_ASSERT_EQUAL(shape_of(SIGNER_DP_PB, TID "010100", SIG), 0);
	CU_ASSERT_EQUAL(shape_of(SIGNER_DP_PB, TID "0101ff" OTPK, SIG), 0);
	CU_ASSERT_EQUAL(shape_of(SIGNER_DP_PB, TID "010100", ""), DPE_USAGE);
	CU_ASSERT_EQUAL(shape_of(SIGNER_DP_PB, TID "010100", "5f3701aa"),
	    DPE_USAGE);
	CU_ASSERT_EQUAL(shape_of(SIGNER_DP_PB, TID "010100" OTPK OTPK, SIG),
	    DPE_USAGE);
	CU_ASSERT_EQUAL(shape_of(SIGNER_DP_PB, TID "010100" SIG, SIG),
	    DPE_USAGE);
	CU_ASSERT_EQUAL(shape_of(SIGNER_DP_PB, TID EUICC HOST SERVER, SIG),
	    DPE_USAGE);
	CU_ASSERT_EQUAL(signer_shape((enum signer_role)7, slice_str("0")),
	    DPE_USAGE);
}

/* Send raw octets as a worker might, and take the answer's result. */
static int
raw(struct bench *b, const void *p, size_t n, uint64_t number)
{
	struct signer_answer	 a;

	CU_ASSERT_EQUAL(send(b->fd[0], p, n, 0), (ssize_t)n);
	CU_ASSERT_EQUAL_FATAL(recv(b->fd[0], &a, sizeof(a), 0),
	    (ssize_t)sizeof(a));
	CU_ASSERT_EQUAL(a.number, number);
	return a.result;
}

void
signer_refuses(void)
{
	struct bench		 b;
	struct buf		 tbs = vec("certs_pki", "p256.dppb.cert");
	struct buf		 good = vec(SESSION, "nist_skeys.server1.tbs");
	uint8_t			 sig[SIG_LEN], none[20] = {0};
	struct signer_request	 q[2];

	bench_open(&b);
	bench_start(&b);
	CU_ASSERT_EQUAL(bench_sign(&b, SIGNER_DP_AUTH, CURVE_P256,
	    buf_slice(&tbs)), DPE_USAGE);
	CU_ASSERT_EQUAL(bench_sign(&b, SIGNER_DP_PB, CURVE_P256,
	    buf_slice(&good)), DPE_USAGE);
	CU_ASSERT_EQUAL(signer_sign(b.s, SIGNER_DP_AUTH, none,
	    buf_slice(&good), sig), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(signer_sign(b.s, SIGNER_DP_AUTH, b.ci[0],
	    slice_of(q, SIGNER_DATA + 1), sig), DPE_USAGE);
	CU_ASSERT_EQUAL(signer_sign(b.s, SIGNER_DP_AUTH, b.ci[0],
	    slice_of(q, 0), sig), DPE_USAGE);
	memset(q, 0, sizeof(q));
	q[0].number = 77;
	CU_ASSERT_EQUAL(raw(&b, q, SIGNER_HEAD, 77), DPE_USAGE);
	CU_ASSERT_EQUAL(raw(&b, q, 8, 77), DPE_USAGE);
	CU_ASSERT_EQUAL(raw(&b, q, sizeof(q), 77), DPE_USAGE);
	q[0].role = 2;
	CU_ASSERT_EQUAL(raw(&b, q, 100, 77), DPE_USAGE);
	CU_ASSERT_EQUAL(send(b.fd[0], q, 7, 0), 7);	/* no answer */
	CU_ASSERT_EQUAL(bench_sign(&b, SIGNER_DP_AUTH, CURVE_P256,
	    buf_slice(&good)), 0);
	bench_close(&b);
	buf_free(&tbs);
	buf_free(&good);
}

void
signer_wrong_key(void)
{
	struct crypto	*c = must_crypto();
	const char	*dir = dir_make_full(c);
	struct privkey	*k = must_key(c, CURVE_P256, "dpauth");
	struct buf	 pem = {0};
	struct why	 why = {{0}};
	int		 fd = -1;

	CU_ASSERT_EQUAL(signer_serve(dir, &fd, 0, -1, &why), 0);
	CU_ASSERT_EQUAL(privkey_pem(k, &pem), 0);
	dir_put(dir, "dp/nist/pb.key", buf_slice(&pem));
	CU_ASSERT_EQUAL(signer_serve(dir, &fd, 0, -1, &why), DPE_CERT);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "dp/nist/pb.key"));
	dir_put(dir, "dp/nist/pb.key", slice_str("junk"));
	CU_ASSERT_EQUAL(signer_serve(dir, &fd, 0, -1, &why), DPE_SYNTAX);
	buf_free(&pem);
	privkey_free(k);
	dir_remove(dir);
	crypto_free(c);
}

/* One dies with a request on its way; its follower answers on that socket. */
void
signer_replaced(void)
{
	struct bench	 b;
	struct buf	 d = vec(SESSION, "nist_skeys.server1.tbs");
	int		 i, status;

	bench_open(&b);
	for (i = 0; i < 3; i++) {
		bench_start(&b);
		CU_ASSERT_EQUAL(bench_sign(&b, SIGNER_DP_AUTH, CURVE_P256,
		    buf_slice(&d)), 0);
		CU_ASSERT_EQUAL(kill(b.pid, SIGKILL), 0);
		CU_ASSERT_EQUAL(waitpid(b.pid, &status, 0), b.pid);
		CU_ASSERT_EQUAL(send(b.fd[0], "lost request", 12, 0), 12);
	}
	bench_start(&b);
	CU_ASSERT_EQUAL(bench_sign(&b, SIGNER_DP_AUTH, CURVE_P256,
	    buf_slice(&d)), 0);
	bench_close(&b);
	buf_free(&d);
}

void
signer_stale_answers(void)
{
	struct bench		 b;
	struct buf		 d = vec(SESSION, "nist_skeys.server1.tbs");
	struct signer_answer	 a;
	int			 i;

	bench_open(&b);
	memset(&a, 0, sizeof(a));
	for (i = 0; i < 5; i++) {	/* of a worker that is no more */
		a.number = (uint64_t)i + 1;
		CU_ASSERT_EQUAL(send(b.fd[1], &a, sizeof(a), 0),
		    (ssize_t)sizeof(a));
		CU_ASSERT_EQUAL(send(b.fd[1], "short", 5, 0), 5);
	}
	bench_start(&b);
	CU_ASSERT_EQUAL(bench_sign(&b, SIGNER_DP_AUTH, CURVE_P256,
	    buf_slice(&d)), 0);
	bench_close(&b);
	buf_free(&d);
}

void
signer_gone(void)
{
	struct bench	 b;
	struct buf	 d = vec(SESSION, "nist_skeys.server1.tbs");

	bench_open(&b);
	close(b.fd[1]);
	b.fd[1] = -1;
	CU_ASSERT_EQUAL(bench_sign(&b, SIGNER_DP_AUTH, CURVE_P256,
	    buf_slice(&d)), DPE_PEER);
	bench_close(&b);
	buf_free(&d);
}
