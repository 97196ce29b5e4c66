/* SPDX-License-Identifier: Apache-2.0 */
/* ProfileElements: what is in them, and that nothing gets lost. */
#include <stdio.h>
#include <string.h>

#include "asn1/pe.h"
#include "base/der.h"
#include "base/file.h"
#include "tests/unit/asn1_msg.h"
#include "tests/unit/unit.h"

#define FILE_PE	"asn1/pe.txt"

static void
load(const char *name, struct pe *pe)
{
	struct buf	 b = {0};

	unit_vec(FILE_PE, name, &b);
	CU_ASSERT_EQUAL_FATAL(pe_decode(buf_slice(&b), pe), 0);
	buf_free(&b);	/* the element has a copy of its own */
}

static void
is(const char *what, struct slice got, const char *hex)
{
	struct buf	 want = {0};

	unit_hex(hex, &want);
	unit_same(what, got, buf_slice(&want));
	CU_ASSERT_PTR_NOT_NULL(got.p);
	buf_free(&want);
}

void
pe_header_members(void)
{
	struct pe	 pe;
	size_t		 i;

	load("header_21", &pe);
	CU_ASSERT_EQUAL(pe.kind, PE_KIND_HEADER);
	CU_ASSERT_EQUAL(pe.start.id, PE_NONE);
	CU_ASSERT_EQUAL(pe.header.major, 2);
	CU_ASSERT_EQUAL(pe.header.minor, 1);
	CU_ASSERT_EQUAL(pe.header.services.n, 2);
	CU_ASSERT_EQUAL(pe.header.services.v[0].mark, 1 + 1);
	CU_ASSERT_EQUAL(pe.header.services.v[1].mark, 1 + 4);
	CU_ASSERT_EQUAL(pe.header.templates.n, 2);
	is("template", pe.header.templates.v[1], "67810f010204");
	CU_ASSERT_PTR_NULL(pe.header.pol.p);
	CU_ASSERT_PTR_NULL(pe.header.aids.v);
	CU_ASSERT_PTR_NULL(pe.header.iot);
	pe_free(&pe);
	load("header_33", &pe);
	CU_ASSERT_EQUAL(pe.header.services.n, 30);
	for (i = 0; i < 30; i++)
		CU_ASSERT_EQUAL(pe.header.services.v[i].mark, (int)i + 1);
	CU_ASSERT_PTR_NOT_NULL(pe.header.templates.v);
	CU_ASSERT_EQUAL(pe.header.templates.n, 0);
	CU_ASSERT_EQUAL(pe.header.aids.n, 2);
	is("version", pe.header.aids.v[1].version, "0001");
	CU_ASSERT_PTR_NOT_NULL_FATAL(pe.header.iot);
	is("pix", pe.header.iot->pix, "01020304050607");
	pe_free(&pe);
}

static void
fcp_members(const struct pe_fcp *f)
{
	is("descriptor", f->descriptor, "42210021");
	is("fid", f->fid, "6f3b");
	is("dfName", f->df_name, "a0000000871002ff49ff0589");
	is("lcsi", f->lcsi, "05");
	is("rule", f->rule, "6f0602");
	is("size", f->size, "0108");
	is("pinStatus", f->pin_status, "81010a0b");
	is("sfi", f->sfi, "18");
	CU_ASSERT_PTR_NOT_NULL_FATAL(f->extra);
	is("special", f->extra->special, "80");
	is("fill", f->extra->fill, "ff");
	is("repeat", f->extra->repeat, "ffffff0000");
	is("maximum", f->extra->maximum, "0400");
	is("details", f->extra->details, "01");
	is("link", f->link, "7f106f3b");
}

