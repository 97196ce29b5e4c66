-- SPDX-License-Identifier: Apache-2.0
-- An order whose sessions had gone before orders.sent_tid came looked as if its
-- package had never been given away.  The audit knows better.
UPDATE orders SET sent_tid = (SELECT a.tid FROM audit a
    WHERE a.tenant = orders.tenant AND a.iccid = orders.iccid
    AND a.order_id = orders.id AND a.action = 'order.bound'
    ORDER BY a.id DESC LIMIT 1)
    WHERE sent_tid IS NULL;
