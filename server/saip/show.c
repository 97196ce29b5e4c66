/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/show.h"

#include "base/der.h"
#include "base/limits.h"
#include "server/saip/show_int.h"
#include "server/saip/walk.h"

struct show {
	struct slice	 upp;
	bool		 keys;
	json_t		*out;
	json_t		*elements;
};

/* A new version's members may be keys, too: what they are is not known. */
static void
show_unknown(const struct pe *pe, bool keys, json_t *o)
{
	json_t		*list = json_array(), *one;
	struct slice	 s;
	struct buf	 tag = {0};
	size_t		 i;

	for (i = 0; i < pe->unknown.n; i++) {
		s = pe->unknown.v[i];
		one = json_object();
		buf_cut(&tag, 0);
		buf_addf(&tag, "%02X", (unsigned)der_peek(s));
		ef_set_text(one, "tag", buf_slice(&tag));
		ef_set_int(one, "bytes", (int64_t)s.len);
		ef_set_secret(one, "data", s, keys);
		json_array_append_new(list, one);
	}
	buf_free(&tag);
	json_object_set_new(o, "unknown", list);
}

/* Would we have written it so?  The card is told to expect DER. */
static bool
is_canonical(const struct pe *pe)
{
	struct buf	 b = {0};
	bool		 same;

	same = pe_encode(pe, &b) == 0 && slice_eq(buf_slice(&b), pe->raw);
	buf_free(&b);
	return same;
}

static void
show_members(const struct pe *pe, bool keys, json_t *o)
{
	switch (pe->kind) {
	case PE_KIND_HEADER:
		show_header(&pe->header, keys, o);
		break;
	case PE_KIND_PINS:
		show_pins(&pe->pins, keys, o);
		break;
	case PE_KIND_PUKS:
		show_puks(&pe->puks, keys, o);
		break;
	case PE_KIND_AKA:
		show_aka(&pe->aka, keys, o);
		break;
	case PE_KIND_CDMA:
		show_cdma(&pe->cdma, keys, o);
		break;
	case PE_KIND_DOMAIN:
		show_domain(&pe->domain, keys, o);
		break;
	case PE_KIND_RFM:
		show_rfm(&pe->rfm, o);
		break;
	case PE_KIND_APPLICATION:
		show_application(&pe->application, keys, o);
		break;
	case PE_KIND_OTHER:
		show_other(&pe->other, keys, o);
		break;
	case PE_KIND_FILES:
		json_object_set_new(o, "template",
		    show_template(pe->files.template));
		break;
	case PE_KIND_GFM:
		show_gfm(&pe->gfm, o);
		break;
	case PE_KIND_END:
	case PE_KIND_NEW:
		break;
	}
}

static void
show_decoded(const struct show *s, const struct pe *pe, json_t *o)
{
	json_t	*members = json_object();

	if (pe->start.id != PE_NONE) {
		show_opt_int(o, "id", pe->start.id);
		ef_set_flag(o, "mandated", pe->start.mandated);
	}
	show_members(pe, s->keys, members);
	if (json_object_size(members) > 0)
		json_object_set(o, "members", members);
	json_decref(members);
	if (pe->kind == PE_KIND_FILES)
		show_unplaced(&pe->files, s->keys, o);
	if (pe->unknown.n > 0)
		show_unknown(pe, s->keys, o);
	if (!is_canonical(pe))
		ef_set_flag(o, "canonical", false);
}

/* What the whole begins with: the header's own words. */
static void
show_summary(const struct show *s, const struct pe *pe)
{
	static const char *const keys[] = { "iccid", "version", "type" };
	json_t	*h = json_object();
	size_t	 i;

	show_header(&pe->header, false, h);
	for (i = 0; i < NELEM(keys); i++)
		if (json_object_get(h, keys[i]) != NULL)
			json_object_set(s->out, keys[i],
			    json_object_get(h, keys[i]));
	json_decref(h);
}

static int
show_element(const struct show *s, const struct der *d, size_t offset)
{
	const char	*name = saip_element_name(d->tag);
	json_t		*o = json_object();
	struct pe	 pe;
	int		 r;

	ef_set_int(o, "number", (int64_t)json_array_size(s->elements));
	ef_set_str(o, "element", name != NULL ? name : "not known");
	ef_set_int(o, "offset", (int64_t)offset);
	ef_set_int(o, "bytes", (int64_t)d->raw.len);
	if ((r = pe_decode(d->raw, &pe)) == 0)
		show_decoded(s, &pe, o);
	else
		ef_set_str(o, "fault", err_text(r));
	if (r == 0 && pe.kind == PE_KIND_HEADER && offset == 0)
		show_summary(s, &pe);
	pe_free(&pe);
	json_array_append_new(s->elements, o);
	return r;
}

static int
show_fault(const struct show *s, int r, const char *what, size_t offset)
{
	struct buf	 b = {0};

	buf_addf(&b, "%s at offset %zu", what, offset);
	ef_set_text(s->out, "fault", buf_slice(&b));
	buf_free(&b);
	return r;
}

static int
show_elements(const struct show *s)
{
	struct slice	 rest = s->upp;
	struct der	 d;
	size_t		 offset;
	int		 r, worst = 0;

	while (rest.len > 0) {
		offset = s->upp.len - rest.len;
		if (json_array_size(s->elements) >= LIM_PES)
			return show_fault(s, DPE_RANGE, "too many elements",
			    offset);
		if (der_next(&rest, &d) != 0)
			return show_fault(s, DPE_SYNTAX, "no whole TLV",
			    offset);
		if ((r = show_element(s, &d, offset)) != 0 && worst == 0)
			worst = show_fault(s, r, "an element that does not "
			    "parse", offset);
	}
	return worst;
}

int
saip_show(struct slice upp, bool keys, json_t **out)
{
	struct show	 s = { upp, keys, json_object(), json_array() };
	struct why	 why = {""};
	int		 r;

	*out = s.out;
	ef_set_int(s.out, "bytes", (int64_t)upp.len);
	ef_set_flag(s.out, "keys_shown", keys);
	json_object_set(s.out, "elements", s.elements);
	if (upp.len > LIM_UPP)
		r = show_fault(&s, DPE_RANGE, "too long", 0);
	else if (upp.len == 0)
		r = show_fault(&s, DPE_SYNTAX, "an empty package", 0);
	else if ((r = show_elements(&s)) == 0 && show_files(upp, keys,
	    s.elements, &why) != 0)	/* an element of a later version */
		ef_set_str(s.out, "files_fault", why.text);
	json_decref(s.elements);
	return r;
}
