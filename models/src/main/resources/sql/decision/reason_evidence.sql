-- reason_evidence: one row per snapshot row: what there is to say for each reason of churn, in English and Chinese;
-- null where there is nothing. What happened counts for :evidence_days.
WITH happened AS (
  SELECT *,
    CASE WHEN datediff(snapshot_on, last_comeback_on) <= :evidence_days THEN last_comeback_on END AS comeback,
    CASE WHEN datediff(snapshot_on, last_late_delivery_on) <= :evidence_days THEN last_late_delivery_on END AS late,
    CASE WHEN datediff(snapshot_on, last_complaint_on) <= :evidence_days THEN last_complaint_on END AS complaint,
    CASE WHEN mean_repair_mark <= :low_mark THEN string(round(mean_repair_mark, 1)) END AS repair,
    CASE WHEN mean_attitude_mark <= :low_mark THEN string(round(mean_attitude_mark, 1)) END AS attitude,
    CASE WHEN mean_price_mark <= :low_mark THEN string(round(mean_price_mark, 1)) END AS price,
    nullif(bigint(highest_pay_12m_amount_minor / 100), 0) AS bill,
    if(comebacks_12m_count > 1, string(comebacks_12m_count), NULL) AS comebacks,
    if(late_deliveries_12m_count > 1, string(late_deliveries_12m_count), NULL) AS lates,
    string(datediff(snapshot_on, open_complaint_since_on)) AS open_days,
    if(slowest_complaint_12m_days > :slow_days, string(slowest_complaint_12m_days), NULL) AS slow_days
  FROM customer_snapshots
)
SELECT customer_id,
  map('PRICE', nullif(concat_ws(', ', 'highest bill of 12 months ' || bill, 'price mark ' || price || ' of 5'), ''),
    'EXPERIENCE', nullif(concat_ws(', ', coalesce(comebacks || ' comebacks, last ', 'comeback ') || comeback,
      coalesce(lates || ' late deliveries, last ', 'late delivery ') || late, 'complaint ' || complaint,
      'a complaint took ' || slow_days || ' days to close',
      'repair mark ' || repair || ' of 5', 'attitude mark ' || attitude || ' of 5'), ''),
    'COMPLAINT', coalesce('complaint open ' || open_days || ' days', format_string('%d complaints in 12 months', complaints_12m_count)),
    'DISTANCE', concat(string(bigint(round(distance_km))), ' km to the dealer'),
    'WARRANTY_ENDED', concat('warranty until ', string(warranty_until_on)),
    'OVERDUE', concat('service due ', string(due_on)),
    'VEHICLE_AGE', concat('vehicle sold ', string(vehicle_sold_on)),
    'HABIT', format_string('%d visits in 24 months, last %s', visits_24m_count, string(last_visit_on))) AS en,
  map('PRICE', nullif(concat_ws(', ', '近12月最高自付' || bill, '费用评分' || price || '(满分5)'), ''),
    'EXPERIENCE', nullif(concat_ws(', ', coalesce('返修' || comebacks || '次, 最近', '返修') || comeback,
      coalesce('超时交车' || lates || '次, 最近', '超时交车') || late, '投诉' || complaint, '投诉处理最长' || slow_days || '天',
      '维修评分' || repair || '(满分5)', '态度评分' || attitude || '(满分5)'), ''),
    'COMPLAINT', coalesce('投诉未结' || open_days || '天', format_string('近12月投诉%d次', complaints_12m_count)),
    'DISTANCE', concat('距店', string(bigint(round(distance_km))), '公里'),
    'WARRANTY_ENDED', concat('保修截止', string(warranty_until_on)),
    'OVERDUE', concat('保养到期', string(due_on)),
    'VEHICLE_AGE', concat('购车日', string(vehicle_sold_on)),
    'HABIT', format_string('近24月进厂%d次, 末次%s', visits_24m_count, string(last_visit_on))) AS zh
FROM happened
