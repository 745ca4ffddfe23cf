-- contact_holds: one row per person of a day's snapshots: the channels refused, and what stands against any contact,
-- null if nothing does. Who left is told by the states of the day: by the source, or by a new owner's visit.
SELECT s.customer_id, coalesce(r.refused_channels, array()) AS refused_channels,
  CASE WHEN t.state = 'EXITED' THEN 'EXITED'
    WHEN array_contains(r.refused_channels, 'ALL') THEN 'NO_CONSENT'
    WHEN s.open_complaints_count > 0 THEN 'OPEN_COMPLAINT' END AS hold_reason
FROM customer_snapshots s
LEFT JOIN customer_states t ON t.customer_id = s.customer_id AND t.is_home AND t.scored_on = :day
LEFT JOIN refusals r ON r.customer_id = s.customer_id
