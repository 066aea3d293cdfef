-- Effort: the minutes that people recorded in the window, and per ticket resolved in it, up to that resolve.
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
spent AS (
  SELECT e.ticket, e.minutes, e.happened_at FROM events AS e JOIN counted USING (ticket)
  WHERE e.counts AND e.minutes IS NOT NULL
),
in_window AS (SELECT spent.* FROM spent, span WHERE happened_at >= start_at AND happened_at < end_at),
measured AS (
  SELECT c.ticket, 60 * sum(s.minutes) AS seconds
  FROM cases AS c JOIN spent AS s ON s.ticket = c.ticket AND s.happened_at <= c.resolved_at GROUP BY c.ticket
),
spread AS (
  SELECT count(*) AS n, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS middle,
         percentile_disc(0.9) WITHIN GROUP (ORDER BY seconds) AS nearest, avg(seconds) AS average,
         string_agg(ticket, ' ' ORDER BY ticket) AS ids
  FROM measured
)
SELECT 'effort.total_s' AS figure, CAST(60 * COALESCE(sum(minutes), 0) AS DOUBLE) AS value,
       CAST(NULL AS VARCHAR) AS label, CAST(NULL AS VARCHAR) AS ids
FROM in_window
UNION ALL
SELECT 'effort.tickets', count(DISTINCT ticket), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket) FROM in_window
UNION ALL
SELECT 'effort.n', n, NULL, ids FROM spread
UNION ALL
SELECT 'effort.median_s', middle, NULL, NULL FROM spread
UNION ALL
SELECT 'effort.p90_s', CASE WHEN n >= 10 THEN nearest END, NULL, NULL FROM spread
UNION ALL
SELECT 'effort.mean_s', average, NULL, NULL FROM spread
ORDER BY figure
