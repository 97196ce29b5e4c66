-- SPDX-License-Identifier: Apache-2.0
-- Every row has a tenant.  Times are seconds since 1970 UTC.  What is secret
-- arrives sealed; nothing here can be read without the key outside.
-- Only this file speaks the dialect of SQLite (STRICT, rowid keys).

CREATE TABLE tenants (
	id	INTEGER PRIMARY KEY,
	name	TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO tenants (id, name) VALUES (1, 'default');

CREATE TABLE types (
	id	INTEGER PRIMARY KEY,
	tenant	INTEGER NOT NULL REFERENCES tenants (id),
	name	TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
	spn	TEXT NOT NULL,
	profile_name	TEXT NOT NULL,
	profile_class	INTEGER NOT NULL CHECK (profile_class BETWEEN 0 AND 2),
	icon_type	INTEGER NOT NULL CHECK (icon_type BETWEEN -1 AND 1),
	icon	BLOB,
	owner	TEXT NOT NULL,
	ppr	INTEGER NOT NULL,
	notify	INTEGER NOT NULL,
	protect_ppk	INTEGER NOT NULL CHECK (protect_ppk IN (0, 1)),
	ineligible_error	INTEGER NOT NULL
	    CHECK (ineligible_error IN (0, 1)),
	shred	INTEGER NOT NULL CHECK (shred IN (0, 1)),
	reinstall	INTEGER NOT NULL CHECK (reinstall >= 0),
	created	INTEGER NOT NULL,
	UNIQUE (tenant, name)
) STRICT;

CREATE TABLE bodies (
	seq	INTEGER PRIMARY KEY,
	tenant	INTEGER NOT NULL REFERENCES tenants (id),
	id	TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 32),
	is_template	INTEGER NOT NULL CHECK (is_template IN (0, 1)),
	body_index	BLOB NOT NULL CHECK (length(body_index) = 32),
	sealed	BLOB NOT NULL,
	UNIQUE (tenant, id),
	UNIQUE (tenant, body_index)
) STRICT;

CREATE TABLE profiles (
	seq	INTEGER PRIMARY KEY,
	tenant	INTEGER NOT NULL REFERENCES tenants (id),
	iccid	TEXT NOT NULL CHECK (length(iccid) BETWEEN 19 AND 20),
	type	INTEGER NOT NULL REFERENCES types (id),
	body	INTEGER REFERENCES bodies (seq),
	sealed_values	BLOB,
	patch	BLOB,
	state	TEXT NOT NULL CHECK (state IN ('available', 'allocated',
	    'linked', 'confirmed', 'released', 'downloaded', 'installed',
	    'error', 'unavailable')),
	card	TEXT CHECK (card IN ('enabled', 'disabled', 'deleted')),
	card_seq	INTEGER NOT NULL DEFAULT -1,
	eid	TEXT CHECK (length(eid) = 32),
	order_id	TEXT,
	created	INTEGER NOT NULL,
	updated	INTEGER NOT NULL,
	UNIQUE (tenant, iccid)
) STRICT;
CREATE INDEX profiles_free ON profiles (tenant, type, created, iccid)
    WHERE state = 'available';
CREATE INDEX profiles_state ON profiles (tenant, state, iccid);
CREATE INDEX profiles_type ON profiles (tenant, type, iccid);
CREATE INDEX profiles_body ON profiles (body);
CREATE INDEX profiles_eid ON profiles (tenant, eid, iccid)
    WHERE eid IS NOT NULL;

CREATE TABLE imsi_ranges (
	seq	INTEGER PRIMARY KEY,
	tenant	INTEGER NOT NULL REFERENCES tenants (id),
	digits	INTEGER NOT NULL CHECK (digits BETWEEN 6 AND 15),
	first	TEXT NOT NULL CHECK (length(first) = digits),
	last	TEXT NOT NULL CHECK (length(last) = digits),
	CHECK (first <= last),
	UNIQUE (tenant, digits, last)
) STRICT;

