-- Tickets received in the window, and what is left out of every other figure.
WITH span AS (
  SELECT CAST($start AS TIMESTAMP) AS start_at, CAST($end AS TIMESTAMP) AS end_at, CAST($now AS TIMESTAMP) AS now_at
),
counted AS (SELECT * FROM tickets WHERE uncounted_as IS NULL AND NOT is_internal),
received AS (
  SELECT ticket, uncounted_as, is_internal FROM tickets, span WHERE received_at >= start_at AND received_at < end_at
),
-- Events that were written down later than they happened; the time rules always are.
late AS (
  SELECT ticket FROM events JOIN counted USING (ticket), span
  WHERE counts AND recorded_at IS NOT NULL AND COALESCE(author, '') <> 'tick'
    AND happened_at >= start_at AND happened_at < end_at
)
SELECT 'created' AS figure, CAST(count(*) AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label,
       string_agg(DISTINCT ticket, ' ' ORDER BY ticket) AS ids
FROM received WHERE uncounted_as IS NULL AND NOT is_internal
UNION ALL
SELECT 'excluded', count(*), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket)
FROM received WHERE uncounted_as IS NOT NULL
UNION ALL
SELECT 'excluded_as.' || uncounted_as, count(*), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket)
FROM received WHERE uncounted_as IS NOT NULL GROUP BY uncounted_as
UNION ALL
SELECT 'internal', count(*), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket)
FROM received WHERE uncounted_as IS NULL AND is_internal
UNION ALL
SELECT 'back_dated', count(*), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket) FROM late
ORDER BY figure
