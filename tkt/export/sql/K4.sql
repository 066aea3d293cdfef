-- Solved at once: with one reply, and at the first contact; tickets first resolved in the window.
WITH span AS (
  SELECT CAST($start AS TIMESTAMP) AS start_at, CAST($end AS TIMESTAMP) AS end_at, CAST($now AS TIMESTAMP) AS now_at
),
counted AS (SELECT * FROM tickets WHERE uncounted_as IS NULL AND NOT is_internal),
-- Tickets whose first resolve lies in the window.
firsts AS (
  SELECT ticket, resolved_at FROM (
    SELECT ticket, min(started_at) AS resolved_at FROM stays JOIN counted USING (ticket)
    WHERE is_resolve GROUP BY ticket
  ) AS resolves, span
  WHERE resolved_at >= start_at AND resolved_at < end_at
),
-- What a ticket received in the window, or in the week after it, repeats: the tickets that it names, and those
-- of the same requester and category that were resolved in the 30 days before.
candidates AS (
  SELECT ticket, category, received_at FROM counted, span
  WHERE received_at >= start_at AND received_at < end_at + INTERVAL '7 days'
),
same_matter AS (
  SELECT c.ticket, c.received_at, s.ticket AS earlier
  FROM candidates AS c
  JOIN requesters AS mine ON mine.ticket = c.ticket
  JOIN requesters AS theirs ON theirs.requester = mine.requester AND theirs.ticket <> c.ticket
  JOIN counted AS before ON before.ticket = theirs.ticket AND before.category = c.category
  JOIN stays AS s ON s.ticket = before.ticket AND s.is_resolve
  WHERE s.started_at <= c.received_at AND s.started_at + INTERVAL '30 days' >= c.received_at
),
repeating AS (
  SELECT c.ticket, c.received_at, m.subject AS earlier
  FROM candidates AS c JOIN moments AS m ON m.ticket = c.ticket AND m.kind = 'repeat_of'
  UNION
  SELECT ticket, received_at, earlier FROM same_matter
),
cases AS (
  SELECT f.ticket, f.resolved_at, t.is_recorded, f.resolved_at + INTERVAL '7 days' <= now_at AS is_ripe,
         EXISTS (SELECT 1 FROM stays AS s WHERE s.ticket = f.ticket AND s.is_reopening) AS is_reopened,
         (SELECT count(*) FROM messages AS m WHERE m.ticket = f.ticket AND m.counts AND m.is_reply) AS replies,
         EXISTS (SELECT 1 FROM messages AS m WHERE m.ticket = f.ticket AND m.is_open_question) AS asked_more,
         EXISTS (
           SELECT 1 FROM repeating AS r WHERE r.earlier = f.ticket
             AND r.received_at >= f.resolved_at AND r.received_at <= f.resolved_at + INTERVAL '7 days'
         ) AS is_back
  FROM firsts AS f JOIN counted AS t ON t.ticket = f.ticket, span
),
known AS (SELECT cases.*, replies = 1 AND NOT is_reopened AS is_one_reply FROM cases WHERE is_recorded),
ripe AS (SELECT ticket, NOT (is_back OR is_reopened OR asked_more) AS is_first_contact FROM known WHERE is_ripe)
SELECT 'one_reply.resolved' AS figure, CAST(count(*) AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label,
       string_agg(ticket, ' ' ORDER BY ticket) AS ids
FROM known
UNION ALL
SELECT 'one_reply.one_reply', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM known WHERE is_one_reply
UNION ALL
SELECT 'one_reply.one_reply_rate', avg(CASE WHEN is_one_reply THEN 1.0 ELSE 0.0 END), NULL, NULL FROM known
UNION ALL
SELECT 'one_reply.n', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM ripe
UNION ALL
SELECT 'one_reply.fcr', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM ripe WHERE is_first_contact
UNION ALL
SELECT 'one_reply.fcr_rate', avg(CASE WHEN is_first_contact THEN 1.0 ELSE 0.0 END), NULL, NULL FROM ripe
UNION ALL
SELECT 'one_reply.immature', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM known WHERE NOT is_ripe
UNION ALL
SELECT 'one_reply.unrecorded', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket)
FROM cases WHERE NOT is_recorded
ORDER BY figure
