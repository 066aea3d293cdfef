-- Reopened tickets: first resolved in the window, and back within the reopen window of config/workflow.yaml.
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
judged AS (
  SELECT f.ticket, f.resolved_at + reopen_window_s * INTERVAL '1 second' <= now_at AS is_ripe,
         EXISTS (
           SELECT 1 FROM stays AS s WHERE s.ticket = f.ticket AND s.is_reopening
             AND s.started_at >= f.resolved_at
             AND s.started_at <= f.resolved_at + reopen_window_s * INTERVAL '1 second'
         ) AS is_back
  FROM firsts AS f, meta, span
),
ripe AS (SELECT ticket, is_back FROM judged WHERE is_ripe),
reopens AS (
  SELECT ticket FROM stays JOIN counted USING (ticket), span
  WHERE is_reopening AND started_at >= start_at AND started_at < end_at
)
SELECT 'reopen.resolved' AS figure, CAST(count(*) AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label,
       string_agg(ticket, ' ' ORDER BY ticket) AS ids
FROM ripe
UNION ALL
SELECT 'reopen.reopened', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM ripe WHERE is_back
UNION ALL
SELECT 'reopen.rate', avg(CASE WHEN is_back THEN 1.0 ELSE 0.0 END), NULL, NULL FROM ripe
UNION ALL
SELECT 'reopen.immature', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM judged WHERE NOT is_ripe
UNION ALL
SELECT 'reopen.reopens', count(*), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket) FROM reopens
UNION ALL
SELECT 'reopen.within_s', reopen_window_s, NULL, NULL FROM meta
ORDER BY figure
