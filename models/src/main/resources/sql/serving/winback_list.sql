-- serving.winback_list: one row per person at risk above the cut, ranked within the dealer by spend at risk.
WITH refused AS (
  SELECT DISTINCT i.customer_id
  FROM consents k JOIN customer_identities i ON i.customer_record_id = k.customer_record_id
  WHERE NOT k.is_granted AND k.channel IN ('PHONE', 'ALL')
),
at_risk AS (
  SELECT c.customer_id, c.dealer_id, c.churn_180d_probability, c.reason_code_1, c.reason_code_2, c.recency_days,
    s.*  EXCEPT (customer_id, snapshot_on),
    bigint(round(s.customer_pay_24m_amount_minor / 2)) AS yearly_minor,
    r.customer_id IS NOT NULL AS is_refused
  FROM churn_scores c
  JOIN customer_snapshots s ON s.customer_id = c.customer_id
  LEFT JOIN refused r ON r.customer_id = c.customer_id
  WHERE c.scored_on = :as_of AND c.churn_180d_probability >= :min_probability
),
worded AS (
  SELECT *, map(
      'PRICE', concat('price mark ', string(round(mean_price_mark, 1)), ' of 5'),
      'EXPERIENCE', format_string('%d comebacks, %d late deliveries in 12 months', comebacks_12m_count,
        late_deliveries_12m_count),
      'COMPLAINT', format_string('%d complaints in 12 months, %d open', complaints_12m_count, open_complaints_count),
      'DISTANCE', concat(string(bigint(round(distance_km))), ' km to the dealer'),
      'WARRANTY_ENDED', concat('warranty until ', string(warranty_until_on)),
      'OVERDUE', concat('service due ', string(due_on)),
      'VEHICLE_AGE', concat('vehicle sold ', string(vehicle_sold_on)),
      'HABIT', format_string('%d visits in 24 months, last %s', visits_24m_count, string(last_visit_on))) AS en,
    map(
      'PRICE', concat('费用评分', string(round(mean_price_mark, 1)), '(满分5)'),
      'EXPERIENCE', format_string('近12月返修%d次, 超时交车%d次', comebacks_12m_count, late_deliveries_12m_count),
      'COMPLAINT', format_string('近12月投诉%d次, 未结%d次', complaints_12m_count, open_complaints_count),
      'DISTANCE', concat('距店', string(bigint(round(distance_km))), '公里'),
      'WARRANTY_ENDED', concat('保修截止', string(warranty_until_on)),
      'OVERDUE', concat('保养到期', string(due_on)),
      'VEHICLE_AGE', concat('购车日', string(vehicle_sold_on)),
      'HABIT', format_string('近24月进厂%d次, 末次%s', visits_24m_count, string(last_visit_on))) AS zh
  FROM at_risk
)
SELECT w.customer_id, w.dealer_id, d.region, d.brand, :as_of AS as_of_on,
  row_number() OVER (PARTITION BY w.dealer_id
    ORDER BY round(w.churn_180d_probability * w.yearly_minor) DESC, w.customer_id) AS rank_no,
  w.churn_180d_probability, w.yearly_minor / 100 AS yearly_spend_amount,
  round(w.churn_180d_probability * w.yearly_minor) / 100 AS spend_at_risk_amount, w.reason_code_1, w.reason_code_2,
  concat_ws('; ', coalesce(w.en[w.reason_code_1], 'no detail recorded'), w.en[w.reason_code_2]) AS evidence_en,
  concat_ws('; ', coalesce(w.zh[w.reason_code_1], '无明细记录'), w.zh[w.reason_code_2]) AS evidence_zh,
  g.is_core, w.last_visit_on, NOT w.is_refused AND w.open_complaints_count = 0 AS may_contact,
  CASE WHEN w.is_refused THEN 'NO_CONSENT' WHEN w.open_complaints_count > 0 THEN 'OPEN_COMPLAINT' END AS hold_reason
FROM worded w JOIN dealers d ON d.dealer_id = w.dealer_id
LEFT JOIN customer_segments g ON g.customer_id = w.customer_id AND g.scored_on = :as_of
