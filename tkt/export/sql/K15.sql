-- Release effect: tickets a day in the 14 days before each release of the window and after it; of the days after only
-- those that have passed.
WITH span AS (
  SELECT CAST($start AS TIMESTAMP) AS start_at, CAST($end AS TIMESTAMP) AS end_at, CAST($now AS TIMESTAMP) AS now_at
),
counted AS (SELECT * FROM tickets WHERE uncounted_as IS NULL AND NOT is_internal),
shown AS (
  SELECT release, released_at, LEAST(released_at + INTERVAL '14 days', now_at) AS until_at
  FROM releases, span WHERE released_at >= start_at AND released_at < LEAST(end_at, now_at)
),
around AS (
  SELECT r.release, r.released_at, r.until_at, t.ticket, COALESCE(t.category, 'none') AS category,
         CASE WHEN t.received_at < r.released_at THEN 'before' ELSE 'after' END AS side
  FROM shown AS r LEFT JOIN counted AS t
    ON t.received_at >= r.released_at - INTERVAL '14 days' AND t.received_at < r.until_at
),
counts AS (
  SELECT release, 'all' AS name, ticket, side, released_at, until_at FROM around
  UNION ALL
  SELECT release, 'by_category.' || category, ticket, side, released_at, until_at FROM around WHERE ticket IS NOT NULL
),
sums AS (
  SELECT release, name, EXTRACT(EPOCH FROM max(until_at) - max(released_at)) / 86400.0 AS days,
         count(CASE WHEN side = 'before' THEN ticket END) AS before_n,
         count(CASE WHEN side = 'after' THEN ticket END) AS after_n,
         string_agg(ticket, ' ' ORDER BY ticket) FILTER (WHERE side = 'before') AS before_ids,
         string_agg(ticket, ' ' ORDER BY ticket) FILTER (WHERE side = 'after') AS after_ids
  FROM counts GROUP BY release, name
)
SELECT 'releases.' || release || '.' || name || '.before' AS figure, CAST(before_n AS DOUBLE) AS value,
       CAST(NULL AS VARCHAR) AS label, before_ids AS ids
FROM sums
UNION ALL
SELECT 'releases.' || release || '.' || name || '.after', after_n, NULL, after_ids FROM sums
UNION ALL
SELECT 'releases.' || release || '.' || name || '.before_per_day', before_n / 14.0, NULL, NULL FROM sums
UNION ALL
SELECT 'releases.' || release || '.' || name || '.after_per_day', after_n / NULLIF(days, 0), NULL, NULL FROM sums
ORDER BY figure
