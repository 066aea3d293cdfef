-- Resolution time: tickets resolved in the window, up to their last resolve in it; wall time, wait and work.
WITH span AS (
  SELECT CAST($start AS TIMESTAMP) AS start_at, CAST($end AS TIMESTAMP) AS end_at, CAST($now AS TIMESTAMP) AS now_at
),
counted AS (SELECT * FROM tickets WHERE uncounted_as IS NULL AND NOT is_internal),
-- Tickets resolved in the window, each with its last resolve in it.
cases AS (
  SELECT ticket, max(started_at) AS resolved_at
  FROM stays JOIN counted USING (ticket), span
  WHERE is_resolve AND started_at >= start_at AND started_at < end_at
  GROUP BY ticket
),
first_resolves AS (SELECT ticket, min(started_at) AS first_at FROM stays WHERE is_resolve GROUP BY ticket),
-- Their visits up to that resolve.
lived AS (
  SELECT c.ticket, c.resolved_at, s.status, s.seconds, s.wait_s, s.work_s
  FROM cases AS c JOIN stays AS s ON s.ticket = c.ticket
  WHERE s.started_at < c.resolved_at
     OR (s.started_at = c.resolved_at AND s.ended_at = c.resolved_at AND NOT s.is_finished)
),
sums AS (
  SELECT c.ticket, COALESCE(sum(wait_s), 0) AS wait_s, COALESCE(sum(work_s), 0) AS work_s
  FROM cases AS c LEFT JOIN lived AS l ON l.ticket = c.ticket GROUP BY c.ticket
),
measured AS (
  SELECT '' AS name, ticket, EXTRACT(EPOCH FROM resolved_at - received_at) AS seconds
  FROM cases JOIN counted USING (ticket)
  UNION ALL
  SELECT 'first_', ticket, EXTRACT(EPOCH FROM first_at - received_at)
  FROM cases JOIN counted USING (ticket) JOIN first_resolves USING (ticket)
  UNION ALL
  SELECT 'wait_', ticket, wait_s FROM sums
  UNION ALL
  SELECT 'work_', ticket, work_s FROM sums
),
names (name) AS (VALUES (''), ('first_'), ('wait_'), ('work_')),
spread AS (
  SELECT name, count(seconds) AS n,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS middle,
         percentile_disc(0.9) WITHIN GROUP (ORDER BY seconds) AS nearest,
         avg(seconds) AS average,
         string_agg(DISTINCT ticket, ' ' ORDER BY ticket) FILTER (WHERE seconds IS NOT NULL) AS ids
  FROM names LEFT JOIN measured USING (name) GROUP BY name
)
SELECT 'resolution.' || name || 'n' AS figure, CAST(n AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label, ids FROM spread
UNION ALL
SELECT 'resolution.' || name || 'median_s', middle, NULL, NULL FROM spread
UNION ALL
SELECT 'resolution.' || name || 'p90_s', CASE WHEN n >= 10 THEN nearest END, NULL, NULL FROM spread
UNION ALL
SELECT 'resolution.' || name || 'mean_s', average, NULL, NULL FROM spread
ORDER BY figure