void
pe_file_members(void)
{
	struct pe	 pe;

	load("usim_all_fcp", &pe);
	CU_ASSERT_EQUAL(pe.kind, PE_KIND_FILES);
	CU_ASSERT_FALSE(pe.start.mandated);
	CU_ASSERT_EQUAL(pe.start.id, 300);
	is("template", pe.files.template, "67810f01020402");
	CU_ASSERT_EQUAL_FATAL(pe.files.files.n, 4);
	CU_ASSERT_EQUAL(pe.files.files.v[0].tag, 0xa2);
	CU_ASSERT_EQUAL_FATAL(pe.files.files.v[0].items.n, 1);
	CU_ASSERT_EQUAL(pe.files.files.v[0].items.v[0].kind, PE_FCP);
	fcp_members(&pe.files.files.v[0].items.v[0].fcp);
	CU_ASSERT_EQUAL(pe.files.files.v[2].items.v[0].kind, PE_OFFSET);
	CU_ASSERT_EQUAL(pe.files.files.v[2].items.v[0].offset, 255);
	CU_ASSERT_EQUAL(pe.files.files.v[2].items.v[1].kind, PE_CONTENT);
	CU_ASSERT_EQUAL(pe.files.files.v[3].items.v[0].kind, PE_NOT_CREATED);
	pe_free(&pe);
	load("opt_usim_long_tags", &pe);
	CU_ASSERT_EQUAL_FATAL(pe.files.files.n, 3);
	CU_ASSERT_EQUAL(pe.files.files.v[2].tag, 0xbf50);
	/* An SFI that is none is not the one that is absent. */
	CU_ASSERT_PTR_NOT_NULL(pe.files.files.v[2].items.v[0].fcp.sfi.p);
	CU_ASSERT_EQUAL(pe.files.files.v[2].items.v[0].fcp.sfi.len, 0);
	CU_ASSERT_PTR_NULL(pe.files.files.v[2].items.v[0].fcp.fid.p);
	pe_free(&pe);
	load("gfm", &pe);
	CU_ASSERT_EQUAL(pe.gfm.lists.n, 2);
	CU_ASSERT_EQUAL_FATAL(pe.gfm.lists.v[0].items.n, 6);
	CU_ASSERT_EQUAL(pe.gfm.lists.v[0].items.v[0].kind, PE_GFM_PATH);
	CU_ASSERT_EQUAL(pe.gfm.lists.v[0].items.v[4].offset, 2);
	is("content", pe.gfm.lists.v[0].items.v[5].octets, "beef");
	pe_free(&pe);
}

void
pe_code_members(void)
{
	struct pe	 pe;

	load("pins", &pe);
	CU_ASSERT_EQUAL(pe.pins.kind, 1);
	CU_ASSERT_EQUAL_FATAL(pe.pins.config.n, 2);
	CU_ASSERT_EQUAL(pe.pins.config.v[0].attributes, 6);
	CU_ASSERT_EQUAL(pe.pins.config.v[0].unblocking, 1);
	CU_ASSERT_EQUAL(pe.pins.config.v[1].reference, 129);
	CU_ASSERT_EQUAL(pe.pins.config.v[1].unblocking, PE_NONE);
	CU_ASSERT_EQUAL(pe.pins.config.v[1].retries, PE_NONE);
	is("PIN", pe.pins.config.v[1].value, "39393939ffffffff");
	pe_free(&pe);
	load("pins_shared", &pe);
	CU_ASSERT_EQUAL(pe.pins.kind, 2);
	is("path", pe.pins.path, "7f10");
	pe_free(&pe);
	load("puks", &pe);
	CU_ASSERT_EQUAL_FATAL(pe.puks.codes.n, 2);
	CU_ASSERT_EQUAL(pe.puks.codes.v[0].retries, PE_NONE);
	CU_ASSERT_EQUAL(pe.puks.codes.v[1].retries, 0xaa);
	pe_free(&pe);
}

void
pe_key_members(void)
{
	struct pe	 pe;

	load("aka", &pe);
	CU_ASSERT_EQUAL(pe.aka.config.kind, 2);
	CU_ASSERT_EQUAL(pe.aka.config.algorithm.id, 1);
	is("K", pe.aka.config.algorithm.key,
	    "465b5ce8b199b49faa5f0a2ee238a6bc");
	CU_ASSERT_PTR_NULL(pe.aka.config.algorithm.rotation.p);
	CU_ASSERT_EQUAL(pe.aka.config.algorithm.keccak, PE_NONE);
	CU_ASSERT_PTR_NULL(pe.aka.sqn_init.v);
	pe_free(&pe);
	load("aka_tuak_all", &pe);
	CU_ASSERT_EQUAL(pe.aka.config.algorithm.key.len, 32);
	CU_ASSERT_EQUAL(pe.aka.config.algorithm.keccak, 3);
	CU_ASSERT_EQUAL(pe.aka.sqn_init.n, 32);
	pe_free(&pe);
	load("aka_mapped", &pe);
	CU_ASSERT_EQUAL(pe.aka.config.kind, 1);
	is("options", pe.aka.config.mapping.options, "06");
	pe_free(&pe);
	load("cdma", &pe);
	is("A-key", pe.cdma.key, "0102030405060708");
	is("mobile IP", pe.cdma.mobile_ip, "0001020304");
	pe_free(&pe);
	load("security_domain", &pe);
	CU_ASSERT_EQUAL(pe.domain.keys.n, 2);
	is("usage", pe.domain.keys.v[1].usage, "14");
	CU_ASSERT_EQUAL(pe.domain.keys.v[1].components.v[0].mac_length, 8);
	CU_ASSERT_EQUAL(pe.domain.perso.n, 2);
	CU_ASSERT_EQUAL(pe.domain.cat_tp->max_pdu, 1024);
	is("toolkit", pe.domain.instance.uicc->toolkit, "01000000000100");
	pe_free(&pe);
}

