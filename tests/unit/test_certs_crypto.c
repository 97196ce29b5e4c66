/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hex.h"
#include "certs/bsp.h"
#include "certs/milenage.h"
#include "tests/unit/test_certs.h"
#include "tests/unit/unit.h"

#define KDF	"certs_kdf"

static void
kdf_bsp(struct crypto *c, int i)
{
	struct buf	 z = vec(KDF, "bsp.%d.z", i);
	struct buf	 host = vec(KDF, "bsp.%d.host", i);
	struct buf	 eid = vec(KDF, "bsp.%d.eid", i);
	struct buf	 data = vec(KDF, "bsp.%d.data", i);
	struct bsp_keys	 keys;

	CU_ASSERT_EQUAL_FATAL(z.len, 32);
	CU_ASSERT_EQUAL_FATAL(eid.len, 16);
	bsp_derive(c, z.p, buf_slice(&host), eid.p, &keys);
	unit_same("chaining", slice_of(keys.mac_chaining, 16),
	    slice_sub(buf_slice(&data), 0, 16));
	unit_same("enc", slice_of(keys.enc, 16),
	    slice_sub(buf_slice(&data), 16, 16));
	unit_same("mac", slice_of(keys.mac, 16),
	    slice_sub(buf_slice(&data), 32, 16));
	buf_free(&z);
	buf_free(&host);
	buf_free(&eid);
	buf_free(&data);
}

void
kdf_vectors(void)
{
	struct crypto	*c = must_crypto();
	struct buf	 z, info, want;
	uint8_t		 out[128];
	int		 i;

	for (i = 0; vec_has(KDF, "bsp.%d.z", i); i++)
		kdf_bsp(c, i);
	CU_ASSERT_EQUAL(i, 4);
	for (i = 0; vec_has(KDF, "x963.%d.z", i); i++) {
		z = vec(KDF, "x963.%d.z", i);
		info = vec(KDF, "x963.%d.info", i);
		want = vec(KDF, "x963.%d.out", i);
		CU_ASSERT_FATAL(want.len <= sizeof(out));
		x963_kdf(c, buf_slice(&z), buf_slice(&info), out, want.len);
		unit_same("x963", slice_of(out, want.len), buf_slice(&want));
		buf_free(&z);
		buf_free(&info);
		buf_free(&want);
	}
	CU_ASSERT_EQUAL(i, 5);
	crypto_free(c);
}

void
ecdh_vectors(void)
{
	struct crypto	*c = must_crypto();
	struct privkey	*own;
	struct pubkey	*peer, *other = NULL;
	struct buf	 d, p, want;
	uint8_t		 z[32];
	int		 i;

	for (i = 0; i < CURVE_COUNT; i++) {
		d = vec(KDF, "%s.d", vec_curve((enum curve)i));
		p = vec(KDF, "%s.peer", vec_curve((enum curve)i));
		want = vec(KDF, "%s.z", vec_curve((enum curve)i));
		CU_ASSERT_EQUAL_FATAL(privkey_from_scalar(c, (enum curve)i,
		    buf_slice(&d), &own), 0);
		CU_ASSERT_EQUAL_FATAL(pubkey_new(c, (enum curve)i,
		    buf_slice(&p), &peer), 0);
		CU_ASSERT_TRUE(pubkey_curve(peer) == (enum curve)i);
		CU_ASSERT_EQUAL(ecdh_derive(c, own, peer, z), 0);
		unit_same("z", slice_of(z, 32), buf_slice(&want));
		if (other != NULL)
			CU_ASSERT_EQUAL(ecdh_derive(c, own, other, z),
			    DPE_POINT);
		pubkey_free(other);
		other = peer;
		privkey_free(own);
		buf_free(&d);
		buf_free(&p);
		buf_free(&want);
	}
	pubkey_free(other);
	crypto_free(c);
}

