-- SPDX-License-Identifier: Apache-2.0
-- Packages that were made templates: the body has the package, in which what
-- differs is zero, and the map.
CREATE TABLE templates (
	id	INTEGER PRIMARY KEY,
	tenant	INTEGER NOT NULL REFERENCES tenants (id),
	name	TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
	body	INTEGER NOT NULL UNIQUE REFERENCES bodies (seq),
	created	INTEGER NOT NULL,
	UNIQUE (tenant, name)
) STRICT;
