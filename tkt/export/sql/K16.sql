-- Hand-offs: owner changes, teams that had it, people who wrote; of each ticket resolved in the window, up to that resolve.
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
names (name, kind) AS (
  VALUES ('owner_changes', 'handed_over'), ('teams', 'team_entered'), ('writers', 'first_wrote')
),
measured AS (
  SELECT n.name, c.ticket, count(m.ticket) AS times
  FROM cases AS c CROSS JOIN names AS n
  LEFT JOIN moments AS m ON m.ticket = c.ticket AND m.kind = n.kind AND m.happened_at <= c.resolved_at
  GROUP BY n.name, c.ticket
),
spread AS (
  SELECT name, count(times) AS n,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY times) AS middle,
         percentile_disc(0.9) WITHIN GROUP (ORDER BY times) AS nearest,
         avg(times) AS average,
         string_agg(DISTINCT ticket, ' ' ORDER BY ticket) FILTER (WHERE times IS NOT NULL) AS ids
  FROM names LEFT JOIN measured USING (name) GROUP BY name
)
SELECT 'handoffs.' || name || '.n' AS figure, CAST(n AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label, ids FROM spread
UNION ALL
SELECT 'handoffs.' || name || '.median', middle, NULL, NULL FROM spread
UNION ALL
SELECT 'handoffs.' || name || '.p90', CASE WHEN n >= 10 THEN nearest END, NULL, NULL FROM spread
UNION ALL
SELECT 'handoffs.' || name || '.mean', average, NULL, NULL FROM spread
ORDER BY figure
