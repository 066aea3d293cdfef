-- Closed loop: told, confirmed, promises, reviews, and what came back after improvements.
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
known AS (
  SELECT c.ticket, c.resolved_at, t.is_live AND c.resolved_at = t.received_at AS was_there,
         (SELECT min(m.said_at) FROM messages AS m
          WHERE m.ticket = c.ticket AND m.counts AND m.is_public AND m.role <> 'customer'
            AND m.said_at >= c.resolved_at) AS told_at,
         (SELECT min(s.started_at) FROM stays AS s
          WHERE s.ticket = c.ticket AND s.is_reopening AND s.started_at > c.resolved_at) AS reopened_at
  FROM cases AS c JOIN counted AS t ON t.ticket = c.ticket WHERE t.is_recorded
),
judged AS (
  SELECT ticket, was_there OR (told_at IS NOT NULL AND (reopened_at IS NULL OR told_at < reopened_at)) AS is_told
  FROM known
),
promises AS (
  SELECT v.ticket, v.met FROM verdicts AS v JOIN counted USING (ticket), span
  WHERE v.family = 'promise' AND COALESCE(v.via, '') <> 'split' AND v.decided_at >= start_at AND v.decided_at < end_at
),
closed_loop AS (
  SELECT DISTINCT m.kind, m.ticket FROM moments AS m JOIN counted USING (ticket), span
  WHERE m.kind IN ('confirmed', 'auto_closed') AND m.happened_at >= start_at AND m.happened_at < end_at
),
-- Reviews and improvements: tickets say that they are done, and so do their files; the earlier counts.
said AS (
  SELECT CASE m.kind WHEN 'reviewed' THEN 'review' ELSE 'improvement' END AS kind, m.subject AS lesson, m.ticket,
         m.happened_at
  FROM moments AS m JOIN counted USING (ticket) WHERE m.kind IN ('reviewed', 'improved')
),
done AS (
  SELECT kind, lesson, done_at, done_at + INTERVAL '30 days' > now_at AS is_immature FROM (
    SELECT kind, lesson, min(happened_at) AS done_at FROM (
      SELECT kind, lesson, happened_at FROM said
      UNION ALL
      SELECT kind, lesson, done_at FROM lessons WHERE done_at IS NOT NULL
    ) AS told GROUP BY kind, lesson
  ) AS firsts, span
  WHERE done_at >= start_at AND done_at < end_at
),
behind AS (
  SELECT kind, lesson, ticket FROM said
  UNION
  SELECT l.kind, l.lesson, l.ticket FROM lesson_tickets AS l JOIN counted USING (ticket)
),
led AS (SELECT d.kind, d.lesson, d.done_at, d.is_immature, b.ticket FROM done AS d JOIN behind AS b USING (kind, lesson)),
-- What an improvement is about: as its file says, else as the tickets that led to it.
matters AS (
  SELECT d.lesson, d.done_at, l.product, l.category, COALESCE(l.product, '') = '' AS is_all_products
  FROM done AS d JOIN lessons AS l ON l.kind = d.kind AND l.lesson = d.lesson
  WHERE d.kind = 'improvement' AND NOT d.is_immature AND l.category <> ''
  UNION
  SELECT led.lesson, led.done_at, t.product, t.category, FALSE
  FROM led JOIN counted AS t ON t.ticket = led.ticket
  LEFT JOIN lessons AS l ON l.kind = led.kind AND l.lesson = led.lesson
  WHERE led.kind = 'improvement' AND NOT led.is_immature AND COALESCE(l.category, '') = ''
),
again AS (
  SELECT t.ticket, CASE WHEN t.received_at < m.done_at THEN 'recurrence_before' ELSE 'recurrence_after' END AS side
  FROM matters AS m JOIN counted AS t
    ON (m.is_all_products OR t.product IS NOT DISTINCT FROM m.product) AND t.category IS NOT DISTINCT FROM m.category
   AND t.received_at >= m.done_at - INTERVAL '30 days' AND t.received_at < m.done_at + INTERVAL '30 days'
),
kinds (kind, done_name, ticket_name) AS (
  VALUES ('review', 'reviews_done', 'reviewed'), ('improvement', 'improvements_done', 'improved')
)
SELECT 'loop.resolved' AS figure, CAST(count(*) AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label,
       string_agg(ticket, ' ' ORDER BY ticket) AS ids
FROM judged
UNION ALL
SELECT 'loop.told', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM judged WHERE is_told
UNION ALL
SELECT 'loop.untold', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM judged WHERE NOT is_told
UNION ALL
SELECT 'loop.told_rate', avg(CASE WHEN is_told THEN 1.0 ELSE 0.0 END), NULL, NULL FROM judged
UNION ALL
SELECT 'loop.promises', count(*), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket) FROM promises
UNION ALL
SELECT 'loop.kept', count(*), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket) FROM promises WHERE met
UNION ALL
SELECT 'loop.broken', count(*), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket) FROM promises WHERE NOT met
UNION ALL
SELECT 'loop.kept_rate', avg(CASE WHEN met THEN 1.0 ELSE 0.0 END), NULL, NULL FROM promises
UNION ALL
SELECT 'loop.' || kind, count(ticket), NULL, string_agg(ticket, ' ' ORDER BY ticket)
FROM (VALUES ('confirmed'), ('auto_closed')) AS names (kind) LEFT JOIN closed_loop USING (kind) GROUP BY kind
UNION ALL
SELECT 'loop.' || ticket_name, count(DISTINCT ticket), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket)
FROM kinds LEFT JOIN led USING (kind) GROUP BY ticket_name
UNION ALL
SELECT 'loop.' || done_name, count(DISTINCT done.lesson), NULL, string_agg(DISTINCT led.ticket, ' ' ORDER BY led.ticket)
FROM kinds LEFT JOIN done USING (kind) LEFT JOIN led ON led.kind = done.kind AND led.lesson = done.lesson
GROUP BY done_name
UNION ALL
SELECT 'loop.' || side, count(ticket), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket)
FROM (VALUES ('recurrence_before'), ('recurrence_after')) AS sides (side) LEFT JOIN again USING (side) GROUP BY side
UNION ALL
SELECT 'loop.immature', count(*), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket)
FROM led WHERE kind = 'improvement' AND is_immature
ORDER BY figure
