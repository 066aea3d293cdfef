-- Complaints by product: tickets received in the window that say something is wrong; a rate where the units are known.
WITH span AS (
  SELECT CAST($start AS TIMESTAMP) AS start_at, CAST($end AS TIMESTAMP) AS end_at, CAST($now AS TIMESTAMP) AS now_at
),
counted AS (SELECT * FROM tickets WHERE uncounted_as IS NULL AND NOT is_internal),
complaints AS (
  SELECT ticket, product FROM counted, span
  WHERE received_at >= start_at AND received_at < end_at AND type IN ('product', 'service', 'complaint')
),
by_product AS (
  SELECT COALESCE(c.product, 'none') AS product, count(*) AS n, max(d.units) AS units, max(d.as_of) AS as_of,
         string_agg(ticket, ' ' ORDER BY ticket) AS ids
  FROM complaints AS c LEFT JOIN denominators AS d ON d.product = c.product GROUP BY COALESCE(c.product, 'none')
)
SELECT 'complaints.n' AS figure, CAST(count(*) AS DOUBLE) AS value, CAST(NULL AS VARCHAR) AS label,
       string_agg(ticket, ' ' ORDER BY ticket) AS ids
FROM complaints
UNION ALL
SELECT 'complaints.share', 1.0, NULL, NULL FROM complaints HAVING count(*) > 0
UNION ALL
SELECT 'complaints.by_product.' || product || '.n', n, NULL, ids FROM by_product
UNION ALL
SELECT 'complaints.by_product.' || product || '.share', CAST(n AS DOUBLE) / sum(n) OVER (), NULL, NULL FROM by_product
UNION ALL
SELECT 'complaints.by_product.' || product || '.units', units, NULL, NULL FROM by_product WHERE units IS NOT NULL
UNION ALL
SELECT 'complaints.by_product.' || product || '.as_of', NULL, as_of, NULL FROM by_product WHERE units IS NOT NULL
UNION ALL
SELECT 'complaints.by_product.' || product || '.per_1000', 1000 * n / units, NULL, NULL
FROM by_product WHERE units IS NOT NULL
ORDER BY figure
