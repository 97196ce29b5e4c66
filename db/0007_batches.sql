-- SPDX-License-Identifier: Apache-2.0
-- Profiles that are made together.  A row of a batch that is loading or being
-- taken back is not to be seen; the one update that makes the batch live shows
-- them all.  Batch 0: profiles one by one.  keys: how much of the batch's
-- batch_keys is in profile_keys.  next_*: where generating goes on, until
-- last_iccid; digest: of the file that it is read from.
CREATE TABLE batches (
	id	INTEGER PRIMARY KEY,
	tenant	INTEGER NOT NULL REFERENCES tenants (id),
	type	INTEGER NOT NULL,
	body	INTEGER NOT NULL,
	kind	TEXT NOT NULL CHECK (kind IN ('generate', 'csv')),
	state	TEXT NOT NULL CHECK (state IN ('loading', 'live', 'aborting',
	    'aborted')),
	total	INTEGER NOT NULL CHECK (total > 0),
	done	INTEGER NOT NULL CHECK (done BETWEEN 0 AND total),
	keys	INTEGER NOT NULL CHECK (keys >= 0),
	next_iccid	TEXT,
	last_iccid	TEXT,
	next_imsi	TEXT,
	digest	BLOB CHECK (length(digest) = 32),
	created	INTEGER NOT NULL,
	updated	INTEGER NOT NULL
) STRICT;
CREATE INDEX batches_hidden ON batches (id)
    WHERE state IN ('loading', 'aborting');

-- Key material that is in the inventory, as a number made of a keyed hash.
-- Those of a batch wait, row after row, eight octets each, until they can be
-- put in by their size: one by one, each would be a page of its own.
CREATE TABLE profile_keys (
	key	INTEGER PRIMARY KEY,
	tenant	INTEGER NOT NULL,
	batch	INTEGER NOT NULL
) STRICT;
CREATE TABLE batch_keys (
	seq	INTEGER PRIMARY KEY,
	batch	INTEGER NOT NULL REFERENCES batches (id),
	first	INTEGER NOT NULL CHECK (first >= 0),
	keys	BLOB NOT NULL,
	UNIQUE (batch, first)
) STRICT;

ALTER TABLE profiles ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imsi_ranges ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;

-- The map is one of the package, and was in each of its profiles.
ALTER TABLE bodies ADD COLUMN patch BLOB;
UPDATE bodies SET patch = (SELECT p.patch FROM profiles p
    WHERE p.body = bodies.seq AND p.patch IS NOT NULL LIMIT 1);
ALTER TABLE profiles DROP COLUMN patch;

-- The oldest is the one with the lowest number.  Most are available, so an
-- index of states need not name those.
DROP INDEX profiles_free;
CREATE INDEX profiles_free ON profiles (tenant, type, state, batch)
    WHERE state = 'available';
DROP INDEX profiles_state;
CREATE INDEX profiles_state ON profiles (tenant, state, iccid)
    WHERE state <> 'available';