void
points_refused(void)
{
	struct crypto	*c = must_crypto();
	struct pubkey	*k;
	struct buf	 b;
	int		 i;

	for (i = 0; vec_has(KDF, "bad.%d", i); i++) {
		b = vec(KDF, "bad.%d", i);
		CU_ASSERT_EQUAL(pubkey_new(c, CURVE_P256, buf_slice(&b), &k),
		    DPE_POINT);
		CU_ASSERT_PTR_NULL(k);
		buf_free(&b);
	}
	CU_ASSERT_EQUAL(i, 6);
	b = vec("certs_pki", "p256.eum.point");
	CU_ASSERT_EQUAL(pubkey_new(c, CURVE_BP256, buf_slice(&b), &k),
	    DPE_POINT);
	b.p[0] = 0x06;		/* the hybrid form */
	CU_ASSERT_EQUAL(pubkey_new(c, CURVE_P256, buf_slice(&b), &k),
	    DPE_POINT);
	buf_free(&b);
	CU_ASSERT_EQUAL(pubkey_new(c, CURVE_P256, slice_of(NULL, 0), &k),
	    DPE_POINT);
	crypto_free(c);
}

void
ecdsa_encodings(void)
{
	struct crypto	*c = must_crypto();
	struct buf	 point = vec("certs_ecdsa", "point"), msg, raw, der;
	struct buf	 made = {0};
	struct slice	 part;
	struct pubkey	*k;
	uint8_t		 back[SIG_LEN];
	int		 i;

	CU_ASSERT_EQUAL_FATAL(pubkey_new(c, CURVE_P256, buf_slice(&point),
	    &k), 0);
	for (i = 0; vec_has("certs_ecdsa", "%d.raw", i); i++) {
		msg = vec("certs_ecdsa", "%d.msg", i);
		raw = vec("certs_ecdsa", "%d.raw", i);
		der = vec("certs_ecdsa", "%d.der", i);
		buf_cut(&made, 0);
		CU_ASSERT_EQUAL(sig_to_der(buf_slice(&raw), &made), 0);
		unit_same("der", buf_slice(&made), buf_slice(&der));
		CU_ASSERT_EQUAL(sig_from_der(buf_slice(&der), back), 0);
		unit_same("raw", slice_of(back, SIG_LEN), buf_slice(&raw));
		part = buf_slice(&msg);
		CU_ASSERT_EQUAL(sig_verify(c, k, &part, 1, buf_slice(&raw)),
		    0);
		CU_ASSERT_EQUAL(sig_verify_der(c, k, part, buf_slice(&der)),
		    0);
		CU_ASSERT_EQUAL(sig_verify(c, k, &part, 1, buf_slice(&der)),
		    DPE_SIG);
		buf_free(&msg);
		buf_free(&raw);
		buf_free(&der);
	}
	CU_ASSERT_EQUAL(i, 3);
	pubkey_free(k);
	buf_free(&made);
	buf_free(&point);
	crypto_free(c);
}

void
ecdsa_der_refused(void)
{
	static const char *const bad[] = {
		"", "30", "3000", "3003020101", "300602010102010100",
		"3006028101010201", "300702020001020101", "3006020181020101",
		"3006020101030101", "30050200020101", "3105020101020101",
	};
	struct buf	 b = {0};
	uint8_t		 out[SIG_LEN];
	size_t		 i;

	for (i = 0; i < NELEM(bad); i++) {
		buf_cut(&b, 0);
		unit_hex(bad[i], &b);
		CU_ASSERT_EQUAL(sig_from_der(buf_slice(&b), out), DPE_SYNTAX);
	}
	buf_cut(&b, 0);		/* 33 octets that are not a leading zero */
	unit_hex("3026022101", &b);
	for (i = 0; i < 32; i++)
		buf_add_u8(&b, 7);
	unit_hex("020101", &b);
	CU_ASSERT_EQUAL(sig_from_der(buf_slice(&b), out), DPE_SYNTAX);
	buf_free(&b);
}

/* Of a digest that somebody else has made. */
static void
sign_digest(struct crypto *c, const struct privkey *k, const struct pubkey *p,
    struct slice data)
{
	struct buf	 der = {0};
	uint8_t		 hash[65] = {0};

	sha256(c, data, hash);
	buf_add_str(&der, "x");
	CU_ASSERT_EQUAL(sig_sign_hash(k, slice_of(hash, 32), &der), 0);
	CU_ASSERT_EQUAL(sig_verify_der(c, p, data, slice_sub(buf_slice(&der),
	    1, der.len)), 0);
	buf_cut(&der, 1);
	CU_ASSERT_EQUAL(sig_sign_hash(k, slice_of(hash, 19), &der),
	    DPE_CRYPTO);
	CU_ASSERT_EQUAL(sig_sign_hash(k, slice_of(hash, 65), &der),
	    DPE_CRYPTO);
	CU_ASSERT_EQUAL(der.len, 1);
	buf_free(&der);
}

