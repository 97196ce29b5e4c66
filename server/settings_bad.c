/* SPDX-License-Identifier: Apache-2.0 */
#include "server/settings_bad.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <ctype.h>
#include <grp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/ident.h"
#include "base/limits.h"
#include "base/log.h"

static bool
port_good(const char *p, long least)
{
	size_t	 n = strlen(p);

	return n >= 1 && n <= 5 && strspn(p, "0123456789") == n &&
	    (p[0] != '0' || n == 1) && atol(p) >= least && atol(p) <= 65535;
}

/* One label of a name: letters, digits and hyphens inside (RFC 1123). */
static bool
label_good(const char *p, size_t n)
{
	size_t	 i;

	if (n < 1 || n > 63 || p[0] == '-' || p[n - 1] == '-')
		return false;
	for (i = 0; i < n; i++)
		if (!isalnum((unsigned char)p[i]) && p[i] != '-')
			return false;
	return true;
}

static bool
host_good(const char *p, size_t n)
{
	const char	*end = p + n, *dot;

	while ((dot = memchr(p, '.', (size_t)(end - p))) != NULL) {
		if (!label_good(p, (size_t)(dot - p)))
			return false;
		p = dot + 1;
	}
	return label_good(p, (size_t)(end - p));
}

const char *
bad_address(const char *v)
{
	const char	*colon = strchr(v, ':');
	size_t		 n = colon == NULL ? strlen(v) : (size_t)(colon - v);

	if (strlen(v) > LIM_HOST)
		return "is longer than 255 characters";
	if (!host_good(v, n))
		return "is not HOST[:PORT]";
	return colon == NULL || port_good(colon + 1, 1) ? NULL :
	    "has no port from 1 to 65535";
}

static bool
numeric_good(const char *p, size_t n)
{
	unsigned char	 bin[16];
	char		 host[64];

	if (n >= sizeof(host))
		return false;
	memcpy(host, p, n);
	host[n] = '\0';
	return strcmp(host, "localhost") == 0 ||
	    inet_pton(AF_INET, host, bin) == 1 ||
	    inet_pton(AF_INET6, host, bin) == 1;
}

const char *
bad_listen(const char *v)
{
	const char	*colon = strrchr(v, ':');
	size_t		 n;

	if (colon == NULL)
		return "is not ADDR:PORT";
	if (!port_good(colon + 1, 0))	/* 0: the kernel chooses */
		return "has no port from 0 to 65535";
	n = (size_t)(colon - v);
	if (n >= 2 && v[0] == '[' && v[n - 1] == ']') {
		v++;
		n -= 2;
	}
	return numeric_good(v, n) ? NULL : "has no numeric address";
}

const char *
bad_listen_admin(const char *v)
{
	if (strncmp(v, "unix:", 5) == 0)
		return v[5] != '\0' ? NULL : "names no path";
	return bad_listen(v) == NULL ?
	    "ADDR:PORT is not built yet, unix:PATH is" : "is not unix:PATH";
}

const char *
bad_group(const char *v)
{
	return getgrnam(v) != NULL ? NULL : "no such group";
}

const char *
bad_db(const char *v)
{
	return strncmp(v, "sqlite:", 7) == 0 && v[7] != '\0' ? NULL :
	    "is not sqlite:PATH";
}

const char *
bad_kek(const char *v)
{
	return strncmp(v, "file:", 5) == 0 && v[5] != '\0' ? NULL :
	    "is not file:PATH";
}

const char *
bad_log_level(const char *v)
{
	enum log_level	 level;

	return log_level_parse(v, &level) == 0 ? NULL :
	    "is not error, warn, info or debug";
}

const char *
bad_session_timeout(const char *v)
{
	bool	 zero = isdigit((unsigned char)v[0]) && atol(v) == 0;

	return zero || strcmp(v, "never") == 0 ? "a session must end" : NULL;
}

const char *
bad_svn_max(const char *v)
{
	const char	*n = v + strlen("2.");
	size_t		 len;

	if (strncmp(v, "2.", strlen("2.")) != 0)
		return "is not 2.N";
	len = strlen(n);
	return len >= 1 && len <= 3 && strspn(n, "0123456789") == len &&
	    atoi(n) <= 255 ? NULL : "is not 2.N with N from 0 to 255";
}

static bool
digits_good(const char *p, size_t n)
{
	size_t	 i;

	for (i = 0; i < n; i++)
		if (!isdigit((unsigned char)p[i]))
			return false;
	return true;
}

const char *
bad_block_ski(const char *v)
{
	return strlen(v) == 40 &&
	    strspn(v, "0123456789abcdefABCDEF") == 40 ? NULL :
	    "is not 40 hex digits";
}

const char *
bad_block_eid(const char *v)
{
	size_t	 n = strlen(v);

	if (n == EID_DIGITS)
		return digits_good(v, n) ? NULL : "is not an EID";
	if (n != 2 * EID_DIGITS + 1 || v[EID_DIGITS] != '-' ||
	    !digits_good(v, EID_DIGITS) ||
	    !digits_good(v + EID_DIGITS + 1, EID_DIGITS))
		return "is not EID or EID-EID";
	return strncmp(v, v + EID_DIGITS + 1, EID_DIGITS) <= 0 ? NULL :
	    "begins behind its end";
}

/* X.Y.Z as it is printed: without leading zeros, 0 to 255 each. */
static bool
version_good(const char *v)
{
	size_t	 i, n;

	for (i = 0; i < 3; i++, v += n + 1) {
		n = strspn(v, "0123456789");
		if (n < 1 || n > 3 || (n > 1 && v[0] == '0') ||
		    atoi(v) > 255 || v[n] != (i < 2 ? '.' : '\0'))
			return false;
	}
	return true;
}

const char *
bad_block_firmware(const char *v)
{
	const char	*colon = strchr(v, ':');
	size_t		 n = colon == NULL ? 0 : (size_t)(colon - v);

	if (colon != NULL && (n < 1 || n > EID_DIGITS || !digits_good(v, n)))
		return "has no first digits of an EID before the colon";
	return version_good(colon == NULL ? v : colon + 1) ? NULL :
	    "is not [EID prefix:]X.Y.Z";
}

const char *
bad_crl_stale(const char *v)
{
	return strcmp(v, "warn") == 0 || strcmp(v, "refuse") == 0 ? NULL :
	    "is not warn or refuse";
}
