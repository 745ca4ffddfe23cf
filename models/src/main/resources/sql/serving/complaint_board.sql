-- serving.complaint_board: one row per complaint open on the as-of day or received in the 12 months before.
WITH known AS (
  SELECT *, CASE WHEN closed_at < :end_at THEN closed_at END AS closed_by_then_at
  FROM complaint_cases
  WHERE received_at < :end_at
)
SELECT c.complaint_id, c.dealer_id, d.region, d.brand, :as_of AS as_of_on, c.customer_id, c.kind, c.severity, c.channel,
  c.received_at, c.received_on, c.acknowledged_at, c.closed_by_then_at AS closed_at, c.close_due_at,
  CASE
    WHEN c.closed_by_then_at <= c.close_due_at THEN 'CLOSED_IN_TIME'
    WHEN c.closed_by_then_at IS NOT NULL THEN 'CLOSED_LATE'
    WHEN c.close_due_at < :end_at THEN 'OVERDUE'
    ELSE 'OPEN'
  END AS state,
  CASE WHEN c.closed_by_then_at IS NOT NULL THEN c.close_hours END AS close_hours,
  round((unix_timestamp(coalesce(c.closed_by_then_at, :end_at)) - unix_timestamp(c.received_at)) / 3600, 2) AS age_hours,
  c.is_reopened
FROM known c
JOIN dealers d ON d.dealer_id = c.dealer_id
WHERE c.closed_by_then_at IS NULL OR c.received_on > add_months(:as_of, -12)
