-- Satisfaction: answers given in the window; surveys offered in it; tickets resolved in it.
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
-- The answers of the window, each the last of its survey before the window ends.
answered AS (
  SELECT latest.* FROM (
    SELECT r.*, row_number() OVER (PARTITION BY r.ticket, r.survey ORDER BY r.place DESC) AS nth
    FROM ratings AS r JOIN counted USING (ticket), span WHERE r.kind = 'csat' AND r.rated_at < end_at
  ) AS latest, span
  WHERE nth = 1 AND rated_at >= start_at
),
offered AS (
  SELECT asked.ticket, asked.survey, asked.offered_at,
         EXISTS (
           SELECT 1 FROM ratings AS r
           WHERE r.ticket = asked.ticket AND r.survey = asked.survey AND r.rated_at >= asked.offered_at
         ) AS is_answered
  FROM (
    SELECT s.*, row_number() OVER (PARTITION BY s.ticket, s.survey ORDER BY s.place DESC) AS nth
    FROM surveys AS s JOIN counted USING (ticket) WHERE s.kind = 'csat'
  ) AS asked, span
  WHERE nth = 1 AND offered_at >= start_at AND offered_at < end_at
),
resolved AS (
  SELECT c.ticket, EXISTS (
           SELECT 1 FROM surveys AS s
           WHERE s.ticket = c.ticket AND s.kind = 'csat' AND s.offered_at >= c.resolved_at
         ) AS is_asked
  FROM cases AS c
)
SELECT 'csat.answered' AS figure, CAST(count(*) AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label,
       string_agg(DISTINCT ticket, ' ' ORDER BY ticket) AS ids
FROM answered
UNION ALL
SELECT 'csat.positive', count(*), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket)
FROM answered WHERE is_positive
UNION ALL
SELECT 'csat.csat', avg(CASE WHEN is_positive THEN 1.0 ELSE 0.0 END), NULL, NULL FROM answered
UNION ALL
SELECT 'csat.distribution.' || score_label, count(*), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket)
FROM answered GROUP BY score_label
UNION ALL
SELECT 'csat.offered', count(*), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket) FROM offered
UNION ALL
SELECT 'csat.responded', count(*), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket)
FROM offered WHERE is_answered
UNION ALL
SELECT 'csat.response_rate', avg(CASE WHEN is_answered THEN 1.0 ELSE 0.0 END), NULL, NULL FROM offered
UNION ALL
SELECT 'csat.resolved', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM resolved
UNION ALL
SELECT 'csat.covered', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM resolved WHERE is_asked
UNION ALL
SELECT 'csat.coverage', avg(CASE WHEN is_asked THEN 1.0 ELSE 0.0 END), NULL, NULL FROM resolved
ORDER BY figure
