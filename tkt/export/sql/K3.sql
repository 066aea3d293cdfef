-- Service level attainment: cycles decided in the window, at the earlier of fulfilment and breach.
WITH span AS (
  SELECT CAST($start AS TIMESTAMP) AS start_at, CAST($end AS TIMESTAMP) AS end_at, CAST($now AS TIMESTAMP) AS now_at
),
counted AS (SELECT * FROM tickets WHERE uncounted_as IS NULL AND NOT is_internal),
cycles AS (
  SELECT v.* FROM verdicts AS v JOIN counted USING (ticket) WHERE COALESCE(v.via, '') <> 'split'
),
families AS (
  SELECT family FROM (VALUES ('first_response'), ('next_response'), ('resolution')) AS always (family)
  UNION
  SELECT family FROM cycles
),
decided AS (SELECT cycles.* FROM cycles, span WHERE decided_at >= start_at AND decided_at < end_at),
-- What the window leaves uncounted: undecided at its end, cancelled, or before enforce_from.
left_over AS (
  SELECT family, ticket,
         CASE WHEN state IN ('met', 'breached', 'active') THEN 'active' ELSE state END AS left_as
  FROM cycles, span
  WHERE started_at < end_at AND (decided_at IS NULL OR decided_at >= end_at)
    AND (state IN ('met', 'breached', 'active', 'paused') OR ended_at IS NULL OR ended_at >= start_at)
),
by_family AS (
  SELECT family, count(ticket) AS n, count(CASE WHEN met THEN 1 END) AS met,
         count(CASE WHEN breached THEN 1 END) AS breached,
         count(CASE WHEN reason = 'reclassified' THEN 1 END) AS reclassified,
         string_agg(DISTINCT ticket, ' ' ORDER BY ticket) FILTER (WHERE ticket IS NOT NULL) AS ids,
         string_agg(DISTINCT ticket, ' ' ORDER BY ticket) FILTER (WHERE met) AS met_ids,
         string_agg(DISTINCT ticket, ' ' ORDER BY ticket) FILTER (WHERE breached) AS breached_ids,
         string_agg(DISTINCT ticket, ' ' ORDER BY ticket) FILTER (WHERE reason = 'reclassified') AS changed_ids
  FROM families LEFT JOIN decided USING (family) GROUP BY family
),
by_ticket AS (SELECT ticket, bool_or(breached) AS breached FROM decided GROUP BY ticket),
received AS (
  SELECT ticket, is_covered FROM counted, span WHERE received_at >= start_at AND received_at < end_at
),
known AS (SELECT ticket, cause FROM decided WHERE breached AND cause IS NOT NULL),
causes (cause) AS (
  VALUES ('late-pickup'), ('no-owner'), ('waiting-inside'), ('overload'), ('outside')
  UNION
  SELECT cause FROM known
)
SELECT 'sla.' || family || '.n' AS figure, CAST(n AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label, ids
FROM by_family
UNION ALL
SELECT 'sla.' || family || '.met', met, NULL, met_ids FROM by_family
UNION ALL
SELECT 'sla.' || family || '.breached', breached, NULL, breached_ids FROM by_family
UNION ALL
SELECT 'sla.' || family || '.rate', CAST(met AS DOUBLE) / NULLIF(n, 0), NULL, NULL FROM by_family
UNION ALL
SELECT 'sla.' || family || '.reclassified', reclassified, NULL, changed_ids FROM by_family
UNION ALL
SELECT 'sla.' || family || '.' || state, count(ticket), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket)
FROM families CROSS JOIN (VALUES ('active'), ('paused'), ('cancelled'), ('exempt')) AS states (state)
LEFT JOIN left_over USING (family)
WHERE left_as = state GROUP BY family, state
UNION ALL
SELECT 'sla.acknowledged.n', count(*), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket)
FROM known HAVING count(*) > 0
UNION ALL
SELECT 'sla.acknowledged.' || cause, count(ticket), NULL, string_agg(DISTINCT ticket, ' ' ORDER BY ticket)
FROM causes LEFT JOIN known USING (cause)
WHERE EXISTS (SELECT 1 FROM known) GROUP BY cause
UNION ALL
SELECT 'sla.tickets.n', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM by_ticket
UNION ALL
SELECT 'sla.tickets.met', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM by_ticket WHERE NOT breached
UNION ALL
SELECT 'sla.tickets.breached', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM by_ticket WHERE breached
UNION ALL
SELECT 'sla.tickets.rate', avg(CASE WHEN breached THEN 0.0 ELSE 1.0 END), NULL, NULL FROM by_ticket
UNION ALL
SELECT 'sla.created', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM received
UNION ALL
SELECT 'sla.covered', count(*), NULL, string_agg(ticket, ' ' ORDER BY ticket) FROM received WHERE is_covered
UNION ALL
SELECT 'sla.coverage', avg(CASE WHEN is_covered THEN 1.0 ELSE 0.0 END), NULL, NULL FROM received
ORDER BY figure
