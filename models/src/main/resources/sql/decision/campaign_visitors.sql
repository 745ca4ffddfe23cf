-- campaign_visitors: one row per campaign that is over and person offered or held out by it: the candidate's columns,
-- whether the person, as linked now, came within the window, and the probability of the offer among these two arms. Only
-- campaigns with the shares of the newest: where shares differ, arms would tell campaigns apart.
WITH newest AS (
  SELECT max_by(struct(hold_out_rate, random_contact_rate), assigned_on) AS shares
  FROM campaigns WHERE window_until_on <= :until
),
over AS (
  SELECT w.* EXCEPT (arm), a.arm
  FROM winback_candidates w
  JOIN campaign_assignments a ON a.campaign_id = w.campaign_id AND a.customer_id = w.customer_id
  WHERE a.arm IN ('OFFER', 'HOLD_OUT') AND a.window_until_on <= :until
),
visited AS (
  SELECT DISTINCT o.campaign_id, o.customer_id
  FROM over o LEFT JOIN customer_identities i ON i.customer_record_id = o.customer_id
  JOIN service_visits v ON v.customer_id = coalesce(i.customer_id, o.customer_id)
    AND v.visit_on > o.assigned_on AND v.visit_on <= o.window_until_on
)
SELECT o.*, v.customer_id IS NOT NULL AS has_visited,
  (1 - c.hold_out_rate - c.random_contact_rate) / (1 - c.random_contact_rate) AS offer_probability
FROM over o JOIN campaigns c ON c.campaign_id = o.campaign_id
JOIN newest n ON n.shares = struct(c.hold_out_rate, c.random_contact_rate)
LEFT JOIN visited v ON v.campaign_id = o.campaign_id AND v.customer_id = o.customer_id
