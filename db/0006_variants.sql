-- SPDX-License-Identifier: Apache-2.0
-- Variants of a profile type, in the order of seq: the same subscription in
-- another template, for eUICCs that can do what it needs (as in bodies).  seq
-- is what a session remembers, so numbers do not come back.  The variant that
-- an order was bound with last, '' for the profile's own template.
CREATE TABLE variants (
	seq	INTEGER PRIMARY KEY AUTOINCREMENT,
	tenant	INTEGER NOT NULL REFERENCES tenants (id),
	type	INTEGER NOT NULL REFERENCES types (id),
	name	TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
	template	TEXT NOT NULL,
	body	INTEGER NOT NULL REFERENCES bodies (seq),
	patch	BLOB,
	saip_version	INTEGER NOT NULL CHECK (saip_version >= 0),
	services	INTEGER NOT NULL CHECK (services >= 0),
	octets	INTEGER NOT NULL CHECK (octets >= 0),
	UNIQUE (type, name)
) STRICT;
CREATE INDEX variants_body ON variants (body);
ALTER TABLE sessions ADD COLUMN variant INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN variant TEXT NOT NULL DEFAULT '';
