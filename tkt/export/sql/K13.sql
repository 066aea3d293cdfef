-- Trend: tickets received by category, against the window just before, as long, and the same a year earlier.
WITH span AS (
  SELECT CAST($start AS TIMESTAMP) AS start_at, CAST($end AS TIMESTAMP) AS end_at, CAST($now AS TIMESTAMP) AS now_at
),
counted AS (SELECT * FROM tickets WHERE uncounted_as IS NULL AND NOT is_internal),
-- On the wall clock of the desk's zone, so that a week stays a week where clocks change.
wall AS (
  SELECT zone, start_at AT TIME ZONE 'UTC' AT TIME ZONE zone AS since, end_at AT TIME ZONE 'UTC' AT TIME ZONE zone AS until
  FROM span, meta
),
a_year_before AS (
  SELECT zone, until - since AS length, CASE
           WHEN EXTRACT(ISODOW FROM since) = 1 AND CAST(since AS TIME) = CAST(until AS TIME)
                AND mod(CAST(CAST(until AS DATE) - CAST(since AS DATE) AS BIGINT), 7) = 0
           THEN since - INTERVAL '364 days' ELSE since - INTERVAL '1 year' END AS since
  FROM wall
),
windows AS (
  SELECT 'n' AS name, start_at AS since_at, end_at AS until_at FROM span
  UNION ALL
  SELECT 'previous', (since - (until - since)) AT TIME ZONE zone AT TIME ZONE 'UTC',
         since AT TIME ZONE zone AT TIME ZONE 'UTC' FROM wall
  UNION ALL
  SELECT 'year_before', since AT TIME ZONE zone AT TIME ZONE 'UTC', (since + length) AT TIME ZONE zone AT TIME ZONE 'UTC'
  FROM a_year_before
),
received AS (
  SELECT name, ticket, COALESCE(category, 'none') AS category
  FROM counted JOIN windows ON received_at >= since_at AND received_at < until_at
),
counts AS (
  SELECT category,
         count(CASE WHEN name = 'n' THEN 1 END) AS n, count(CASE WHEN name = 'previous' THEN 1 END) AS previous,
         count(CASE WHEN name = 'year_before' THEN 1 END) AS year_before,
         string_agg(ticket, ' ' ORDER BY ticket) FILTER (WHERE name = 'n') AS ids,
         string_agg(ticket, ' ' ORDER BY ticket) FILTER (WHERE name = 'previous') AS previous_ids,
         string_agg(ticket, ' ' ORDER BY ticket) FILTER (WHERE name = 'year_before') AS year_ids
  FROM received GROUP BY category
),
-- Nothing rises over a window in which no ticket came at all.
judged AS (
  SELECT counts.*, sum(n) OVER () AS total,
         sum(previous) OVER () > 0 AND GREATEST(n, previous) >= trend_at_least AND n > previous
         AND n >= previous * (1 + trend_rise) AS rises
  FROM counts, meta
)
SELECT 'trend.by_category.' || category || '.n' AS figure, CAST(n AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label, ids
FROM judged
UNION ALL
SELECT 'trend.by_category.' || category || '.previous', previous, NULL, previous_ids FROM judged
UNION ALL
SELECT 'trend.by_category.' || category || '.change', CAST(n - previous AS DOUBLE) / NULLIF(previous, 0), NULL, NULL
FROM judged
UNION ALL
SELECT 'trend.by_category.' || category || '.year_before', year_before, NULL, year_ids FROM judged
UNION ALL
SELECT 'trend.by_category.' || category || '.year_change',
       CAST(n - year_before AS DOUBLE) / NULLIF(year_before, 0), NULL, NULL
FROM judged
UNION ALL
SELECT 'trend.by_category.' || category || '.share', CAST(n AS DOUBLE) / NULLIF(total, 0), NULL, NULL FROM judged
UNION ALL
SELECT 'trend.by_category.' || category || '.rising', CASE WHEN rises THEN 1 ELSE 0 END, NULL, NULL FROM judged
UNION ALL
SELECT 'trend.flagged', COALESCE(sum(n), 0), NULL, string_agg(ids, ' ' ORDER BY category) FROM judged WHERE rises
UNION ALL
SELECT 'trend.partial', CASE WHEN end_at > now_at THEN 1 ELSE 0 END, NULL, NULL FROM span
ORDER BY figure
