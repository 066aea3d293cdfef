-- By agent: tickets resolved in the window by who owned them then. For coaching, never as a ranking.
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
-- Their visits up to that resolve.
lived AS (
  SELECT c.ticket, c.resolved_at, s.status, s.seconds, s.wait_s, s.work_s
  FROM cases AS c JOIN stays AS s ON s.ticket = c.ticket
  WHERE s.started_at < c.resolved_at
     OR (s.started_at = c.resolved_at AND s.ended_at = c.resolved_at AND NOT s.is_finished)
),
-- The answers of the window, each the last of its survey before the window ends.
answered AS (
  SELECT latest.* FROM (
    SELECT r.*, row_number() OVER (PARTITION BY r.ticket, r.survey ORDER BY r.place DESC) AS nth
    FROM ratings AS r JOIN counted USING (ticket), span WHERE r.kind = 'csat' AND r.rated_at < end_at
  ) AS latest, span
  WHERE nth = 1 AND rated_at >= start_at
),
-- Who owned a ticket at an instant, what happened at that very instant included.
owned AS (
  SELECT about, ticket, value AS owner FROM (
    SELECT i.about, i.ticket, t.value,
           row_number() OVER (PARTITION BY i.about, i.ticket ORDER BY t.place DESC) AS nth
    FROM (
      SELECT 'resolve' AS about, ticket, resolved_at AS instant FROM cases
      UNION ALL
      -- An answer is credited to the owner of the last resolve before it.
      SELECT a.event, a.ticket, COALESCE(max(s.started_at), max(a.rated_at))
      FROM answered AS a
      LEFT JOIN stays AS s ON s.ticket = a.ticket AND s.is_resolve AND s.started_at <= a.rated_at
      GROUP BY a.event, a.ticket
    ) AS i JOIN turns AS t ON t.ticket = i.ticket AND t.field = 'owner'
      AND (t.since_at IS NULL OR t.since_at <= i.instant)
  ) AS had WHERE nth = 1
),
theirs AS (
  SELECT c.ticket, o.owner, t.type, EXTRACT(EPOCH FROM c.resolved_at - t.received_at) AS seconds,
         (SELECT COALESCE(sum(wait_s), 0) FROM lived AS l WHERE l.ticket = c.ticket) AS wait_s,
         count(*) OVER (PARTITION BY o.owner) AS n
  FROM cases AS c JOIN counted AS t ON t.ticket = c.ticket
  LEFT JOIN owned AS o ON o.ticket = c.ticket AND o.about = 'resolve'
),
shown AS (SELECT * FROM theirs WHERE owner IS NOT NULL AND owner <> '' AND n >= 5),
by_agent AS (
  SELECT owner, count(*) AS n, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS middle,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_s) AS wait_middle, string_agg(ticket, ' ' ORDER BY ticket) AS ids
  FROM shown GROUP BY owner
),
replies AS (
  SELECT m.ticket, m.author AS owner FROM messages AS m JOIN counted USING (ticket), span
  WHERE m.counts AND m.is_reply AND m.said_at >= start_at AND m.said_at < end_at
),
credited AS (
  SELECT a.ticket, o.owner, a.is_positive FROM answered AS a JOIN owned AS o ON o.ticket = a.ticket AND o.about = a.event
)
SELECT 'agents.by_agent.' || owner || '.n' AS figure, CAST(n AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label, ids
FROM by_agent
UNION ALL
SELECT 'agents.by_agent.' || owner || '.median_s', middle, NULL, NULL FROM by_agent
UNION ALL
SELECT 'agents.by_agent.' || owner || '.wait_median_s', wait_middle, NULL, NULL FROM by_agent
UNION ALL
SELECT 'agents.by_agent.' || owner || '.replies', count(replies.ticket), NULL,
       string_agg(DISTINCT ticket, ' ' ORDER BY ticket)
FROM (SELECT owner FROM by_agent) AS people LEFT JOIN replies USING (owner) GROUP BY owner
UNION ALL
SELECT 'agents.by_agent.' || owner || '.answered', count(credited.ticket), NULL,
       string_agg(DISTINCT ticket, ' ' ORDER BY ticket)
FROM (SELECT owner FROM by_agent) AS people LEFT JOIN credited USING (owner) GROUP BY owner
UNION ALL
SELECT 'agents.by_agent.' || owner || '.csat', avg(CASE WHEN is_positive THEN 1.0 ELSE 0.0 END), NULL, NULL
FROM by_agent JOIN credited USING (owner) GROUP BY owner
UNION ALL
SELECT 'agents.by_agent.' || owner || '.mix.' || COALESCE(type, 'none'), count(*), NULL,
       string_agg(ticket, ' ' ORDER BY ticket)
FROM shown GROUP BY owner, COALESCE(type, 'none')
UNION ALL
SELECT 'agents.others', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket)
FROM theirs WHERE owner IS NULL OR owner = '' OR n < 5
ORDER BY figure
