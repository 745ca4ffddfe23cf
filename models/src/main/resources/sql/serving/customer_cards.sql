-- serving.customer_cards: one row per person of the latest snapshot, without personal data.
SELECT s.customer_id, s.home_dealer_id AS dealer_id, d.region, d.brand, :as_of AS as_of_on,
  s.first_visit_on, s.last_visit_on, s.visits_24m_count,
  s.net_24m_amount_minor / 100 AS net_24m_amount,
  s.member_tier, s.model, s.powertrain, s.due_on, t.state, t.dealer_state, t.missed_count,
  g.spend_score, g.vehicle_score, g.proximity_score, g.loyalty_score, g.participation_score,
  g.core_score, g.is_core, g.value_tier, g.cluster_label_en, g.cluster_label_zh,
  c.churn_180d_probability, c.reason_code_1, c.reason_code_2,
  e.en[c.reason_code_1] AS reason_evidence_en, e.zh[c.reason_code_1] AS reason_evidence_zh,
  v.expected_180d_visits, v.visit_180d_probability, v.margin_36m_amount_minor / 100 AS margin_36m_amount,
  v.margin_36m_lower_amount_minor / 100 AS margin_36m_lower_amount,
  v.margin_36m_upper_amount_minor / 100 AS margin_36m_upper_amount, v.model_id AS value_model_id,
  s.comebacks_12m_count, s.open_complaints_count
FROM customer_snapshots s
JOIN dealers d ON d.dealer_id = s.home_dealer_id
JOIN reason_evidence e ON e.customer_id = s.customer_id
LEFT JOIN customer_states t ON t.customer_id = s.customer_id AND t.dealer_id = s.home_dealer_id AND t.scored_on = :as_of
LEFT JOIN customer_segments g ON g.customer_id = s.customer_id AND g.scored_on = :as_of
LEFT JOIN churn_scores c ON c.customer_id = s.customer_id AND c.scored_on = :as_of
LEFT JOIN customer_values v ON v.customer_id = s.customer_id AND v.scored_on = :as_of
