-- Satisfaction against first response: answers in stars, and how long their tickets waited on the wall clock.
-- A correlation (Spearman's, of ranks; equal ones share theirs), not a cause.
WITH span AS (
  SELECT CAST($start AS TIMESTAMP) AS start_at, CAST($end AS TIMESTAMP) AS end_at, CAST($now AS TIMESTAMP) AS now_at
),
counted AS (SELECT * FROM tickets WHERE uncounted_as IS NULL AND NOT is_internal),
-- The answers of the window, each the last of its survey before the window ends.
answered AS (
  SELECT latest.* FROM (
    SELECT r.*, row_number() OVER (PARTITION BY r.ticket, r.survey ORDER BY r.place DESC) AS nth
    FROM ratings AS r JOIN counted USING (ticket), span WHERE r.kind = 'csat' AND r.rated_at < end_at
  ) AS latest, span
  WHERE nth = 1 AND rated_at >= start_at
),
waited AS (
  SELECT ticket, wall_s FROM (
    SELECT v.ticket, v.wall_s, row_number() OVER (PARTITION BY v.ticket ORDER BY v.place) AS nth
    FROM verdicts AS v
    WHERE v.family = 'first_response' AND v.fulfilled_at IS NOT NULL AND COALESCE(v.via, '') <> 'split'
      AND v.state <> 'cancelled' AND COALESCE(v.reason, '') NOT IN ('agent-raised', 'not-recorded')
  ) AS cycles WHERE nth = 1
),
pairs AS (
  SELECT a.ticket, w.wall_s AS seconds, a.score AS stars, a.is_positive
  FROM answered AS a JOIN waited AS w ON w.ticket = a.ticket WHERE a.best = 5
),
ranked AS (
  SELECT rank() OVER (ORDER BY seconds) + (count(*) OVER (PARTITION BY seconds) - 1) / 2.0 AS of_seconds,
         rank() OVER (ORDER BY stars) + (count(*) OVER (PARTITION BY stars) - 1) / 2.0 AS of_stars
  FROM pairs
),
ends AS (
  SELECT percentile_disc(0.25) WITHIN GROUP (ORDER BY seconds) AS first_end,
         percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds) AS second_end,
         percentile_disc(0.75) WITHIN GROUP (ORDER BY seconds) AS third_end
  FROM pairs
),
quarters AS (
  SELECT pairs.*, CASE WHEN seconds > third_end THEN 'q4' WHEN seconds > second_end THEN 'q3'
                       WHEN seconds > first_end THEN 'q2' ELSE 'q1' END AS quarter
  FROM pairs, ends
),
by_quarter AS (
  SELECT quarter, count(ticket) AS n, max(seconds) AS slowest, avg(stars) AS stars,
         avg(CASE WHEN is_positive THEN 1.0 WHEN NOT is_positive THEN 0.0 END) AS share,
         string_agg(DISTINCT ticket, ' ' ORDER BY ticket) AS ids
  FROM (VALUES ('q1'), ('q2'), ('q3'), ('q4')) AS names (quarter) LEFT JOIN quarters USING (quarter) GROUP BY quarter
)
SELECT 'csat_by_response.n' AS figure, CAST(count(*) AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label,
       string_agg(DISTINCT ticket, ' ' ORDER BY ticket) AS ids
FROM pairs
UNION ALL
SELECT 'csat_by_response.rho', corr(of_seconds, of_stars), NULL, NULL FROM ranked
HAVING count(*) >= 20 AND min(of_seconds) < max(of_seconds) AND min(of_stars) < max(of_stars)
UNION ALL
SELECT 'csat_by_response.' || quarter || '.n', n, NULL, ids FROM by_quarter
UNION ALL
SELECT 'csat_by_response.' || quarter || '.slowest_s', slowest, NULL, NULL FROM by_quarter
UNION ALL
SELECT 'csat_by_response.' || quarter || '.mean_stars', stars, NULL, NULL FROM by_quarter
UNION ALL
SELECT 'csat_by_response.' || quarter || '.csat', share, NULL, NULL FROM by_quarter
ORDER BY figure
