-- customers_at_risk: one row per person at or above the loss probability on a day: what they are worth, who would call
-- them, and what stands against any contact. Open complaints go to the manager instead. Rows of earlier days may know a
-- person by a file that was since found to be another's: they count for the person, who is not scored twice.
WITH running AS (
  SELECT DISTINCT coalesce(i.customer_id, w.customer_id) AS customer_id
  FROM winback_candidates w LEFT JOIN customer_identities i ON i.customer_record_id = w.customer_id
  WHERE w.arm IS NOT NULL AND w.assigned_on < :assigned_on AND w.window_until_on >= :assigned_on
),
employed AS (
  SELECT staff_id FROM staff WHERE left_on IS NULL OR left_on > :assigned_on
),
advisors AS (
  SELECT v.customer_id, v.dealer_id, max_by(v.advisor_id, struct(v.visit_on, v.repair_order_id)) AS advisor_id
  FROM service_visits v JOIN employed e ON e.staff_id = v.advisor_id
  WHERE v.visit_on <= :assigned_on GROUP BY v.customer_id, v.dealer_id
)
SELECT c.customer_id, c.dealer_id, c.churn_180d_probability, c.reason_code_1, c.reason_code_2,
  concat_ws('; ', coalesce(e.en[c.reason_code_1], 'no detail recorded'), e.en[c.reason_code_2]) AS evidence_en,
  concat_ws('; ', coalesce(e.zh[c.reason_code_1], '无明细记录'), e.zh[c.reason_code_2]) AS evidence_zh,
  coalesce(g.is_core, false) AS is_core, s.member_tier, s.model, s.powertrain, s.distance_km,
  floor(months_between(:assigned_on, s.vehicle_sold_on) / 12) AS vehicle_years,
  CASE WHEN 2 * s.appointments_24m_count >= s.visits_24m_count AND s.visits_24m_count > 0 THEN 'APPOINTMENT'
    ELSE 'WALK_IN' END AS booking,
  coalesce(v.margin_36m_amount_minor,
    bigint(round(s.customer_pay_24m_amount_minor / 2 * :present_years * :margin_share))) AS margin_amount_minor,
  if(v.margin_36m_amount_minor IS NULL, 'OWN_PAY_24M', 'MODEL') AS margin_basis,
  h.refused_channels, h.has_no_phone, a.advisor_id, m.manager_id,
  coalesce(h.hold_reason, if(u.customer_id IS NOT NULL, 'IN_CAMPAIGN', NULL)) AS hold_reason
FROM churn_scores c JOIN customer_snapshots s ON s.customer_id = c.customer_id
JOIN contact_holds h ON h.customer_id = c.customer_id
JOIN reason_evidence e ON e.customer_id = c.customer_id
LEFT JOIN customer_identities p ON p.customer_record_id = c.customer_id
LEFT JOIN customer_segments g ON g.customer_id = c.customer_id AND g.scored_on = :assigned_on
LEFT JOIN customer_values v ON v.customer_id = c.customer_id AND v.scored_on = :assigned_on
LEFT JOIN running u ON u.customer_id = c.customer_id
LEFT JOIN advisors a ON a.customer_id = c.customer_id AND a.dealer_id = c.dealer_id
LEFT JOIN managers m ON m.dealer_id = c.dealer_id
WHERE c.scored_on = :assigned_on AND c.churn_180d_probability >= :loss_probability
  AND coalesce(p.customer_id, c.customer_id) = c.customer_id
