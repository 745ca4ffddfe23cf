-- campaign_counts: what a campaign was drawn from, one row per campaign. The visit rate without an offer is
-- that predicted for the window, the chance of no visit in 180 days spread evenly over them.
SELECT campaign_id, assigned_on, window_until_on, count(*) AS candidates_count, count_if(arm = 'OFFER') AS offer_count,
  count_if(arm = 'HOLD_OUT') AS hold_out_count, count_if(arm = 'RANDOM_CONTACT') AS random_contact_count,
  round(avg(1 - pow(churn_180d_probability, datediff(window_until_on, assigned_on) / 180D))
    FILTER (WHERE arm IN ('OFFER', 'HOLD_OUT')), 6) AS base_visit_rate,
  round(avg(incremental_visit_probability) FILTER (WHERE arm = 'OFFER'), 6) AS assumed_lift,
  CASE count(DISTINCT increment_basis) FILTER (WHERE arm = 'OFFER') WHEN 0 THEN NULL
    WHEN 1 THEN min(increment_basis) FILTER (WHERE arm = 'OFFER') ELSE 'MIXED' END AS increment_basis,
  nullif(array_join(array_sort(collect_set(offer_version)), '+'), '') AS offer_version
FROM winback_candidates
GROUP BY campaign_id, assigned_on, window_until_on
