-- Time in status: tickets resolved in the window, from their start to that resolve; the totals are the whole lives.
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
-- Their visits up to that resolve.
lived AS (
  SELECT c.ticket, c.resolved_at, s.status, s.seconds, s.wait_s, s.work_s
  FROM cases AS c JOIN stays AS s ON s.ticket = c.ticket
  WHERE s.started_at < c.resolved_at
     OR (s.started_at = c.resolved_at AND s.ended_at = c.resolved_at AND NOT s.is_finished)
),
by_status AS (
  SELECT status, count(*) AS visits, sum(seconds) AS total_s, sum(wait_s) AS wait_s,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS middle,
         percentile_disc(0.9) WITHIN GROUP (ORDER BY seconds) AS nearest,
         string_agg(DISTINCT ticket, ' ' ORDER BY ticket) AS ids
  FROM lived GROUP BY status
),
-- The status in which requesters waited most; of equal ones the first of the workflow.
worst AS (
  SELECT status, wait_s FROM by_status LEFT JOIN statuses USING (status)
  WHERE wait_s > 0 ORDER BY wait_s DESC, COALESCE(place, 1000000), status LIMIT 1
)
SELECT 'time_in_status.' || status || '.visits' AS figure, CAST(visits AS DOUBLE) AS value,
       CAST(NULL AS VARCHAR) AS label, ids
FROM by_status
UNION ALL
SELECT 'time_in_status.' || status || '.total_s', total_s, NULL, NULL FROM by_status
UNION ALL
SELECT 'time_in_status.' || status || '.share', total_s / NULLIF(CAST(sum(total_s) OVER () AS DOUBLE), 0), NULL, NULL
FROM by_status
UNION ALL
SELECT 'time_in_status.' || status || '.median_s', middle, NULL, NULL FROM by_status
UNION ALL
SELECT 'time_in_status.' || status || '.p90_s', CASE WHEN visits >= 10 THEN nearest END, NULL, NULL FROM by_status
UNION ALL
SELECT 'time_in_status.' || status || '.wait_s', wait_s, NULL, NULL FROM by_status
UNION ALL
SELECT 'time_in_status.n', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM cases
UNION ALL
SELECT 'time_in_status.bottleneck', NULL, status, NULL FROM worst
UNION ALL
SELECT 'time_in_status.bottleneck_share', CAST((SELECT wait_s FROM worst) AS DOUBLE) / NULLIF(sum(wait_s), 0), NULL, NULL
FROM by_status
ORDER BY figure
