-- Misclassified: tickets triaged in the window, and those whose type or complexity was changed later.
WITH span AS (
  SELECT CAST($start AS TIMESTAMP) AS start_at, CAST($end AS TIMESTAMP) AS end_at, CAST($now AS TIMESTAMP) AS now_at
),
counted AS (SELECT * FROM tickets WHERE uncounted_as IS NULL AND NOT is_internal),
triaged AS (
  SELECT t.ticket, EXISTS (SELECT 1 FROM moments AS m WHERE m.ticket = t.ticket AND m.kind = 'retyped') AS is_changed
  FROM counted AS t, span
  WHERE t.received_at < end_at AND t.triaged_at >= start_at AND t.triaged_at < end_at
)
SELECT 'misclassified.n' AS figure, CAST(count(*) AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label,
       string_agg(ticket, ' ' ORDER BY ticket) AS ids
FROM triaged
UNION ALL
SELECT 'misclassified.changed', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM triaged WHERE is_changed
UNION ALL
SELECT 'misclassified.rate', avg(CASE WHEN is_changed THEN 1.0 ELSE 0.0 END), NULL, NULL FROM triaged
ORDER BY figure
