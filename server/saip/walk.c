/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/walk.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/der.h"
#include "base/limits.h"

static const struct {
	uint32_t	 tag;
	const char	*name;
} elements[] = {
	{ PE_HEADER, "header" },	{ 0xa1, "genericFileManagement" },
	{ PE_PIN, "pinCodes" },		{ PE_PUK, "pukCodes" },
	{ PE_AKA, "akaParameter" },	{ 0xa5, "cdmaParameter" },
	{ PE_SD, "securityDomain" },	{ PE_RFM, "rfm" },
	{ 0xa8, "application" },	{ 0xa9, "nonStandard" },
	{ PE_END, "end" },		{ 0xab, "rfu1" },
	{ 0xac, "rfu2" },		{ 0xad, "rfu3" },
	{ 0xae, "rfu4" },		{ 0xaf, "rfu5" },
	{ PE_MF, "mf" },		{ 0xb1, "cd" },
	{ PE_TELECOM, "telecom" },	{ PE_USIM, "usim" },
	{ PE_OPT_USIM, "opt-usim" },	{ 0xb5, "isim" },
	{ 0xb6, "opt-isim" },		{ 0xb7, "phonebook" },
	{ PE_GSM_ACCESS, "gsm-access" },	{ 0xb9, "csim" },
	{ 0xba, "opt-csim" },		{ 0xbb, "eap" },
	{ PE_DF_5GS, "df-5gs" },	{ 0xbd, "df-saip" },
	{ 0xbe, "df-snpn" },		{ 0xbf1f, "df-5gprose" },
	{ 0xbf20, "iot" },		{ 0xbf21, "opt-iot" }
};

const char *
saip_element_name(uint32_t tag)
{
	size_t	 i;

	for (i = 0; i < NELEM(elements); i++)
		if (elements[i].tag == tag)
			return elements[i].name;
	return NULL;
}

uint32_t
saip_element_tag(const char *name)
{
	size_t	 i;

	for (i = 0; i < NELEM(elements); i++)
		if (strcmp(elements[i].name, name) == 0)
			return elements[i].tag;
	return 0;
}

void
saip_walk_start(struct saip_walk *w, struct slice upp)
{
	w->upp = w->rest = upp;
	w->index = 0;
}

bool
saip_walk_more(const struct saip_walk *w)
{
	return w->rest.len > 0;
}

int
saip_walk_next(struct saip_walk *w, struct saip_pe *out, struct why *why)
{
	struct der	 d;

	out->index = w->index;
	out->offset = w->upp.len - w->rest.len;
	if (w->index >= LIM_PES)
		return why_set(why, DPE_RANGE, "more than %d elements",
		    LIM_PES);
	if (der_next(&w->rest, &d) != 0)
		return why_set(why, DPE_SYNTAX, "element %zu at offset %zu:"
		    " not a whole TLV", out->index, out->offset);
	out->tag = d.tag;
	out->value = d.value;
	if ((out->name = saip_element_name(d.tag)) == NULL)
		return why_set(why, DPE_SYNTAX, "element %zu at offset %zu:"
		    " tag %X is not that of a ProfileElement", out->index,
		    out->offset, (unsigned)d.tag);
	w->index++;
	return 0;
}

int
saip_pe_fault(const struct saip_pe *pe, int r, struct why *why,
    const char *fmt, ...)
{
	char	 text[160];
	va_list	 ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return why_set(why, r, "element %zu (%s) at offset %zu: %s",
	    pe->index, pe->name, pe->offset, text);
}

int
saip_pe_id(const struct saip_pe *pe, unsigned *id)
{
	struct slice	 s = pe->value, in;
	struct der	 d;
	uint64_t	 v;

	if (der_expect(&s, 0xa0, &d) != 0)
		return DPE_SYNTAX;
	in = d.value;
	if (der_peek(in) == 0x80 &&		/* mandated, a NULL */
	    (der_expect(&in, 0x80, &d) != 0 || d.value.len != 0))
		return DPE_SYNTAX;
	if (der_expect(&in, 0x81, &d) != 0 || der_uint(d.value, &v) != 0)
		return DPE_SYNTAX;
	if (v > 32767)	/* 0 is in use too: GSMA TS.48, the B variants */
		return DPE_RANGE;
	*id = (unsigned)v;
	return 0;
}

bool
saip_file_image(struct slice file, uint8_t *out, size_t n)
{
	struct der	 d;
	uint64_t	 skip;
	size_t		 at = 0, m;
	bool		 wrote = false;

	while (file.len > 0 && der_next(&file, &d) == 0) {
		if (d.tag == 0x82) {	/* relative to where we are */
			if (der_uint(d.value, &skip) != 0 || skip > 0xffff)
				break;
			at += (size_t)skip;
		} else if (d.tag == 0x83) {
			m = at >= n ? 0 : n - at;
			if (m > d.value.len)
				m = d.value.len;
			if (m > 0) {
				memcpy(out + at, d.value.p, m);
				wrote = true;
			}
			at += d.value.len;
		}
	}
	return wrote;
}