void
sign_and_verify(void)
{
	struct crypto	*c = must_crypto();
	struct slice	 whole = slice_str("one and two");
	struct slice	 parts[2] = { slice_str("one and"), slice_str(" two") };
	struct privkey	*k;
	struct pubkey	*p;
	uint8_t		 sig[SIG_LEN], point[POINT_LEN];
	int		 i;

	for (i = 0; i < 2 * CURVE_COUNT; i++) {
		CU_ASSERT_EQUAL_FATAL(privkey_generate(c, (enum curve)(i / 2),
		    &k), 0);
		CU_ASSERT_TRUE(privkey_curve(k) == (enum curve)(i / 2));
		privkey_point(k, point);
		CU_ASSERT_EQUAL_FATAL(pubkey_new(c, privkey_curve(k),
		    slice_of(point, POINT_LEN), &p), 0);
		CU_ASSERT_EQUAL(sig_sign(c, k, whole, sig), 0);
		CU_ASSERT_EQUAL(sig_verify(c, p, parts, 2,
		    slice_of(sig, SIG_LEN)), 0);
		CU_ASSERT_EQUAL(sig_verify(c, p, parts, 1,
		    slice_of(sig, SIG_LEN)), DPE_SIG);
		sign_digest(c, k, p, whole);
		sig[SIG_LEN - 1] ^= 1;
		CU_ASSERT_EQUAL(sig_verify(c, p, parts, 2,
		    slice_of(sig, SIG_LEN)), DPE_SIG);
		memset(sig, 0, sizeof(sig));
		CU_ASSERT_EQUAL(sig_verify(c, p, parts, 2,
		    slice_of(sig, SIG_LEN)), DPE_SIG);
		CU_ASSERT_EQUAL(sig_verify(c, p, parts, 2,
		    slice_of(sig, SIG_LEN - 1)), DPE_SIG);
		pubkey_free(p);
		privkey_free(k);
	}
	crypto_free(c);
}

static void
key_file(const char *path, struct slice text, int want, const uint8_t *point)
{
	struct privkey	*k = NULL;
	struct why	 why = {{0}};
	uint8_t		 got[POINT_LEN];

	unlink(path);
	CU_ASSERT_EQUAL_FATAL(file_write(path, text, 0600, true, NULL), 0);
	CU_ASSERT_EQUAL(privkey_load(path, &k, &why), want);
	if (want != 0) {
		CU_ASSERT_PTR_NULL(k);
		CU_ASSERT_PTR_NOT_NULL(strstr(why.text, path));
	} else if (k != NULL) {
		privkey_point(k, got);
		unit_same("point", slice_of(got, POINT_LEN),
		    slice_of(point, POINT_LEN));
	}
	privkey_free(k);
	unlink(path);
}

void
key_files(void)
{
	static const char	 p384[] =	/* SEC1, secp384r1 */
	    "303e0201010430000000000000000000000000000000000000000000000000"
	    "000000000000000000000000000000000000000000000007a00706052b8104"
	    "0022";
	struct crypto		*c = must_crypto();
	struct privkey		*k = must_key(c, CURVE_BP256, "dpauth");
	struct buf		 d = vec("certs_pki", "bp256.dpauth.d");
	struct buf		 b = {0};
	char			 path[64];
	uint8_t			 point[POINT_LEN];

	snprintf(path, sizeof(path), "unit_certs_key.%ld", (long)getpid());
	privkey_point(k, point);
	CU_ASSERT_EQUAL(privkey_pem(k, &b), 0);
	key_file(path, buf_slice(&b), 0, point);
	key_file(path, slice_sub(buf_slice(&b), 0, b.len / 2), DPE_SYNTAX,
	    NULL);
	buf_cut(&b, 0);		/* SEC1, as DER, without the public half */
	unit_hex("30320201010420", &b);
	buf_add_slice(&b, buf_slice(&d));
	unit_hex("a00b06092b2403030208010107", &b);
	key_file(path, buf_slice(&b), 0, point);
	b.p[b.len - 1] = 0x55;
	key_file(path, buf_slice(&b), DPE_SYNTAX, NULL);
	buf_cut(&b, 0);
	unit_hex(p384, &b);
	key_file(path, buf_slice(&b), DPE_UNSUPPORTED, NULL);
	key_file(path, slice_str("nothing"), DPE_SYNTAX, NULL);
	privkey_free(k);
	CU_ASSERT_EQUAL(privkey_load("/nonexistent/key", &k, NULL),
	    DPE_NOTFOUND);
	CU_ASSERT_EQUAL(privkey_from_scalar(c, CURVE_P256,
	    slice_of(point, 31), &k), DPE_RANGE);
	memset(point, 0xff, 32);	/* not below the order */
	CU_ASSERT_NOT_EQUAL(privkey_from_scalar(c, CURVE_P256,
	    slice_of(point, 32), &k), 0);
	CU_ASSERT_PTR_NULL(k);
	buf_free(&b);
	buf_free(&d);
	crypto_free(c);
}

