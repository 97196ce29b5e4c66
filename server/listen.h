/* SPDX-License-Identifier: Apache-2.0 */
/* Listening sockets: opened by the parent, inherited by every worker. */
#ifndef SERVER_LISTEN_H
#define SERVER_LISTEN_H

#include "server/settings.h"

#define LISTEN_MAX	16

struct listeners {
	int	es9[LISTEN_MAX];
	size_t	n_es9;
	int	admin;		/* -1: none */
	char	admin_path[108]; /* what we made; empty: LISTEN_FDS gave it */
};

/*
 * Open what the settings name, or take what LISTEN_FDS hands over: internet
 * sockets serve ES9+, a unix socket the admin API.
 */
MUST_CHECK int	listen_open(const struct settings *s, struct listeners *out,
		    struct why *why);
void		listen_close(struct listeners *l);
/* The admin socket that we made is this group's now (NULL: nobody's). */
MUST_CHECK int	listen_permit(const struct listeners *l, const char *group,
		    struct why *why);
/* The address a socket is bound to, "127.0.0.1:8443". */
void		listen_name(int fd, char *out, size_t size);

#endif
