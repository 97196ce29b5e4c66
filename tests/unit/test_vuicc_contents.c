/* SPDX-License-Identifier: Apache-2.0 */
/* What a card holds, read from packages made here by hand. */
#include <stdio.h>
#include <string.h>

#include "base/der.h"
#include "base/jfield.h"
#include "tests/unit/test_vuicc.h"
#include "tools/vuicc_contents.h"

/* Elements as the standard writes them. */
static const char *const	parts[] = {
	/* header */
	"A009800102810103820178",
	/* mf: EF.ICCID in two pieces, an octet of nothing between */
	"B019A0058000810101A41083049899090182010183050000000041",
	/* usim: IMSI, an EF.ARR that is none of it, ACC, AD, SPN */
	"B336A0058000810102A30B8309083901621032547698A4068304AABBCCDDAD"
	    "0A83080141636D65FFFFFFB20483020400B506830400000003",
	/* opt-usim: MSISDN in a record of 16 */
	"B423A0058000810103A71AA1068204422100108310FFFF07915155214365F7"
	    "FFFFFFFFFFFF",
	/* pukCodes: the second has five digits, which none has */
	"A325A0058000810104A11C300D80010181083132333435363738300B800200"
	    "8181053132333435",
	/* pinCodes: PIN1, and a PIN2 that is no digits */
	"A22AA0058000810105A121A01F300D800101810830303030FFFFFFFF300E80"
	    "020081810831FF31FFFFFFFFFF",
	/* akaParameter: TUAK, which begins at 32 */
	"A425A0058000810106A112A1108001028101028204010203048302AABBA508"
	    "0406000000000020",
	/* a second USIM, and its keys */
	"B314A0058000810107A30B8309083901621032547699",
	"A41AA0058000810108A111A10F80010181010282030A0B0C8302CCDD",
	/* one that takes the keys of another application */
	"A417A0058000810109A10EA00C8001018107A0000000871002",
	/* securityDomain: a key of SCP03, then those of SCP80 */
	"A68183A005800081010AA100A2783016950118820101830130300B30098001"
	    "888604999999993016950118820101830101300B30098001888604E1E1E1E1"
	    "3016950114820101830101300B30098001888604E2E2E2E230169501488201"
	    "01830101300B30098001888604E3E3E3E33016950118820101830102300B30"
	    "098001888604E4E4E4E4",
	/* application: one APDU of a wrong length, and one with a key pair */
	"A844A005800081010CA23B30394F05A0000005593030041680E28000FF7F48"
	    "078401019202A3A47F4904860204B1041680E28000117F48078401019202A1"
	    "A27F4904860204B1",
	/* end */
	"AA07A005800081010B"
};

static void
made(struct buf *upp)
{
	size_t	 i;

	for (i = 0; i < NELEM(parts); i++)
		unit_hex(parts[i], upp);
}

static void
is(json_t *o, const char *key, const char *want)
{
	const char	*got = json_string_value(json_object_get(o, key));

	if ((want == NULL) != (got == NULL) ||
	    (want != NULL && strcmp(want, got) != 0)) {
		printf("# %s: %s, not %s\n", key, got == NULL ? "-" : got,
		    want == NULL ? "-" : want);
		CU_FAIL("read as something else");
	}
}

static void
contents_are_read(void)
{
	struct buf	 upp = { 0 };
	json_t		*o = NULL;

	made(&upp);
	CU_ASSERT_EQUAL_FATAL(vuicc_contents(buf_slice(&upp), &o), 0);
	is(o, "iccid", "89999010");	/* up to where nothing was written */
	is(o, "imsi", "310260123456789");
	is(o, "plmn", "310260");
	is(o, "acc", "0400");
	is(o, "spn", "Acme");
	is(o, "msisdn", "15551234567");
	is(o, "puk1", "12345678");
	is(o, "puk2", NULL);
	is(o, "pin1", "0000");
	is(o, "pin2", "31FF31FFFFFFFFFF");
	is(o, "algorithm", "tuak");
	is(o, "k", "01020304");
	is(o, "opc", "AABB");
	is(o, "sqn", "000000000020");
	is(o, "imsi2", "310260123456799");
	is(o, "algorithm2", "milenage");
	is(o, "k2", "0A0B0C");
	is(o, "sqn2", "000000000000");
	is(o, "adm1", NULL);
	is(o, "ota-enc", "E1E1E1E1");
	is(o, "ota-mac", "E2E2E2E2");
	is(o, "ota-dek", "E3E3E3E3");
	is(o, "ota2-enc", "E4E4E4E4");
	is(o, "ota48-enc", NULL);
	is(o, "app-key", "A1A2");
	is(o, "app-public", "04B1");
	is(o, "k3", NULL);
	json_decref(o);
	buf_free(&upp);
}

/* Cut anywhere between elements it is less, anywhere else it is none. */
static void
contents_of_pieces(void)
{
	struct buf	 upp = { 0 };
	json_t		*o;
	size_t		 i, whole = 0;

	made(&upp);
	for (i = 1; i < upp.len; i++)
		if (vuicc_contents(slice_of(upp.p, i), &o) == 0) {
			whole++;
			json_decref(o);
		}
	CU_ASSERT_EQUAL(whole, NELEM(parts) - 1);
	buf_free(&upp);
}

/* An octet that is something else: read or refused, in bounds. */
static void
contents_of_anything(void)
{
	struct buf	 upp = { 0 };
	json_t		*o;
	size_t		 i;
	int		 v, n = 0;

	made(&upp);
	for (i = 0; i < upp.len; i++)
		for (v = 1; v < 256; v <<= 1) {
			upp.p[i] ^= (uint8_t)v;
			if (vuicc_contents(buf_slice(&upp), &o) == 0) {
				n++;
				json_decref(o);
			}
			upp.p[i] ^= (uint8_t)v;
		}
	CU_ASSERT(n > 100);
	buf_free(&upp);
}

static void
files_have_images(void)
{
	struct buf	 file = { 0 };
	uint8_t		 out[4];

	unit_hex("830141820102830142", &file);
	CU_ASSERT_EQUAL(vuicc_file_image(buf_slice(&file), out, 4), 4);
	CU_ASSERT_EQUAL(memcmp(out, "A\xff\xff" "B", 4), 0);
	CU_ASSERT_EQUAL(vuicc_file_image(buf_slice(&file), out, 3), 3);
	CU_ASSERT_EQUAL(memcmp(out, "A\xff\xff" "B", 4), 0);
	buf_cut(&file, 0);
	unit_hex("82027FFF83024344", &file);
	CU_ASSERT_EQUAL(vuicc_file_image(buf_slice(&file), out, 4), 4);
	CU_ASSERT_EQUAL(memcmp(out, "\xff\xff\xff\xff", 4), 0);
	CU_ASSERT_EQUAL(vuicc_file_image(slice_of(NULL, 0), out, 4), 0);
	CU_ASSERT_EQUAL(vuicc_file_record(buf_slice(&file)), 0);
	buf_free(&file);
}

const struct unit_case	test_vuicc_contents[] = {
	UNIT_CASE(contents_are_read),
	UNIT_CASE(contents_of_pieces),
	UNIT_CASE(contents_of_anything),
	UNIT_CASE(files_have_images)
};
const size_t	test_vuicc_contents_n = NELEM(test_vuicc_contents);
