-- serving.service_due_list: one row per vehicle due from 90 days before to 60 days after the as-of day.
SELECT u.vehicle_id, u.dealer_id, d.region, d.brand, :as_of AS as_of_on, u.customer_id, v.model, u.due_on,
  date(date_trunc('WEEK', u.due_on)) AS due_week_on, u.due_by, u.due_km, u.last_maintenance_on,
  g.is_core, c.churn_180d_probability
FROM service_dues u
JOIN dealers d ON d.dealer_id = u.dealer_id
JOIN vehicle_snapshots v ON v.vehicle_id = u.vehicle_id
LEFT JOIN customer_segments g ON g.customer_id = u.customer_id AND g.scored_on = :as_of
LEFT JOIN churn_scores c ON c.customer_id = u.customer_id AND c.scored_on = :as_of
WHERE u.scored_on = :as_of AND u.due_on BETWEEN date_sub(:as_of, 90) AND date_add(:as_of, 60)
