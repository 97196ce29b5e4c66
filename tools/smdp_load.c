/* SPDX-License-Identifier: Apache-2.0 */
/* smdp-load: command line and report. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "certs/floor.h"
#include "config.h"
#include "tools/load.h"

#define CLIENTS_MAX	1000
#define DOWNLOADS_MAX	1000000
#define FLOOR_ROUNDS	500

static void
usage(FILE *f)
{
	fprintf(f,
	    "usage: smdp-load [-d D] [-c CLIENTS] [-n DOWNLOADS] [--reconnect]\n"
	    "                 [--curve p256|bp256] [--json]\n"
	    "       smdp-load --help | --version\n"
	    "\n"
	    "Downloads profiles from the running daemon of lab D with CLIENTS\n"
	    "virtual eUICCs at a time, and reports the rate, the server's\n"
	    "processor time for each download and its ratio to the bare\n"
	    "cryptography.  It makes a type, and a profile and an order for\n"
	    "each download, and leaves them in the lab.\n"
	    "\n"
	    "  -d D           directory of the lab (also from SMDP_LAB)\n"
	    "  -c CLIENTS     at a time (8)\n"
	    "  -n DOWNLOADS   in all (200)\n"
	    "  --reconnect    a new connection for every call, as some LPAs do\n"
	    "  --curve CURVE  of the eUICCs (p256)\n"
	    "  --json         one JSON object\n");
}

static int
number(int option, const char *text, int64_t max, int64_t *out)
{
	char	*end;

	*out = strtoll(text, &end, 10);
	if (*text != '\0' && *end == '\0' && *out >= 1 && *out <= max)
		return 0;
	fprintf(stderr, "smdp-load: -%c %s: 1 to %lld is needed\n", option,
	    text, (long long)max);
	return DPE_USAGE;
}

static int
curve_named(const char *text, enum curve *out)
{
	if (strcmp(text, "p256") == 0)
		*out = CURVE_P256;
	else if (strcmp(text, "bp256") == 0)
		*out = CURVE_BP256;
	else {
		fprintf(stderr, "smdp-load: --curve %s: is neither p256 nor "
		    "bp256\n", text);
		return DPE_USAGE;
	}
	return 0;
}

static int
int64_cmp(const void *a, const void *b)
{
	int64_t	 x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* The value below which `percent` of the sorted n lie. */
static int64_t
percentile(const int64_t *us, int64_t n, int percent)
{
	int64_t	 i = n * percent / 100;

	return n == 0 ? 0 : us[i < n ? i : n - 1];
}

struct report {
	struct load_result	 res;
	double			 cpu_us, floor_us;
	int64_t			 rss_kb;
};

static const char *const names[LOAD_FUNCTIONS] = {
	"initiate", "authenticate", "package", "notification"
};

static json_t *
report_json(const struct report *r)
{
	json_t	*j, *calls = json_object();
	size_t	 i;

	for (i = 0; i < LOAD_FUNCTIONS; i++)
		json_object_set_new(calls, names[i], json_pack("{s:I,s:I}",
		    "p50_us", (json_int_t)percentile(r->res.us[i],
		    r->res.done, 50), "p99_us",
		    (json_int_t)percentile(r->res.us[i], r->res.done, 99)));
	j = json_pack("{s:I,s:I,s:f,s:f,s:f,s:f,s:f,s:I,s:I,s:o}",
	    "downloads", (json_int_t)r->res.done,
	    "failed", (json_int_t)r->res.failed,
	    "seconds", r->res.seconds,
	    "downloads_per_s", (double)r->res.done / r->res.seconds,
	    "server_cpu_us_per_download", r->cpu_us,
	    "crypto_floor_us", r->floor_us,
	    "ratio", r->cpu_us / r->floor_us,
	    "package_octets", (json_int_t)r->res.package,
	    "rss_kb", (json_int_t)r->rss_kb, "calls", calls);
	return j;
}

static void
report_text(const struct report *r)
{
	size_t	 i;

	printf("downloads            %lld in %.2f s, %lld failed\n",
	    (long long)r->res.done, r->res.seconds,
	    (long long)r->res.failed);
	printf("rate                 %.1f downloads/s\n",
	    (double)r->res.done / r->res.seconds);
	printf("server CPU           %.0f us a download\n", r->cpu_us);
	printf("crypto floor         %.0f us (package of %zu octets)\n",
	    r->floor_us, r->res.package);
	printf("ratio                %.2f\n", r->cpu_us / r->floor_us);
	printf("server memory        %lld kB\n", (long long)r->rss_kb);
	for (i = 0; i < LOAD_FUNCTIONS; i++)
		printf("%-12s         p50 %lld us, p99 %lld us\n", names[i],
		    (long long)percentile(r->res.us[i], r->res.done, 50),
		    (long long)percentile(r->res.us[i], r->res.done, 99));
}

