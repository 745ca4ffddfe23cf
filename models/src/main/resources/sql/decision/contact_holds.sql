-- contact_holds: one row per person of a day's snapshots: the channels that may not be used, and what stands against any
-- contact, null if nothing does. Who left is told by the states of the day: by the source, or by a new owner's visit.
WITH allowed AS (
  SELECT s.customer_id, s.open_complaints_count, array_union(coalesce(r.refused_channels, array()),
    if(:is_consent_required, filter(:channels, c -> NOT coalesce(arrays_overlap(r.granted_channels, array(c, 'ALL')),
      false)), array())) AS refused_channels
  FROM customer_snapshots s LEFT JOIN refusals r ON r.customer_id = s.customer_id
)
SELECT a.customer_id, a.refused_channels, CASE WHEN t.state = 'EXITED' THEN 'EXITED'
    WHEN array_contains(a.refused_channels, 'ALL') OR size(array_except(:channels, a.refused_channels)) = 0
      THEN 'NO_CONSENT'
    WHEN a.open_complaints_count > 0 THEN 'OPEN_COMPLAINT' END AS hold_reason
FROM allowed a
LEFT JOIN customer_states t ON t.customer_id = a.customer_id AND t.is_home AND t.scored_on = :day
