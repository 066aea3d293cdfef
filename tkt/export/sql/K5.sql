-- Backlog at both ends of the window, what changed it, and how it looks at the end.
-- An instant is taken as it begins: what happens in that very second belongs to the window that starts there.
WITH span AS (
  SELECT CAST($start AS TIMESTAMP) AS start_at, CAST($end AS TIMESTAMP) AS end_at, CAST($now AS TIMESTAMP) AS now_at
),
counted AS (SELECT * FROM tickets WHERE uncounted_as IS NULL AND NOT is_internal),
ends AS (SELECT 'at_from' AS name, start_at AS instant FROM span UNION ALL SELECT 'at_to', end_at FROM span),
standing AS (
  SELECT name, ticket, status, is_finished FROM (
    SELECT e.name, s.ticket, s.status, s.is_finished,
           row_number() OVER (PARTITION BY e.name, s.ticket ORDER BY s.place DESC) AS nth
    FROM ends AS e JOIN stays AS s ON s.started_at < e.instant JOIN counted USING (ticket)
  ) AS stood WHERE nth = 1
),
held AS (
  SELECT field, ticket, value FROM (
    SELECT t.field, t.ticket, t.value,
           row_number() OVER (PARTITION BY t.field, t.ticket ORDER BY t.place DESC) AS nth
    FROM turns AS t, span WHERE t.since_at IS NULL OR t.since_at < end_at
  ) AS had WHERE nth = 1
),
queue AS (
  SELECT s.ticket, s.status, p.value AS priority, o.value AS owner,
         EXTRACT(EPOCH FROM LEAST(end_at, now_at) - c.received_at) / 86400 AS days
  FROM standing AS s JOIN counted AS c ON c.ticket = s.ticket
  LEFT JOIN held AS p ON p.ticket = s.ticket AND p.field = 'priority'
  LEFT JOIN held AS o ON o.ticket = s.ticket AND o.field = 'owner', span
  WHERE s.name = 'at_to' AND NOT s.is_finished
),
happened AS (
  SELECT 'created' AS name, ticket, received_at AS instant FROM counted
  UNION ALL
  SELECT 'finished', ticket, started_at FROM stays JOIN counted USING (ticket) WHERE is_finish
  UNION ALL
  SELECT 'reopened', ticket, started_at FROM stays JOIN counted USING (ticket) WHERE is_reopening
),
flow AS (
  SELECT name, ticket FROM happened, span WHERE instant >= start_at AND instant < end_at
  UNION ALL
  SELECT name, ticket FROM standing WHERE NOT is_finished
),
buckets (bucket, since, until) AS (
  VALUES ('0-1d', 0, 1), ('1-3d', 1, 3), ('3-7d', 3, 7), ('7-14d', 7, 14), ('14-30d', 14, 30), ('30d+', 30, 1000000)
)
SELECT 'backlog.' || name AS figure, CAST(count(ticket) AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label,
       string_agg(DISTINCT ticket, ' ' ORDER BY ticket) AS ids
FROM (VALUES ('at_from'), ('created'), ('finished'), ('reopened'), ('at_to')) AS names (name)
LEFT JOIN flow USING (name) GROUP BY name
UNION ALL
SELECT 'backlog.ageing.' || bucket, count(ticket), NULL, string_agg(ticket, ' ' ORDER BY ticket)
FROM buckets LEFT JOIN queue ON days < until AND (days >= since OR since = 0) GROUP BY bucket
UNION ALL
SELECT 'backlog.by_status.' || status, count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket)
FROM queue GROUP BY status
UNION ALL
SELECT 'backlog.by_priority.' || COALESCE(priority, 'none'), count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket)
FROM queue GROUP BY COALESCE(priority, 'none')
UNION ALL
SELECT 'backlog.by_owner.' || COALESCE(owner, 'none'), count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket)
FROM queue GROUP BY COALESCE(owner, 'none')
ORDER BY figure
