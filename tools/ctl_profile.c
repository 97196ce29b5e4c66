/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/file.h"
#include "base/jfield.h"
#include "base/limits.h"
#include "tools/ctl_batch.h"
#include "tools/ctl_call.h"
#include "tools/ctl_decode.h"
#include "tools/ctl_import.h"
#include "tools/ctl_print.h"

#define OPT_END		{ NULL, 0, CTL_TEXT, NULL, false, NULL, NULL }

static const struct ctl_opt	import_opts[] = {
	{ "type", 0, CTL_TEXT, NULL, false, "NAME",
	    "the profile type (required)" },
	{ "csv", 0, CTL_TEXT, NULL, true, "FILE",
	    "a file of subscriptions, all or none" },
	{ "template", 0, CTL_TEXT, NULL, false, "T",
	    "csv: template (as generate)" },
	{ "map", 0, CTL_TEXT, NULL, true, "FILE",
	    "csv: JSON that tells what the columns are" },
	{ "column-key", 0, CTL_TEXT, NULL, true, "FIELD=FILE,...",
	    "csv: key of an encrypted column" },
	{ "iccid", 0, CTL_TEXT, NULL, true, "FIRST",
	    "csv: number rows that have no ICCID" },
	{ "dry-run", 0, CTL_FLAG, NULL, true, NULL,
	    "csv: check all rows, take none" },
	{ "errors", 0, CTL_TEXT, NULL, true, "FILE",
	    "csv: write all that is wrong to FILE" },
	{ "resume", 0, CTL_TEXT, NULL, true, "BATCH",
	    "csv: go on with a batch that was cut off" },
	{ "abort", 0, CTL_TEXT, NULL, true, "BATCH",
	    "take back a batch that was cut off" },
	OPT_END
};
static const struct ctl_opt	list_opts[] = {
	{ "type", 0, CTL_TEXT, NULL, false, "NAME", "of this type" },
	{ "state", 0, CTL_TEXT, NULL, false, "S", "in this state" },
	{ "eid", 0, CTL_TEXT, NULL, false, "EID", "of this eUICC" },
	{ "limit", 0, CTL_INT, NULL, true, "N", "at most N rows" },
	OPT_END
};
static const struct ctl_opt	export_opts[] = {
	{ "type", 0, CTL_TEXT, NULL, false, "NAME", "of this type" },
	{ "state", 0, CTL_TEXT, NULL, false, "S", "in this state" },
	{ "output", 'o', CTL_TEXT, NULL, true, "FILE",
	    "write to FILE (standard output)" },
	{ "upp", 0, CTL_FLAG, NULL, true, NULL,
	    "the package of one ICCID, with its keys; needs -o" },
	OPT_END
};
static const struct ctl_opt	retire_opts[] = {
	{ "reason", 0, CTL_TEXT, NULL, false, "TEXT", "for the audit trail" },
	OPT_END
};

static const struct ctl_col	profile_cols[] = {
	{ "iccid", "ICCID" }, { "type", "TYPE" }, { "state", "STATE" },
	{ "card_state", "CARD" }, { "eid", "EID" }, { "order", "ORDER" },
	{ NULL, NULL }
};

static void
import_show(struct ctl *c, const char *path, const json_t *out)
{
	const char	*warning;
	json_t		*one;
	size_t		 i;

	json_array_foreach(json_object_get(out, "warnings"), i, one)
		ctl_say(0, "%s: %s", path, json_string_value(one));
	warning = json_string_value(json_object_get(out, "warning"));
	if (warning != NULL)
		ctl_say(0, "%s: warning: %s", path, warning);
	if (c->json)
		ctl_print_json(out);
	else
		printf("%s: profile %s imported\n", path,
		    json_string_value(json_object_get(out, "iccid")));
}

static int
import_file(struct ctl *c, const char *path, struct ctl_args *a)
{
	struct buf	 upp = { 0 }, text = { 0 };
	struct why	 why;
	json_t		*out = NULL;
	int		 r;

	if ((r = file_read(path, LIM_UPP, &upp, &why)) != 0) {
		r = ctl_say(r == DPE_NOTFOUND ? CTL_NOTFOUND : CTL_FAILED,
		    "%s", why.text);
		goto out;
	}
	base64_add(&text, buf_slice(&upp));
	json_object_set_new(a->in, "upp", json_string(buf_cstr(&text)));
	if ((r = ctl_call(c, "profile", "import", a->in, &out,
	    &why)) != CTL_DONE)
		ctl_say(r, "%s: %s", path, why.text);
	else
		import_show(c, path, out);
out:
	json_decref(out);
	buf_free(&text);
	buf_free(&upp);
	return r;
}

