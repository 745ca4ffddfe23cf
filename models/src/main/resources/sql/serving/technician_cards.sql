-- serving.technician_cards: one row per technician of the latest scores.
SELECT t.staff_id, t.dealer_id, d.region, d.brand, t.scored_on AS as_of_on, t.level, t.jobs_12m_count, t.time_ratio,
  t.first_time_fix_rate, t.first_time_fix_lower_rate, t.first_time_fix_upper_rate, t.raw_first_time_fix_rate,
  t.praise_rate, t.quality_score, t.cluster_label_en, t.cluster_label_zh, t.is_benchmark,
  s.certified_until_on, s.training_hours
FROM technician_clusters t
JOIN dealers d ON d.dealer_id = t.dealer_id
LEFT JOIN staff s ON s.staff_id = t.staff_id
WHERE t.scored_on = :as_of