static int
load_measure(const struct load_opt *o, const struct load_plan *plan,
    struct report *rep, struct why *why)
{
	struct load_server	 before = {0}, after;
	size_t			 i;
	int			 r;

	if ((r = load_server_find(o->dir, &before, why)) != 0 ||
	    (r = load_server_read(&before, why)) != 0)
		return r;
	after = before;
	if ((r = load_run(o, plan, &rep->res, why)) != 0 ||
	    (r = load_server_read(&after, why)) != 0)
		return r;
	if (rep->res.done == 0)
		return why_set(why, DPE_PEER, "no download succeeded: %.180s",
		    rep->res.first_failure.text);
	rep->cpu_us = (after.cpu_us - before.cpu_us) / (double)rep->res.done;
	rep->rss_kb = after.rss_kb;
	for (i = 0; i < LOAD_FUNCTIONS; i++)
		qsort(rep->res.us[i], (size_t)rep->res.done, sizeof(int64_t),
		    int64_cmp);
	return floor_measure(o->curve, rep->res.package, FLOOR_ROUNDS,
	    &rep->floor_us);
}

static int
load_main(const struct load_opt *o)
{
	struct ctl	 ctl = { .dir = o->dir };
	struct report	 rep = {0};
	struct load_plan plan = {0};
	struct why	 why = {""};
	json_t		*j;
	int		 r;

	if ((r = load_setup(&ctl, o, &plan, &why)) == 0)
		r = load_measure(o, &plan, &rep, &why);
	if (r != 0)
		fprintf(stderr, "smdp-load: %s\n",
		    why.text[0] != '\0' ? why.text : err_text(r));
	else if (o->json) {
		j = report_json(&rep);
		json_dumpf(j, stdout, JSON_REAL_PRECISION(7));
		putchar('\n');
		json_decref(j);
	} else
		report_text(&rep);
	if (r == 0 && rep.res.failed > 0)
		fprintf(stderr, "smdp-load: %lld failed, the first: %s\n",
		    (long long)rep.res.failed, rep.res.first_failure.text);
	ctl_link_free(ctl.link);
	load_result_free(&rep.res);
	load_plan_free(o, &plan);
	if (r == DPE_NOTFOUND)
		return 3;
	return r == 0 && rep.res.failed == 0 ? 0 : 1;
}

/* extra: the first word that is no option, or NULL. */
static int
options_complete(const struct load_opt *o, const char *extra)
{
	if (extra != NULL)
		fprintf(stderr, "smdp-load: %s: is no option (--help)\n",
		    extra);
	else if (o->dir == NULL || *o->dir == '\0')
		fprintf(stderr, "smdp-load: the directory of the lab is "
		    "needed: -d D, or SMDP_LAB\n");
	else
		return 0;
	return DPE_USAGE;
}

static int
load_options(int argc, char **argv, struct load_opt *o)
{
	static const struct option longs[] = {
		{ "reconnect", no_argument, NULL, 'r' },
		{ "json", no_argument, NULL, 'j' },
		{ "curve", required_argument, NULL, 'k' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 }
	};
	int	 ch, r = 0;

	while ((ch = getopt_long(argc, argv, "d:c:n:", longs, NULL)) != -1)
		switch (ch) {
		case 'd':
			o->dir = optarg;
			break;
		case 'c':
			r |= number(ch, optarg, CLIENTS_MAX, &o->clients);
			break;
		case 'n':
			r |= number(ch, optarg, DOWNLOADS_MAX,
			    &o->downloads);
			break;
		case 'r':
			o->reconnect = true;
			break;
		case 'j':
			o->json = true;
			break;
		case 'k':
			r |= curve_named(optarg, &o->curve);
			break;
		case 'h':
			usage(stdout);
			exit(0);
		case 'V':
			printf("smdp-load %s\n", PACKAGE_VERSION);
			exit(0);
		default:
			return DPE_USAGE;
		}
	return r != 0 ? DPE_USAGE : options_complete(o, argv[optind]);
}

int
main(int argc, char **argv)
{
	struct load_opt	 o = { .clients = 8, .downloads = 200,
			    .curve = CURVE_P256 };
	int		 status;

	o.dir = getenv("SMDP_LAB");
	if (load_options(argc, argv, &o) != 0)
		return 2;
	curl_global_init(CURL_GLOBAL_DEFAULT);
	status = load_main(&o);
	curl_global_cleanup();
	return status;
}