void
pe_application_members(void)
{
	const struct pe_instance	*p;
	struct pe			 pe;

	load("application", &pe);
	CU_ASSERT_PTR_NOT_NULL_FATAL(pe.application.load);
	is("code", pe.application.load->code, "01000fdecaffed");
	CU_ASSERT_EQUAL_FATAL(pe.application.instances.n, 2);
	p = pe.application.instances.v;
	is("instance", p->aid, "a000000559010101");
	is("its domain", p->domain, "a000000151000000");
	CU_ASSERT_EQUAL(p->process.n, 2);
	is("protocol", p->system->contactless->protocol, "04");
	is("provider", p->control->provider, "010203");
	CU_ASSERT_PTR_NULL(p[1].system);
	CU_ASSERT_PTR_NULL(p[1].process.v);
	pe_free(&pe);
	load("rfm", &pe);
	CU_ASSERT_EQUAL(pe.rfm.tars.n, 2);
	is("domain", pe.rfm.domain, "a000000151000000");
	is("admin", pe.rfm.admin, "0203");
	is("ADF", pe.rfm.adf->aid, "a0000000871002ff49ff0589");
	pe_free(&pe);
	load("rfm_short", &pe);
	CU_ASSERT_PTR_NULL(pe.rfm.domain.p);
	CU_ASSERT_PTR_NULL(pe.rfm.tars.v);
	CU_ASSERT_PTR_NULL(pe.rfm.adf);
	pe_free(&pe);
}

/* What our version does not name is told, and how often. */
void
pe_unknown_is_told(void)
{
	static const struct { const char *name; size_t n; } want[] = {
		{ "unknown_rfu", 1 }, { "unknown_element", 1 },
		{ "unknown_in_header", 3 }, { "unknown_in_fcp", 5 },
		{ "unknown_in_key", 4 }, { "aka", 0 }, { "header_33", 0 }
	};
	struct pe	 pe;
	size_t		 i;

	for (i = 0; i < NELEM(want); i++) {
		load(want[i].name, &pe);
		CU_ASSERT_EQUAL(pe.unknown.n, want[i].n);
		pe_free(&pe);
	}
	load("unknown_in_fcp", &pe);
	is("first", pe.unknown.v[0], "820101");
	is("last", pe.unknown.v[4], "9f550101");
	pe_free(&pe);
	load("unknown_rfu", &pe);
	CU_ASSERT_EQUAL(pe.kind, PE_KIND_NEW);
	CU_ASSERT_EQUAL(pe.start.id, 33);
	pe_free(&pe);
}

struct places {
	size_t	 left, kept, refused;
};

/* Copy in to out with `more` before its `at`-th TLV, counted from outside. */
static void
insert(struct slice in, size_t *at, struct slice more, struct buf *out)
{
	struct der	 d;
	size_t		 from;

	while (der_next(&in, &d) == 0) {
		if (*at == 0)
			buf_add_slice(out, more);
		(*at)--;
		if ((d.raw.p[0] & 0x20) == 0 || d.value.len == 0) {
			buf_add_slice(out, d.raw);
			continue;
		}
		from = out->len;
		insert(d.value, at, more, out);
		der_wrap(out, from, d.tag);
	}
}

static void
unknown_at(struct slice b, struct places *p)
{
	struct buf	 out = {0};
	struct pe	 pe;
	int		 r;

	if ((r = pe_decode(b, &pe)) != 0) {
		CU_ASSERT_TRUE(r == DPE_SYNTAX || r == DPE_RANGE);
		p->refused++;
	} else {
		CU_ASSERT_EQUAL(pe.unknown.n, 1);
		CU_ASSERT_EQUAL(pe_encode(&pe, &out), 0);
		unit_same("unknown", buf_slice(&out), b);
		p->kept++;
	}
	pe_free(&pe);
	buf_free(&out);
}

static void
unknown_everywhere(void *arg, const char *name, struct slice in)
{
	static const uint8_t	 more[] = { 0x9f, 0x63, 0x02, 0xbe, 0xef };
	struct buf		 b = {0};
	size_t			 i, at;

	if (strncmp(name, "unknown_", 8) == 0)
		return;
	for (i = 1;; i++) {	/* not before the element itself */
		buf_cut(&b, 0);
		at = i;
		insert(in, &at, slice_of(more, sizeof(more)), &b);
		if (b.len == in.len)
			break;
		unknown_at(buf_slice(&b), arg);
	}
	buf_free(&b);
}

