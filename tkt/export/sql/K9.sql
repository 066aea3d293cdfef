-- Repeats: tickets received in the window that repeat an earlier one, and those of a known root cause.
WITH span AS (
  SELECT CAST($start AS TIMESTAMP) AS start_at, CAST($end AS TIMESTAMP) AS end_at, CAST($now AS TIMESTAMP) AS now_at
),
counted AS (SELECT * FROM tickets WHERE uncounted_as IS NULL AND NOT is_internal),
-- What a ticket received in the window, or in the week after it, repeats: the ticket that it names, else the last
-- one of the same requester and category that was resolved in the 30 days before.
candidates AS (
  SELECT ticket, category, received_at FROM counted, span
  WHERE received_at >= start_at AND received_at < end_at + INTERVAL '7 days'
),
named AS (
  SELECT ticket, subject AS earlier FROM (
    SELECT m.ticket, m.subject, row_number() OVER (PARTITION BY m.ticket ORDER BY m.place DESC) AS nth
    FROM moments AS m WHERE m.kind = 'repeat_of'
  ) AS links WHERE nth = 1
),
same_matter AS (
  SELECT c.ticket, s.ticket AS earlier,
         row_number() OVER (PARTITION BY c.ticket ORDER BY s.started_at DESC, s.ticket DESC) AS nth
  FROM candidates AS c
  JOIN requesters AS mine ON mine.ticket = c.ticket
  JOIN requesters AS theirs ON theirs.requester = mine.requester AND theirs.ticket <> c.ticket
  JOIN counted AS before ON before.ticket = theirs.ticket AND before.category = c.category
  JOIN stays AS s ON s.ticket = before.ticket AND s.is_resolve
  WHERE s.started_at <= c.received_at AND s.started_at + INTERVAL '30 days' >= c.received_at
),
repeating AS (
  SELECT c.ticket, c.received_at, COALESCE(n.earlier, m.earlier) AS earlier
  FROM candidates AS c
  LEFT JOIN named AS n ON n.ticket = c.ticket
  LEFT JOIN same_matter AS m ON m.ticket = c.ticket AND m.nth = 1
  WHERE COALESCE(n.earlier, m.earlier) IS NOT NULL
),
received AS (
  SELECT t.ticket, EXISTS (SELECT 1 FROM repeating AS r WHERE r.ticket = t.ticket) AS is_repeat,
         EXISTS (SELECT 1 FROM moments AS m WHERE m.ticket = t.ticket AND m.kind = 'caused_by') AS is_known
  FROM counted AS t, span WHERE t.received_at >= start_at AND t.received_at < end_at
)
SELECT 'repeats.n' AS figure, CAST(count(*) AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label,
       string_agg(ticket, ' ' ORDER BY ticket) AS ids
FROM received
UNION ALL
SELECT 'repeats.by_customer', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM received WHERE is_repeat
UNION ALL
SELECT 'repeats.by_customer_rate', avg(CASE WHEN is_repeat THEN 1.0 ELSE 0.0 END), NULL, NULL FROM received
UNION ALL
SELECT 'repeats.by_problem', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM received WHERE is_known
UNION ALL
SELECT 'repeats.by_problem_rate', avg(CASE WHEN is_known THEN 1.0 ELSE 0.0 END), NULL, NULL FROM received
ORDER BY figure