-- state is that of the profile, copied in the same write that moves it, so
-- that the device lock and the look-ups need this row alone.  first_* is how
-- the order was made: what a test bench resets it to.
CREATE TABLE orders (
	seq	INTEGER PRIMARY KEY,
	tenant	INTEGER NOT NULL,
	id	TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 32),
	iccid	TEXT NOT NULL,
	type	INTEGER NOT NULL REFERENCES types (id),
	mid	BLOB,
	mid_index	BLOB CHECK (length(mid_index) = 32),
	cc	BLOB,
	lock	TEXT NOT NULL CHECK (lock IN ('eid', 'tofu', 'open')),
	eid	TEXT CHECK (length(eid) = 32),
	state	TEXT NOT NULL CHECK (state IN ('available', 'allocated',
	    'linked', 'confirmed', 'released', 'downloaded', 'installed',
	    'error', 'unavailable')),
	ended	TEXT NOT NULL CHECK (ended IN ('live', 'cancelled',
	    'expired')),
	is_default	INTEGER NOT NULL CHECK (is_default IN (0, 1)),
	reusable	INTEGER NOT NULL CHECK (reusable IN (0, 1)),
	expires	INTEGER NOT NULL,
	max_downloads	INTEGER NOT NULL CHECK (max_downloads >= 0),
	downloads	INTEGER NOT NULL CHECK (downloads >= 0),
	attempt_eid	TEXT CHECK (length(attempt_eid) = 32),
	max_cc	INTEGER NOT NULL CHECK (max_cc >= 0),
	cc_attempts	INTEGER NOT NULL CHECK (cc_attempts >= 0),
	first_state	TEXT NOT NULL,
	first_eid	TEXT,
	first_downloads	INTEGER NOT NULL,
	first_cc	INTEGER NOT NULL,
	subject	TEXT NOT NULL,
	created	INTEGER NOT NULL,
	updated	INTEGER NOT NULL,
	CHECK ((mid IS NULL) = (mid_index IS NULL)),
	CHECK (lock <> 'eid' OR eid IS NOT NULL),
	UNIQUE (tenant, id),
	FOREIGN KEY (tenant, iccid) REFERENCES profiles (tenant, iccid)
) STRICT;
CREATE UNIQUE INDEX orders_live_mid ON orders (tenant, mid_index)
    WHERE ended = 'live';
CREATE UNIQUE INDEX orders_live_iccid ON orders (tenant, iccid)
    WHERE ended = 'live';
CREATE INDEX orders_ended_mid ON orders (tenant, mid_index)
    WHERE ended <> 'live' AND mid_index IS NOT NULL;
CREATE INDEX orders_eid ON orders (tenant, eid, state) WHERE eid IS NOT NULL;
CREATE INDEX orders_iccid ON orders (tenant, iccid);
CREATE INDEX orders_type ON orders (tenant, type);
CREATE INDEX orders_state ON orders (tenant, state) WHERE ended = 'live';
CREATE INDEX orders_tenant ON orders (tenant);

-- A bound package that may be asked for again; gone when the profile leaves
-- Downloaded.
CREATE TABLE bpps (
	tenant	INTEGER NOT NULL REFERENCES tenants (id),
	iccid	TEXT NOT NULL,
	order_id	TEXT NOT NULL,
	eid	TEXT NOT NULL CHECK (length(eid) = 32),
	dp_ci	BLOB NOT NULL CHECK (length(dp_ci) = 20),
	euicc_otpk	BLOB NOT NULL CHECK (length(euicc_otpk) = 65),
	smdp_otpk	BLOB NOT NULL CHECK (length(smdp_otpk) = 65),
	meta_sum	BLOB NOT NULL CHECK (length(meta_sum) = 32),
	host_id	BLOB NOT NULL CHECK (length(host_id) BETWEEN 1 AND 16),
	sealed	BLOB NOT NULL,
	created	INTEGER NOT NULL,
	PRIMARY KEY (tenant, iccid)
) STRICT;

