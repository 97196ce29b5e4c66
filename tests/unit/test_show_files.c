/* SPDX-License-Identifier: Apache-2.0 */
/* Files in words, of a package of our own. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/jfield.h"
#include "base/limits.h"
#include "server/saip/saip.h"
#include "server/saip/show.h"
#include "tests/unit/test_show.h"

static void
package(struct buf *upp)
{
	static const struct saip_product product = {
		.profile_type = "test", .spn = "Example", .plmn = "262-42"
	};
	struct buf		 map = {0};

	CU_ASSERT_EQUAL_FATAL(saip_template("consumer", &product, upp, &map,
	    NULL), 0);
	buf_free(&map);
}

/* The file of this path, of any element. */
static json_t *
file_find(const json_t *out, const char *path)
{
	json_t		*o, *f;
	size_t		 i, k;
	const char	*s;

	json_array_foreach(json_object_get(out, "elements"), i, o)
		json_array_foreach(json_object_get(o, "files"), k, f) {
			s = json_string_value(json_object_get(f, "path"));
			if (s != NULL && strcmp(s, path) == 0)
				return f;
		}
	return NULL;
}

static void
files_as_they_are(void)
{
	static const struct { const char *path, *json; } want[] = {
		{ "3F00", "{\"path\":\"3F00\",\"name\":\"MF\",\"kind\":\"MF\""
		    ",\"rule\":\"2F06/14\"}" },
		{ "3F00/2FE2", "{\"path\":\"3F00/2FE2\",\"name\":\"EF.ICCID\","
		    "\"kind\":\"transparent\",\"size\":10,\"sfi\":2,\"rule\":"
		    "\"2F06/11\",\"content\":{\"iccid\":"
		    "\"00000000000000000000\"}}" },
		{ "3F00/7FD0/6F46", "{\"path\":\"3F00/7FD0/6F46\",\"name\":"
		    "\"EF.SPN\",\"kind\":\"transparent\",\"size\":17,\"rule\":"
		    "\"6F06/10\",\"content\":{\"spn\":\"Example\","
		    "\"network_shown_at_home\":false,\"spn_shown_abroad\":"
		    "false}}" },
		{ "3F00/7FD0/6FB7", "{\"path\":\"3F00/7FD0/6FB7\",\"name\":"
		    "\"EF.ECC\",\"kind\":\"linear fixed\",\"size\":8,"
		    "\"records\":2,\"record_bytes\":4,\"sfi\":1,\"rule\":"
		    "\"6F06/10\",\"content\":[{\"record\":1,\"number\":"
		    "\"112\",\"services\":[]},{\"record\":2,\"number\":"
		    "\"911\",\"services\":[]}]}" },
		{ "3F00/7FD0/5FC0/4F07", "{\"path\":\"3F00/7FD0/5FC0/4F07\","
		    "\"name\":\"EF.SUCI_Calc_Info\",\"kind\":\"transparent\","
		    "\"size\":128,\"sfi\":7,\"rule\":\"6F06/2\",\"content\":"
		    "{\"schemes\":[{\"scheme\":\"null scheme\",\"key_index\":"
		    "0}]}}" },
		{ "3F00/7FD0/6F7B", "{\"path\":\"3F00/7FD0/6F7B\","
		    "\"name\":\"EF.FPLMN\",\"kind\":\"transparent\","
		    "\"size\":12,\"sfi\":13,\"rule\":\"6F06/5\","
		    "\"written\":false,\"empty\":true}" }
	};
	struct buf	 upp = {0}, b = {0};
	json_t		*out;
	size_t		 i;

	package(&upp);
	CU_ASSERT_EQUAL(saip_show(buf_slice(&upp), false, &out), 0);
	for (i = 0; i < NELEM(want); i++) {
		buf_cut(&b, 0);
		json_write(file_find(out, want[i].path), &b);
		if (strcmp(buf_cstr(&b), want[i].json) != 0)
			printf("#  is %s\n# not %s\n", buf_cstr(&b),
			    want[i].json);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&b), want[i].json);
	}
	json_decref(out);
	buf_free(&upp);
	buf_free(&b);
}

