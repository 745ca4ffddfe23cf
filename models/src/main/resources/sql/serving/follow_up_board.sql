-- serving.follow_up_board: one row per duty due in the last 35 or next 14 days.
WITH done AS (
  SELECT u.duty_id, min(k.contact_on) AS done_on
  FROM contact_duties u
  JOIN customer_contacts k
    ON k.repair_order_id = u.repair_order_id AND k.is_made AND k.contact_on >= u.due_from_on AND k.contact_on <= :as_of
  WHERE u.due_on BETWEEN date_sub(:as_of, 35) AND date_add(:as_of, 14)
  GROUP BY u.duty_id
)
SELECT u.duty_id, u.dealer_id, d.region, d.brand, :as_of AS as_of_on, u.customer_id, u.repair_order_id, u.touch_no,
  u.channel, u.due_from_on, u.due_on, f.done_on,
  CASE
    WHEN f.done_on <= u.due_on THEN 'DONE'
    WHEN f.done_on IS NOT NULL THEN 'DONE_LATE'
    WHEN u.due_on >= :as_of THEN 'OPEN'
    ELSE 'OVERDUE'
  END AS state,
  g.is_core
FROM contact_duties u
JOIN dealers d ON d.dealer_id = u.dealer_id
LEFT JOIN done f ON f.duty_id = u.duty_id
LEFT JOIN customer_segments g ON g.customer_id = u.customer_id AND g.scored_on = :as_of
WHERE u.due_on BETWEEN date_sub(:as_of, 35) AND date_add(:as_of, 14) AND u.assigned_on <= :as_of
