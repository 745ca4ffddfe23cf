-- contact_holds: one row per person of a day's snapshots: the channels no offer may use, whether no phone is known, whether
-- one who complained may be phoned, and what stands against any offer, null if nothing does. A complaint is answered unless
-- the person refused; it takes no consent to offers. Who left is told by the states of the day: by the source, or
-- by a new owner's visit. What a caller was told last counts until the next visit, a complaint until there is a case.
WITH told AS (
  SELECT coalesce(i.customer_id, o.customer_id) AS person_id,
    struct(o.called_on, o.campaign_id, o.outcome_code) AS heard
  FROM call_outcomes o LEFT JOIN customer_identities i ON i.customer_record_id = o.customer_id
  WHERE o.called_on <= :heard_until AND (o.is_reached OR o.outcome_code <> 'NO_ANSWER')
),
heard AS (
  SELECT s.customer_id, max(t.heard) AS last
  FROM customer_snapshots s LEFT JOIN customer_identities i ON i.customer_record_id = s.customer_id
  JOIN told t ON t.person_id = coalesce(i.customer_id, s.customer_id) AND t.heard.called_on > s.last_visit_on
  GROUP BY s.customer_id
),
persons AS (
  SELECT s.customer_id, t.state = 'EXITED' OR coalesce(k.last.outcome_code = 'VEHICLE_GONE', false) AS has_left,
    s.open_complaints_count > 0 OR coalesce(k.last.outcome_code = 'COMPLAINT'
      AND coalesce(s.last_complaint_on < k.last.called_on, true), false) AS is_complaining,
    coalesce(k.last.outcome_code = 'WRONG_NUMBER', false) AS has_no_phone,
    coalesce(r.refused_channels, array()) AS refused,
    if(:is_consent_required, filter(:channels, c -> NOT coalesce(arrays_overlap(r.granted_channels, array(c, 'ALL')),
      false)), array()) AS not_granted
  FROM customer_snapshots s
  LEFT JOIN customer_states t ON t.customer_id = s.customer_id AND t.is_home AND t.scored_on = :day
  LEFT JOIN heard k ON k.customer_id = s.customer_id
  LEFT JOIN refusals r ON r.customer_id = s.customer_id
)
SELECT customer_id, array_union(refused, not_granted) AS refused_channels, has_no_phone,
  NOT has_no_phone AND NOT arrays_overlap(refused, array('ALL', 'PHONE')) AS may_phone,
  CASE WHEN has_left THEN 'EXITED'
    WHEN array_contains(refused, 'ALL') OR size(array_except(:channels, refused)) = 0 THEN 'NO_CONSENT'
    WHEN is_complaining THEN 'OPEN_COMPLAINT'
    WHEN size(array_except(:channels, array_union(refused, not_granted))) = 0 THEN 'NO_CONSENT' END AS hold_reason
FROM persons
