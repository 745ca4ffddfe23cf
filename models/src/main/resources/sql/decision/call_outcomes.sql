-- call_outcomes: rows of call lists that came back, judged, one row per row on which something was filled in. reason is
-- null where it can be taken: of who was drawn, or left to the manager with a complaint; of several rows of a customer and
-- day the last counts, but no other takes back DO_NOT_CALL.
WITH read AS (
  SELECT *, date(coalesce(try_to_timestamp(called_on, 'yyyy-M-d'), try_to_timestamp(called_on, 'yyyy-MM-dd HH:mm:ss'),
      try_to_timestamp(called_on, 'yyyy/M/d'), try_to_timestamp(called_on, 'yyyy.M.d'),
      try_to_timestamp(called_on, 'yyyy年M月d日'))) AS day,
    CASE WHEN lower(is_reached) IN ('是', '已接通', '接通', 'y', 'yes', '1', 'true') THEN true
      WHEN lower(is_reached) IN ('否', '未接通', 'n', 'no', '0', 'false') THEN false END AS reached,
    coalesce(map('已预约', 'BOOKED', '会来店', 'WILL_COME', '再联系', 'CALL_BACK', '无意向', 'NOT_INTERESTED', '勿再联系',
      'DO_NOT_CALL', '号码错误', 'WRONG_NUMBER', '车辆已处置', 'VEHICLE_GONE', '投诉', 'COMPLAINT', '无人接听',
      'NO_ANSWER')[outcome_code], upper(outcome_code)) AS outcome
  FROM call_rows
  WHERE is_unreadable OR called_on IS NOT NULL OR is_reached IS NOT NULL OR outcome_code IS NOT NULL
),
listed AS (
  SELECT * FROM winback_candidates WHERE arm IS NOT NULL OR hold_reason = 'OPEN_COMPLAINT'
),
judged AS (
  SELECT r.*, CASE WHEN r.is_unreadable THEN 'UNREADABLE' WHEN a.customer_id IS NULL THEN 'UNKNOWN_CUSTOMER'
    WHEN r.dealer_id IS DISTINCT FROM a.dealer_id THEN 'OTHER_DEALER'
    WHEN r.day IS NULL THEN 'BAD_DATE' WHEN r.day <= a.assigned_on THEN 'BEFORE_CAMPAIGN'
    WHEN r.day > :today THEN 'FUTURE_DATE'
    WHEN r.day > a.window_until_on AND r.outcome IS DISTINCT FROM 'DO_NOT_CALL' THEN 'AFTER_WINDOW'
    WHEN r.outcome NOT IN ('BOOKED', 'WILL_COME', 'CALL_BACK', 'NOT_INTERESTED', 'DO_NOT_CALL', 'WRONG_NUMBER',
      'VEHICLE_GONE', 'COMPLAINT', 'NO_ANSWER') THEN 'BAD_OUTCOME'
    WHEN r.reached IS NULL AND (r.is_reached IS NOT NULL OR r.outcome IS NULL) THEN 'BAD_REACHED' END AS fault
  FROM read r
  LEFT JOIN listed a ON a.campaign_id = r.campaign_id AND a.customer_id = r.customer_id
),
placed AS (
  SELECT j.*, h.customer_id IS NOT NULL AND NOT j.outcome <=> 'DO_NOT_CALL' AS is_taking_back,
    row_number() OVER (PARTITION BY j.campaign_id, j.customer_id, j.day, j.fault IS NULL
      ORDER BY j.outcome <=> 'DO_NOT_CALL' DESC, j.file_no DESC, j.line_no DESC) AS place
  FROM judged j LEFT JOIN call_outcomes h ON h.campaign_id = j.campaign_id AND h.customer_id = j.customer_id
    AND h.called_on = j.day AND h.outcome_code = 'DO_NOT_CALL'
)
SELECT file_no, line_no, coalesce(fault, if(place > 1 OR is_taking_back, 'REPEATED', NULL)) AS reason, campaign_id,
  customer_id, dealer_id, day AS called_on, coalesce(reached, outcome NOT IN ('NO_ANSWER', 'WRONG_NUMBER')) AS is_reached,
  outcome AS outcome_code
FROM placed
