-- serving.winback_list: one row per candidate of the latest campaign but those held out, ranked within the dealer, who
-- is to be contacted first. What came since the campaign was drawn (a refusal, a complaint) holds back, too.
WITH latest AS (
  SELECT max_by(campaign_id, assigned_on) AS campaign_id FROM winback_candidates WHERE assigned_on <= :as_of
),
listed AS (
  SELECT c.*, s.* EXCEPT (customer_id, snapshot_on, member_tier, model, powertrain),
    bigint(round(s.customer_pay_24m_amount_minor / 2)) AS yearly_minor,
    CASE WHEN c.arm IS NULL THEN c.hold_reason WHEN s.exited_on <= :as_of THEN 'EXITED'
      WHEN arrays_overlap(r.refused_channels, array('ALL', c.channel)) THEN 'NO_CONSENT'
      WHEN s.open_complaints_count > 0 THEN 'OPEN_COMPLAINT' END AS held,
    CASE WHEN c.arm IS NULL THEN NULL WHEN s.last_visit_on > c.assigned_on THEN 'VISITED'
      WHEN o.customer_id IS NOT NULL THEN 'CALLED' ELSE 'OPEN' END AS state
  FROM winback_candidates c JOIN latest l ON l.campaign_id = c.campaign_id
  JOIN customer_snapshots s ON s.customer_id = c.customer_id
  LEFT JOIN refusals r ON r.customer_id = c.customer_id
  LEFT JOIN call_outcomes o ON o.campaign_id = c.campaign_id AND o.customer_id = c.customer_id AND o.called_on <= :as_of
  WHERE c.arm IS NULL OR c.arm <> 'HOLD_OUT'
),
worded AS (
  SELECT *, map(
      'PRICE', nullif(concat_ws(', ',
        'highest bill of 12 months ' || nullif(bigint(highest_pay_12m_amount_minor / 100), 0),
        concat('price mark ', string(round(mean_price_mark, 1)), ' of 5')), ''),
      'EXPERIENCE', nullif(concat_ws(', ', 'comeback ' || last_comeback_on, 'late delivery ' || last_late_delivery_on,
        'complaint ' || last_complaint_on, concat('repair mark ', string(round(mean_repair_mark, 1)), ' of 5')), ''),
      'COMPLAINT', format_string('%d complaints in 12 months, %d open', complaints_12m_count, open_complaints_count),
      'DISTANCE', concat(string(bigint(round(distance_km))), ' km to the dealer'),
      'WARRANTY_ENDED', concat('warranty until ', string(warranty_until_on)),
      'OVERDUE', concat('service due ', string(due_on)),
      'VEHICLE_AGE', concat('vehicle sold ', string(vehicle_sold_on)),
      'HABIT', format_string('%d visits in 24 months, last %s', visits_24m_count, string(last_visit_on))) AS en,
    map(
      'PRICE', nullif(concat_ws(', ', '近12月最高自付' || nullif(bigint(highest_pay_12m_amount_minor / 100), 0),
        concat('费用评分', string(round(mean_price_mark, 1)), '(满分5)')), ''),
      'EXPERIENCE', nullif(concat_ws(', ', '返修' || last_comeback_on, '超时交车' || last_late_delivery_on,
        '投诉' || last_complaint_on, concat('维修评分', string(round(mean_repair_mark, 1)), '(满分5)')), ''),
      'COMPLAINT', format_string('近12月投诉%d次, 未结%d次', complaints_12m_count, open_complaints_count),
      'DISTANCE', concat('距店', string(bigint(round(distance_km))), '公里'),
      'WARRANTY_ENDED', concat('保修截止', string(warranty_until_on)),
      'OVERDUE', concat('保养到期', string(due_on)),
      'VEHICLE_AGE', concat('购车日', string(vehicle_sold_on)),
      'HABIT', format_string('近24月进厂%d次, 末次%s', visits_24m_count, string(last_visit_on))) AS zh
  FROM listed
)
SELECT w.customer_id, w.dealer_id, d.region, d.brand, :as_of AS as_of_on, w.campaign_id, w.assigned_on,
  w.window_until_on,
  int(row_number() OVER (PARTITION BY w.dealer_id ORDER BY w.held IS NULL DESC,
    coalesce(w.expected_gain_amount_minor, 0) DESC,
      round(w.churn_180d_probability * w.yearly_minor) DESC, w.customer_id)) AS rank_no, w.churn_180d_probability,
  w.yearly_minor / 100 AS yearly_spend_amount,
  round(w.churn_180d_probability * w.yearly_minor) / 100 AS spend_at_risk_amount, w.reason_code_1, w.reason_code_2,
  concat_ws('; ', coalesce(w.en[w.reason_code_1], 'no detail recorded'), w.en[w.reason_code_2]) AS evidence_en,
  concat_ws('; ', coalesce(w.zh[w.reason_code_1], '无明细记录'), w.zh[w.reason_code_2]) AS evidence_zh, w.is_core,
  w.last_visit_on, w.offer_code, w.offer_version, w.offer_label_en, w.offer_label_zh, w.channel,
  w.discount_amount_minor / 100 AS discount_amount, w.expected_gain_amount_minor / 100 AS expected_gain_amount,
  w.increment_basis, if(w.held = 'OPEN_COMPLAINT', 'MANAGER', w.caller_role) AS caller_role,
  if(w.held = 'OPEN_COMPLAINT', m.manager_id, w.caller_id) AS caller_id, w.state, w.held IS NULL AS may_contact,
  w.held AS hold_reason
FROM worded w JOIN dealers d ON d.dealer_id = w.dealer_id LEFT JOIN managers m ON m.dealer_id = w.dealer_id