static void
hash_is(const char *what, const uint8_t *got, size_t n, const char *want)
{
	struct buf	 b = {0};

	unit_hex(want, &b);
	unit_same(what, slice_of(got, n), buf_slice(&b));
	buf_free(&b);
}

void
hashes(void)
{
	struct crypto	*c = must_crypto();
	struct buf	 key = {0}, ski, point;
	uint8_t		 out[32];

	sha256(c, slice_str("abc"), out);
	hash_is("sha256", out, 32, "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad");
	sha256_2(c, slice_str("a"), slice_str("bc"), out);
	hash_is("sha256_2", out, 32, "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad");
	hmac_sha256(slice_str("Jefe"),
	    slice_str("what do ya want for nothing?"), out);
	hash_is("hmac", out, 32, "5bdcc146bf60754e6a042426089575c7"
	    "5a003f089d2739839dec58b964ec3843");
	memset(buf_grow(&key, 131), 0xaa, 131);
	hmac_sha256(buf_slice(&key), slice_str(
	    "Test Using Larger Than Block-Size Key - Hash Key First"), out);
	hash_is("hmac, long key", out, 32, "60e431591ee0b67f0d8a26aacbf5b77f"
	    "8e0bc6213728c5140546040f0ee37f54");
	point = vec("certs_pki", "p256.ci.point");
	ski = vec("certs_pki", "p256.ci.ski");
	sha1(buf_slice(&point), out);
	unit_same("ski", slice_of(out, 20), buf_slice(&ski));
	buf_free(&key);
	buf_free(&point);
	buf_free(&ski);
	crypto_free(c);
}

/* OPc of test set 1 of TS 35.207; AES with keys of each size. */
void
subscription(void)
{
	static const char	*const key = "000102030405060708090A0B0C0D0E0F"
	    "101112131415161718191A1B1C1D1E1F";
	uint8_t		 k[16], op[16], opc[16], iv[16], long_key[32], in[16];
	struct buf	 out = {0};

	CU_ASSERT_EQUAL(hex_get(slice_str("465b5ce8b199b49faa5f0a2ee238a6bc"),
	    k, 16), 0);
	CU_ASSERT_EQUAL(hex_get(slice_str("cdc202d5123e20f62b6d676ac72cb318"),
	    op, 16), 0);
	CU_ASSERT_EQUAL(milenage_opc(k, op, opc), 0);
	hash_is("opc", opc, 16, "cd63cb71954a9f4e48a5994e37a02baf");
	memset(iv, 0x23, sizeof(iv));
	CU_ASSERT_EQUAL(hex_get(slice_str(key), long_key, 32), 0);
	CU_ASSERT_EQUAL(hex_get(slice_str("82916286ee3bf17274b425ab2cce7f91"),
	    in, 16), 0);
	CU_ASSERT_EQUAL(aes_cbc_open(slice_of(long_key, 16), iv,
	    slice_of(in, 16), &out), 0);
	CU_ASSERT_EQUAL(hex_get(slice_str("9e19504c647cc193f3a08771e4534bdc"),
	    in, 16), 0);
	CU_ASSERT_EQUAL(aes_cbc_open(slice_of(long_key, 32), iv,
	    slice_of(in, 16), &out), 0);
	unit_same("128", slice_sub(buf_slice(&out), 0, 16), slice_of(k, 16));
	unit_same("256", slice_sub(buf_slice(&out), 16, 16), slice_of(k, 16));
	CU_ASSERT_EQUAL(aes_cbc_open(slice_of(long_key, 15), iv,
	    slice_of(in, 16), &out), DPE_RANGE);
	CU_ASSERT_EQUAL(aes_cbc_open(slice_of(long_key, 16), iv,
	    slice_of(in, 15), &out), DPE_RANGE);
	CU_ASSERT_EQUAL(out.len, 32);
	buf_free(&out);
}
