-- Net promoter score: the last answer of each customer in the window, on a ticket or in the customer's file.
WITH span AS (
  SELECT CAST($start AS TIMESTAMP) AS start_at, CAST($end AS TIMESTAMP) AS end_at, CAST($now AS TIMESTAMP) AS now_at
),
counted AS (SELECT * FROM tickets WHERE uncounted_as IS NULL AND NOT is_internal),
given AS (
  SELECT COALESCE(q.requester, r.ticket) AS customer, r.rated_at AS answered_at, r.ticket, r.score
  FROM ratings AS r JOIN counted USING (ticket)
  LEFT JOIN requesters AS q ON q.ticket = r.ticket AND q.place = 0
  WHERE r.kind = 'nps' AND r.best = 10
  UNION ALL
  SELECT customer, answered_at, '', score FROM answers
),
latest AS (
  SELECT ticket, score FROM (
    SELECT given.*,
           row_number() OVER (PARTITION BY customer ORDER BY answered_at DESC, ticket DESC, score DESC) AS nth
    FROM given, span WHERE answered_at >= start_at AND answered_at < end_at
  ) AS ordered WHERE nth = 1
),
graded AS (
  SELECT NULLIF(ticket, '') AS ticket,
         CASE WHEN score >= 9 THEN 'promoters' WHEN score > 6 THEN 'passives' ELSE 'detractors' END AS grade
  FROM latest
)
SELECT 'nps.n' AS figure, CAST(count(*) AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label,
       string_agg(DISTINCT ticket, ' ' ORDER BY ticket) AS ids
FROM graded
UNION ALL
SELECT 'nps.' || grade, count(graded.grade), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket)
FROM (VALUES ('promoters'), ('passives'), ('detractors')) AS grades (grade) LEFT JOIN graded USING (grade)
GROUP BY grade
UNION ALL
SELECT 'nps.nps', 100.0 * sum(CASE grade WHEN 'promoters' THEN 1 WHEN 'detractors' THEN -1 ELSE 0 END) / count(*),
       NULL, NULL
FROM graded HAVING count(*) > 0
ORDER BY figure