/* Each file is imported or refused by itself; one that failed is told last. */
static int
profile_import(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	int	 i, r, worst = CTL_DONE;

	(void)v;
	if (ctl_text(a, "abort") != NULL)
		return ctl_batch_undo(c, ctl_text(a, "abort"));
	if (ctl_text(a, "csv") != NULL && a->words == 0)
		return ctl_import_csv(c, a);
	if (a->words == 0 || ctl_text(a, "csv") != NULL)
		return ctl_say(CTL_USAGE, "profile import: FILE... or --csv "
		    "FILE is needed (--help)");
	if (json_object_get(a->in, "type") == NULL)
		return ctl_say(CTL_USAGE, "profile import: --type is missing");
	for (i = 0; i < a->words; i++) {
		r = import_file(c, a->word[i], a);
		if (r != CTL_DONE)
			worst = a->words == 1 ? r : CTL_FAILED;
	}
	return worst;
}

/* The package holds keys: for the owner of the file alone. */
static int
export_upp(struct ctl *c, struct ctl_args *a, const char *path)
{
	struct buf	 upp = { 0 };
	struct why	 why;
	json_t		*out;
	int		 r;

	if (a->words != 1 || path == NULL)
		return ctl_say(CTL_USAGE,
		    "profile export: --upp needs one ICCID and -o FILE");
	json_object_set_new(a->in, "iccid", json_string(a->word[0]));
	json_object_set_new(a->in, "upp", json_true());
	if ((r = ctl_call_say(c, "profile", "export", a->in,
	    &out)) != CTL_DONE)
		return r;
	if (base64_decode(slice_str(json_string_value(json_object_get(out,
	    "upp"))), &upp) != 0)
		r = ctl_say(CTL_FAILED, "smdpd: its package is not Base64");
	else if (file_write(path, buf_slice(&upp), 0600, false, &why) != 0)
		r = ctl_say(CTL_FAILED, "%s", why.text);
	json_decref(out);
	buf_free(&upp);
	return r;
}

struct export {
	bool		 json;
	struct buf	 text;
};

static void
export_row(struct export *e, const json_t *o)
{
	const struct ctl_col	*col;
	const json_t		*v;

	if (e->json) {
		json_write(o, &e->text);
		buf_add_u8(&e->text, '\n');
		return;
	}
	for (col = profile_cols; col->key != NULL; col++) {
		v = json_object_get(o, col->key);
		if (json_is_string(v))
			buf_add_str(&e->text, json_string_value(v));
		buf_add_u8(&e->text, col[1].key != NULL ? ',' : '\n');
	}
}

static int
export_page(void *arg, const json_t *items)
{
	json_t	*o;
	size_t	 i;

	json_array_foreach(items, i, o)
		export_row(arg, o);
	return 0;
}

static int
export_words(struct ctl *c, struct ctl_args *a, struct export *e)
{
	json_t	*in, *out;
	int	 i, r = CTL_DONE;

	for (i = 0; i < a->words && r == CTL_DONE; i++) {
		in = json_pack("{s:s}", "iccid", a->word[i]);
		if ((r = ctl_call_say(c, "profile", "export", in,
		    &out)) == CTL_DONE)
			export_row(e, out);
		json_decref(in);
		json_decref(out);
	}
	return r;
}

/* Without --upp: the inventory as CSV or JSON lines, which holds no secret. */
static int
profile_export(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	const char	*path = ctl_text(a, "output");
	struct export	 e = { c->json, { 0 } };
	struct why	 why;
	int		 r;

	(void)v;
	if (ctl_flag(a, "upp"))
		return export_upp(c, a, path);
	if (!c->json)
		buf_add_str(&e.text, "iccid,type,state,card_state,eid,order\n");
	r = a->words > 0 ? export_words(c, a, &e) : ctl_pages(c, "profile",
	    "list", a->in, 0, export_page, &e);
	if (r == CTL_DONE && file_write(path != NULL ? path : "-",
	    buf_slice(&e.text), 0644, false, &why) != 0)
		r = ctl_say(CTL_FAILED, "%s", why.text);
	buf_free(&e.text);
	return r;
}

const struct ctl_verb	ctl_profile_verbs[] = {
	{ "profile", "import", "[FILE...]", NULL, 0, -1, import_opts, NULL,
	    profile_import, "take profile packages (DER), or subscriptions",
	    "profile import *.der --type staff" },
	{ "profile", "list", NULL, NULL, 0, 0, list_opts, profile_cols,
	    ctl_run_list, "the inventory",
	    "profile list --type staff --state available" },
	{ "profile", "show", "[ICCID]", "iccid", 0, 1, ctl_decode_opts, NULL,
	    ctl_profile_show, "one profile, or what is in its package",
	    "profile show 8999901001234567897 --decode" },
	{ "profile", "export", "[ICCID...]", NULL, 0, -1, export_opts, NULL,
	    profile_export, "the inventory as CSV, or one package",
	    "profile export --type staff -o staff.csv" },
	{ "profile", "retire", "ICCID", "iccid", 1, 1, retire_opts, NULL,
	    ctl_run_one, "take a profile out of the inventory for good",
	    "profile retire 8999901001234567897 --reason 'test card'" },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL }
};
