-- SPDX-License-Identifier: Apache-2.0
-- What a download writes is counted in pages, and each index is one more.
-- Gone are indexes that repeat what another can do, or that serve a rare
-- question of an administrator, who can wait for a walk through the table.

-- The session that was given the package last, which an index of sessions told
-- for as long as they were there; of older orders the audit knows it.
ALTER TABLE orders ADD COLUMN sent_tid TEXT;
UPDATE orders SET sent_tid = coalesce((SELECT s.tid FROM sessions s
    WHERE s.tenant = orders.tenant AND s.order_id = orders.id
    AND s.eid = orders.eid AND s.euicc_otpk IS NOT NULL
    ORDER BY s.seq DESC LIMIT 1), (SELECT a.tid FROM audit a
    WHERE a.tenant = orders.tenant AND a.order_id = orders.id
    AND a.action = 'order.bound' ORDER BY a.id DESC LIMIT 1));

DROP INDEX audit_tenant;
DROP INDEX audit_order;
DROP INDEX notifications_tenant;
DROP INDEX orders_tenant;
DROP INDEX orders_state;
DROP INDEX orders_eid;
CREATE INDEX orders_eid ON orders (tenant, eid) WHERE eid IS NOT NULL;
DROP INDEX sessions_sent;
DROP INDEX sessions_tenant;
DROP INDEX sessions_open;

-- Rows are only ever taken from the old end, so numbers do not come back.
CREATE TABLE audit_2 (
	id	INTEGER PRIMARY KEY,
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
INSERT INTO audit_2 SELECT * FROM audit;
DROP TABLE audit;
ALTER TABLE audit_2 RENAME TO audit;
CREATE INDEX audit_iccid ON audit (tenant, iccid) WHERE iccid IS NOT NULL;
CREATE INDEX audit_eid ON audit (tenant, eid) WHERE eid IS NOT NULL;

CREATE TABLE notifications_2 (
	id	INTEGER PRIMARY KEY,
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
INSERT INTO notifications_2 SELECT * FROM notifications;
DROP TABLE notifications;
ALTER TABLE notifications_2 RENAME TO notifications;
CREATE INDEX notifications_unverified ON notifications (tenant, verified)
    WHERE verified = 0;
CREATE INDEX notifications_sum ON notifications (tenant, raw_sum);

-- One package to a profile: the profile's number is the key.
CREATE TABLE bpps_2 (
	profile	INTEGER PRIMARY KEY REFERENCES profiles (seq),
	order_id	TEXT NOT NULL,
	eid	TEXT NOT NULL CHECK (length(eid) = 32),
	dp_ci	BLOB NOT NULL CHECK (length(dp_ci) = 20),
	euicc_otpk	BLOB NOT NULL CHECK (length(euicc_otpk) = 65),
	smdp_otpk	BLOB NOT NULL CHECK (length(smdp_otpk) = 65),
	meta_sum	BLOB NOT NULL CHECK (length(meta_sum) = 32),
	host_id	BLOB NOT NULL CHECK (length(host_id) BETWEEN 1 AND 16),
	sealed	BLOB NOT NULL,
	created	INTEGER NOT NULL
) STRICT;
INSERT INTO bpps_2 SELECT p.seq, b.order_id, b.eid, b.dp_ci, b.euicc_otpk,
    b.smdp_otpk, b.meta_sum, b.host_id, b.sealed, b.created
    FROM bpps b JOIN profiles p ON p.tenant = b.tenant AND p.iccid = b.iccid;
DROP TABLE bpps;
ALTER TABLE bpps_2 RENAME TO bpps;