/* Kept or refused, in any place of any element; never lost. */
void
pe_unknown_anywhere(void)
{
	struct places	 p = { 0, 0, 0 };

	unit_vec_each(FILE_PE, unknown_everywhere, &p);
	CU_ASSERT_TRUE(p.kept > 300);
	CU_ASSERT_TRUE(p.refused > 50);	/* in lists of octets, a CHOICE ... */
	printf("# %zu kept, %zu refused\n", p.kept, p.refused);
}

/* A member is given other contents; what is unknown stays in its place. */
void
pe_edited(void)
{
	static const uint8_t	 more[200] = { 1 };
	struct buf		 out = {0};
	struct pe		 pe, again;

	load("unknown_in_fcp", &pe);
	CU_ASSERT_EQUAL_FATAL(pe.files.files.n, 2);
	pe.files.files.v[1].items.v[0].octets = slice_of(more, 200);
	CU_ASSERT_EQUAL(pe_encode(&pe, &out), 0);
	CU_ASSERT_EQUAL_FATAL(pe_decode(buf_slice(&out), &again), 0);
	CU_ASSERT_EQUAL(again.unknown.n, 5);
	unit_same("contents", again.files.files.v[1].items.v[0].octets,
	    slice_of(more, 200));
	CU_ASSERT_EQUAL(out.len, pe.raw.len + 191 + 2 + 2);
	pe_free(&again);
	/* The file with an unknown item goes: it has no place any more. */
	pe.files.files.v++;
	pe.files.files.n--;
	buf_cut(&out, 0);
	CU_ASSERT_EQUAL(pe_encode(&pe, &out), DPE_STATE);
	CU_ASSERT_EQUAL(out.len, 0);
	pe_free(&pe);
	load("pins", &pe);
	pe.pins.config.v[0].value = slice_of(more, 7);
	CU_ASSERT_EQUAL(pe_encode(&pe, &out), DPE_RANGE);
	pe_free(&pe);
	buf_free(&out);
}

void
pe_too_many(void)
{
	struct buf	 b = {0}, list = {0};
	struct pe	 pe;
	size_t		 i, n;

	for (n = LIM_PE_TLVS - 4; n < LIM_PE_TLVS + 2; n += 5) {
		unit_hex("810101", &list);
		der_wrap(&list, 0, 0xa0);
		unit_hex("810667810f010201", &list);
		buf_cut(&b, 0);
		for (i = 5; i < n; i++)
			buf_add(&b, "\x83", 2);
		der_wrap(&b, 0, 0xa2);
		buf_add_slice(&list, buf_slice(&b));
		der_wrap(&list, 0, 0xb0);
		CU_ASSERT_EQUAL(pe_decode(buf_slice(&list), &pe),
		    n <= LIM_PE_TLVS ? 0 : DPE_RANGE);
		pe_free(&pe);
		buf_cut(&list, 0);
	}
	buf_free(&b);
	buf_free(&list);
}

static int
package(void *arg, const char *name)
{
	struct buf	 path = {0}, b = {0}, out = {0};
	struct slice	 in;
	struct der	 d;
	struct why	 why;
	struct pe	 pe;

	buf_addf(&path, "%s/%s", (const char *)arg, name);
	CU_ASSERT_EQUAL_FATAL(file_read(buf_cstr(&path), LIM_UPP, &b,
	    &why), 0);
	for (in = buf_slice(&b); in.len > 0;) {
		CU_ASSERT_EQUAL_FATAL(der_next(&in, &d), 0);
		CU_ASSERT_EQUAL(pe_decode(d.raw, &pe), 0);
		CU_ASSERT_EQUAL(pe.unknown.n, 0);
		buf_cut(&out, 0);
		CU_ASSERT_EQUAL(pe_encode(&pe, &out), 0);
		unit_same(name, buf_slice(&out), d.raw);
		pe_free(&pe);
	}
	buf_free(&path);
	buf_free(&b);
	buf_free(&out);
	return 0;
}

/* Every element of the public test packages, octet by octet. */
void
pe_packages(void)
{
	struct buf	 dir = {0};

	if (!unit_testdata("upp", &dir)) {
		buf_free(&dir);
		return;
	}
	CU_ASSERT_EQUAL(file_each(buf_cstr(&dir), ".der", package,
	    buf_cstr(&dir), NULL), 0);
	buf_free(&dir);
}
