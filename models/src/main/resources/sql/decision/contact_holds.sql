-- contact_holds: one row per person of a day's snapshots: the channels no offer may use, whether no right phone is on
-- file, whether one who complained may be phoned, and what stands against any offer, null if nothing does. A complaint
-- is answered unless the person refused; it takes no consent to offers. Who left is told by the states of the day: by the
-- source, or by a new owner's visit. What a caller was told last counts until the next visit, a complaint until there
-- is a case, a wrong number until one is entered on the day of the call or later. Calls of campaigns are contacts like others.
WITH calls AS (
  SELECT coalesce(i.customer_id, o.customer_id) AS person_id, o.campaign_id, o.called_on, o.is_reached, o.outcome_code
  FROM call_outcomes o LEFT JOIN customer_identities i ON i.customer_record_id = o.customer_id
  WHERE o.called_on <= :heard_until
),
current AS (
  SELECT s.*, coalesce(i.customer_id, s.customer_id) AS person_id
  FROM customer_snapshots s LEFT JOIN customer_identities i ON i.customer_record_id = s.customer_id
),
heard AS (
  SELECT s.customer_id, max(struct(c.called_on, c.campaign_id, c.outcome_code)) AS last
  FROM current s JOIN calls c ON c.person_id = s.person_id AND c.called_on > s.last_visit_on
    AND (c.is_reached OR c.outcome_code <> 'NO_ANSWER')
  GROUP BY s.customer_id
),
made AS (
  SELECT customer_id AS person_id, contact_on AS day FROM customer_contacts WHERE is_made
  UNION ALL
  SELECT c.person_id, c.called_on FROM calls c
  LEFT ANTI JOIN customer_contacts k ON k.customer_id = c.person_id AND k.contact_on = c.called_on AND k.is_made
),
contacted AS (
  SELECT person_id, count(*) >= :contact_cap AS is_enough FROM made
  WHERE day > date_sub(:day, :contact_cap_days) AND day <= :heard_until GROUP BY person_id
),
persons AS (
  SELECT s.customer_id, t.state = 'EXITED' OR coalesce(k.last.outcome_code = 'VEHICLE_GONE', false) AS has_left,
    s.open_complaints_count > 0 OR coalesce(k.last.outcome_code = 'COMPLAINT'
      AND coalesce(s.last_complaint_on < k.last.called_on, true), false) AS is_complaining,
    p.person_id IS NULL OR coalesce(k.last.outcome_code = 'WRONG_NUMBER' AND p.phone_since
      < timestampadd(DAY, datediff(k.last.called_on, :day) - 1, :day_end), false) AS has_no_phone,
    coalesce(n.is_enough, false) AS is_contacted_enough, coalesce(r.refused_channels, array()) AS refused,
    if(:is_consent_required, filter(:channels, c -> NOT coalesce(arrays_overlap(r.granted_channels, array(c, 'ALL')),
      false)), array()) AS not_granted
  FROM current s
  LEFT JOIN phones p ON p.person_id = s.person_id
  LEFT JOIN contacted n ON n.person_id = s.person_id
  LEFT JOIN customer_states t ON t.customer_id = s.customer_id AND t.is_home AND t.scored_on = :day
  LEFT JOIN heard k ON k.customer_id = s.customer_id
  LEFT JOIN refusals r ON r.customer_id = s.customer_id
)
SELECT customer_id, array_union(refused, not_granted) AS refused_channels, has_no_phone,
  NOT has_no_phone AND NOT arrays_overlap(refused, array('ALL', 'PHONE')) AS may_phone,
  CASE WHEN has_left THEN 'EXITED'
    WHEN array_contains(refused, 'ALL') OR size(array_except(:channels, refused)) = 0 THEN 'NO_CONSENT'
    WHEN is_complaining THEN 'OPEN_COMPLAINT'
    WHEN size(array_except(:channels, array_union(refused, not_granted))) = 0 THEN 'NO_CONSENT'
    WHEN is_contacted_enough THEN 'CONTACT_CAP' END AS hold_reason
FROM persons
