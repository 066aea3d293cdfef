-- Keywords: the 30 words on most tickets received in the window, against the window just before; and those in the
-- comments of low scores. SQL cannot tell Chinese words apart: tkt export parquet --keywords writes the table of words.
WITH span AS (
  SELECT CAST($start AS TIMESTAMP) AS start_at, CAST($end AS TIMESTAMP) AS end_at, CAST($now AS TIMESTAMP) AS now_at
),
counted AS (SELECT * FROM tickets WHERE uncounted_as IS NULL AND NOT is_internal),
wall AS (
  SELECT zone, start_at AT TIME ZONE 'UTC' AT TIME ZONE zone AS since, end_at AT TIME ZONE 'UTC' AT TIME ZONE zone AS until
  FROM span, meta
),
received AS (
  SELECT t.ticket, 'n' AS name FROM counted AS t, span WHERE received_at >= start_at AND received_at < end_at
  UNION ALL
  SELECT t.ticket, 'previous' FROM counted AS t, wall
  WHERE received_at >= (since - (until - since)) AT TIME ZONE zone AT TIME ZONE 'UTC'
    AND received_at < since AT TIME ZONE zone AT TIME ZONE 'UTC'
),
found AS (SELECT r.name, w.word, w.ticket FROM received AS r JOIN words AS w ON w.ticket = r.ticket AND w.event IS NULL),
counts AS (
  SELECT word, count(CASE WHEN name = 'n' THEN 1 END) AS n, count(CASE WHEN name = 'previous' THEN 1 END) AS previous,
         string_agg(ticket, ' ' ORDER BY ticket) FILTER (WHERE name = 'n') AS ids,
         string_agg(ticket, ' ' ORDER BY ticket) FILTER (WHERE name = 'previous') AS previous_ids
  FROM found GROUP BY word
),
shown AS (SELECT * FROM counts WHERE n > 0 ORDER BY n DESC, word LIMIT 30),
-- The answers of the window, each the last of its survey before the window ends.
answered AS (
  SELECT latest.* FROM (
    SELECT r.*, row_number() OVER (PARTITION BY r.ticket, r.survey ORDER BY r.place DESC) AS nth
    FROM ratings AS r JOIN counted USING (ticket), span WHERE r.kind = 'csat' AND r.rated_at < end_at
  ) AS latest, span
  WHERE nth = 1 AND rated_at >= start_at
),
low AS (
  SELECT w.word, count(*) AS n, string_agg(DISTINCT a.ticket, ' ' ORDER BY a.ticket) AS ids
  FROM answered AS a JOIN words AS w ON w.ticket = a.ticket AND w.event = a.event, meta
  WHERE (a.best = 1 AND a.score = 0) OR (a.best <> 1 AND a.score <= low_score * a.best / 5.0)
  GROUP BY w.word ORDER BY n DESC, w.word LIMIT 30
)
SELECT 'keywords.words.' || word || '.n' AS figure, CAST(n AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label, ids
FROM shown
UNION ALL
SELECT 'keywords.words.' || word || '.share', CAST(n AS DOUBLE) / (SELECT count(*) FROM received WHERE name = 'n'),
       NULL, NULL
FROM shown
UNION ALL
SELECT 'keywords.words.' || word || '.previous', previous, NULL, previous_ids FROM shown
UNION ALL
SELECT 'keywords.words.' || word || '.change', CAST(n - previous AS DOUBLE) / NULLIF(previous, 0), NULL, NULL FROM shown
UNION ALL
SELECT 'keywords.low_scores.' || word, n, NULL, ids FROM low
ORDER BY figure