/* A file of keys tells none of them, whatever it is called in full. */
static void
files_of_keys(void)
{
	struct buf	 upp = {0}, b = {0};
	json_t		*out;

	package(&upp);
	CU_ASSERT_EQUAL(saip_show(buf_slice(&upp), false, &out), 0);
	json_write(file_find(out, "3F00/7FD0/6F08"), &b);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&b),
	    "\"content\":{\"ksi\":7}"));
	json_decref(out);
	buf_free(&upp);
	buf_free(&b);
}

/* The public test packages, all of each. */
static int
published(void *arg, const char *name)
{
	struct buf	 path = {0}, b = {0};
	struct why	 why;
	json_t		*out;

	buf_addf(&path, "%s/%s", (const char *)arg, name);
	CU_ASSERT_EQUAL_FATAL(file_read(buf_cstr(&path), LIM_UPP, &b,
	    &why), 0);
	CU_ASSERT_EQUAL(saip_show(buf_slice(&b), false, &out), 0);
	CU_ASSERT_PTR_NULL(json_object_get(out, "files_fault"));
	buf_cut(&b, 0);
	json_write(out, &b);
	CU_ASSERT_PTR_NULL(strstr(buf_cstr(&b), "\"canonical\""));
	CU_ASSERT_PTR_NULL(strstr(buf_cstr(&b), "\"unknown\""));
	/* the IMSI or its file is there, and understood */
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&b), "\"imsi\":\""));
	json_decref(out);
	buf_free(&path);
	buf_free(&b);
	return 0;
}

static void
files_of_packages(void)
{
	struct buf	 dir = {0};

	if (!unit_testdata("upp", &dir)) {
		buf_free(&dir);
		return;
	}
	CU_ASSERT_EQUAL(file_each(buf_cstr(&dir), ".der", published,
	    buf_cstr(&dir), NULL), 0);
	buf_free(&dir);
}

/* Of a template that is not known nothing is told but what there is. */
static void
files_unplaced(void)
{
	static const char	 hidden[] = "[{\"tag\":\"A4\",\"bytes\":10,"
	    "\"data\":\"********\"},{\"tag\":\"A9\",\"bytes\":9,\"data\":"
	    "\"********\"},{\"tag\":\"B2\",\"bytes\":2,\"data\":"
	    "\"********\"}]";
	struct buf	 pe = {0}, b = {0};
	json_t		*out, *o;

	unit_vec("asn1/pe.txt", "iot", &pe);
	CU_ASSERT_EQUAL(saip_show(buf_slice(&pe), false, &out), 0);
	o = json_array_get(json_object_get(out, "elements"), 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(json_object_get(o, "unplaced"));
	json_write(json_object_get(o, "unplaced"), &b);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), hidden);
	json_decref(out);
	CU_ASSERT_EQUAL(saip_show(buf_slice(&pe), true, &out), 0);
	buf_cut(&b, 0);
	json_write(out, &b);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&b), "98999021436587092143"));
	json_decref(out);
	buf_cut(&pe, 0);
	package(&pe);
	CU_ASSERT_EQUAL(saip_show(buf_slice(&pe), false, &out), 0);
	buf_cut(&b, 0);
	json_write(out, &b);
	CU_ASSERT_PTR_NULL(strstr(buf_cstr(&b), "\"unplaced\""));
	json_decref(out);
	buf_free(&pe);
	buf_free(&b);
}

const struct unit_case	test_show_files_cases[] = {
	UNIT_CASE(files_unplaced),
	UNIT_CASE(files_of_packages),
	UNIT_CASE(files_as_they_are),
	UNIT_CASE(files_of_keys),
};
const size_t	test_show_files_n = NELEM(test_show_files_cases);
