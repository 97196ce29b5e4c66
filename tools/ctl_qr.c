/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "server/qr.h"
#include "tools/ctl_call.h"
#include "tools/ctl_print.h"

#define PNG_SCALE	8	/* pixels a module */

static const struct ctl_opt	qr_opts[] = {
	{ "output", 'o', CTL_TEXT, NULL, true, "FILE",
	    "write FILE.svg or FILE.png" },
	{ "tty", 0, CTL_FLAG, NULL, true, NULL,
	    "draw it on the terminal (the default)" },
	{ NULL, 0, CTL_TEXT, NULL, false, NULL, NULL }
};

static bool
qr_suffix(const char *path, const char *suffix)
{
	size_t	 n = strlen(path), k = strlen(suffix);

	return n > k && strcmp(path + n - k, suffix) == 0;
}

static int
qr_file(const struct qr *q, const char *path)
{
	struct buf	 b = { 0 };
	struct why	 why;
	int		 r = 0;

	if (qr_suffix(path, ".svg"))
		qr_svg(q, &b);
	else if ((r = qr_png(q, PNG_SCALE, &b)) != 0)
		why_set(&why, r, "%s: %s", path, err_text(r));
	if (r == 0)
		r = file_write(path, buf_slice(&b), 0600, false, &why);
	buf_free(&b);
	return r == 0 ? CTL_DONE : ctl_say(CTL_FAILED, "%s", why.text);
}

static int
qr_draw(const char *code, const char *path)
{
	struct buf	 b = { 0 };
	struct qr	 q;
	int		 r = CTL_DONE;

	if (qr_make(code, &q) != 0)
		r = ctl_say(CTL_FAILED, "qr: the activation code is too long");
	else if (path != NULL)
		r = qr_file(&q, path);
	else {
		qr_terminal(&q, &b);
		fputs(buf_cstr(&b), stdout);
		printf("%s\n", code);
	}
	buf_free(&b);
	qr_free(&q);
	return r;
}

static int
qr_run(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	const char	*path = ctl_text(a, "output"), *code;
	json_t		*out;
	int		 r;

	(void)v;
	if (path != NULL && ctl_flag(a, "tty"))
		return ctl_say(CTL_USAGE, "qr: either -o or --tty");
	if (path != NULL && !qr_suffix(path, ".svg") &&
	    !qr_suffix(path, ".png"))
		return ctl_say(CTL_USAGE, "%s: .svg or .png is needed", path);
	if ((r = ctl_call_say(c, "qr", "show", a->in, &out)) != CTL_DONE)
		return r;
	code = json_string_value(json_object_get(out, "activation_code"));
	if (code == NULL)
		r = ctl_say(CTL_FAILED, "smdpd: an answer without code");
	else if (path != NULL || !c->json)
		r = qr_draw(code, path);
	if (r == CTL_DONE && c->json)
		ctl_print_json(out);
	json_decref(out);
	return r;
}

const struct ctl_verb	ctl_qr_verbs[] = {
	{ "qr", NULL, "ID", "order", 1, 1, qr_opts, NULL, qr_run,
	    "the activation code of an order as a QR code",
	    "qr 0123456789abcdef0123456789abcdef -o code.png" },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL }
};
