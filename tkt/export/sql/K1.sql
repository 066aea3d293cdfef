-- First response time: first-response cycles that were fulfilled in the window.
WITH span AS (
  SELECT CAST($start AS TIMESTAMP) AS start_at, CAST($end AS TIMESTAMP) AS end_at, CAST($now AS TIMESTAMP) AS now_at
),
counted AS (SELECT * FROM tickets WHERE uncounted_as IS NULL AND NOT is_internal),
cycles AS (
  SELECT v.* FROM verdicts AS v JOIN counted USING (ticket)
  WHERE family = 'first_response' AND COALESCE(v.via, '') <> 'split' AND state <> 'cancelled'
    AND COALESCE(reason, '') NOT IN ('agent-raised', 'not-recorded')
),
answered AS (SELECT cycles.* FROM cycles, span WHERE fulfilled_at >= start_at AND fulfilled_at < end_at),
unanswered AS (
  SELECT ticket, EXTRACT(EPOCH FROM LEAST(end_at, now_at) - started_at) AS age
  FROM cycles, span WHERE started_at < end_at AND (fulfilled_at IS NULL OR fulfilled_at >= end_at)
),
measured AS (
  SELECT '' AS name, ticket, elapsed_s AS seconds FROM answered
  UNION ALL
  SELECT 'wall_', ticket, wall_s FROM answered
  UNION ALL
  SELECT 'message_', ticket, elapsed_s FROM answered WHERE COALESCE(via, '') NOT IN ('live', 'resolve')
),
names (name) AS (VALUES (''), ('wall_'), ('message_')),
spread AS (
  SELECT name, count(seconds) AS n,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS middle,
         percentile_disc(0.9) WITHIN GROUP (ORDER BY seconds) AS nearest,
         avg(seconds) AS average,
         string_agg(DISTINCT ticket, ' ' ORDER BY ticket) FILTER (WHERE seconds IS NOT NULL) AS ids
  FROM names LEFT JOIN measured USING (name) GROUP BY name
)
SELECT 'first_response.' || name || 'n' AS figure, CAST(n AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label, ids FROM spread
UNION ALL
SELECT 'first_response.' || name || 'median_s', middle, NULL, NULL FROM spread
UNION ALL
SELECT 'first_response.' || name || 'p90_s', CASE WHEN n >= 10 THEN nearest END, NULL, NULL FROM spread
UNION ALL
SELECT 'first_response.' || name || 'mean_s', average, NULL, NULL FROM spread
UNION ALL
SELECT 'first_response.live', count(*), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket)
FROM answered WHERE via = 'live'
UNION ALL
SELECT 'first_response.via_resolve', count(*), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket)
FROM answered WHERE via = 'resolve'
UNION ALL
SELECT 'first_response.unanswered', count(*), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket) FROM unanswered
UNION ALL
SELECT 'first_response.unanswered_oldest_s', max(age), NULL, NULL FROM unanswered
ORDER BY figure