-- due: when store_session_expire() looks at the row again.
CREATE TABLE sessions (
	seq	INTEGER PRIMARY KEY,
	tenant	INTEGER NOT NULL REFERENCES tenants (id),
	tid	TEXT NOT NULL CHECK (length(tid) BETWEEN 2 AND 32),
	step	TEXT NOT NULL CHECK (step IN ('initiated', 'authenticated',
	    'bpp_sent', 'closed')),
	created	INTEGER NOT NULL,
	touched	INTEGER NOT NULL,
	due	INTEGER NOT NULL,
	dp_ci	BLOB NOT NULL CHECK (length(dp_ci) = 20),
	euicc_ci	BLOB NOT NULL CHECK (length(euicc_ci) = 20),
	server_challenge	BLOB NOT NULL
	    CHECK (length(server_challenge) = 16),
	address	TEXT NOT NULL,
	svn	BLOB NOT NULL CHECK (length(svn) = 3),
	auth_sum	BLOB CHECK (length(auth_sum) = 32),
	eid	TEXT CHECK (length(eid) = 32),
	order_id	TEXT,
	iccid	TEXT,
	euicc_point	BLOB,
	euicc_curve	INTEGER NOT NULL DEFAULT 0,
	cc_required	INTEGER NOT NULL DEFAULT 0
	    CHECK (cc_required IN (0, 1)),
	smdp_signed2	BLOB,
	smdp_signature2	BLOB,
	metadata	BLOB,
	euicc_otpk	BLOB,
	UNIQUE (tenant, tid)
) STRICT;
CREATE INDEX sessions_due ON sessions (due);
CREATE INDEX sessions_tenant ON sessions (tenant);
CREATE INDEX sessions_open ON sessions (tenant, step) WHERE step <> 'closed';
CREATE INDEX sessions_sent ON sessions (tenant, order_id)
    WHERE euicc_otpk IS NOT NULL;

CREATE TABLE euiccs (
	tenant	INTEGER NOT NULL REFERENCES tenants (id),
	eid	TEXT NOT NULL CHECK (length(eid) = 32),
	first_seen	INTEGER NOT NULL,
	last_seen	INTEGER NOT NULL,
	svn	BLOB NOT NULL CHECK (length(svn) = 3),
	profile_version	BLOB NOT NULL CHECK (length(profile_version) = 3),
	eum	TEXT NOT NULL,
	tac	TEXT NOT NULL,
	free_nvm	INTEGER NOT NULL,
	PRIMARY KEY (tenant, eid)
) STRICT;

-- raw_sum finds a repeat of the same octets without a second copy of them.
CREATE TABLE notifications (
	id	INTEGER PRIMARY KEY AUTOINCREMENT,
	tenant	INTEGER NOT NULL REFERENCES tenants (id),
	received	INTEGER NOT NULL,
	is_result	INTEGER NOT NULL CHECK (is_result IN (0, 1)),
	verified	INTEGER NOT NULL CHECK (verified IN (0, 1)),
	eid	TEXT CHECK (length(eid) = 32),
	iccid	TEXT,
	seq	INTEGER NOT NULL,
	event	TEXT NOT NULL,
	result	TEXT NOT NULL,
	raw_sum	INTEGER NOT NULL,
	raw	BLOB NOT NULL
) STRICT;
CREATE INDEX notifications_tenant ON notifications (tenant);
CREATE INDEX notifications_unverified ON notifications (tenant, verified)
    WHERE verified = 0;
CREATE INDEX notifications_sum ON notifications (tenant, raw_sum);

CREATE TABLE audit (
	id	INTEGER PRIMARY KEY AUTOINCREMENT,
	tenant	INTEGER NOT NULL REFERENCES tenants (id),
	at	INTEGER NOT NULL,
	actor	TEXT NOT NULL,
	action	TEXT NOT NULL,
	order_id	TEXT,
	iccid	TEXT,
	eid	TEXT,
	tid	TEXT,
	detail	TEXT
) STRICT;
CREATE INDEX audit_tenant ON audit (tenant);
CREATE INDEX audit_order ON audit (tenant, order_id)
    WHERE order_id IS NOT NULL;
CREATE INDEX audit_iccid ON audit (tenant, iccid) WHERE iccid IS NOT NULL;
CREATE INDEX audit_eid ON audit (tenant, eid) WHERE eid IS NOT NULL;
