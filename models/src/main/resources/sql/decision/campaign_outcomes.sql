-- campaign_outcomes: one row per campaign and person drawn, whatever the arm. Visits and own pay within the window; a
-- contact is one of a campaign, or a call a dealer gave back. Who is linked to another since counts as that person.
WITH drawn AS (
  SELECT a.campaign_id, a.customer_id, a.assigned_on, a.window_until_on,
    coalesce(i.customer_id, a.customer_id) AS person_id
  FROM campaign_assignments a LEFT JOIN customer_identities i ON i.customer_record_id = a.customer_id
),
visited AS (
  SELECT a.campaign_id, a.customer_id, count(DISTINCT v.visit_on) AS visit_count,
    bigint(round(sum(v.customer_pay_amount_minor) * :margin_share)) AS margin_amount_minor
  FROM drawn a
  JOIN service_visits v ON v.customer_id = a.person_id
    AND v.visit_on > a.assigned_on AND v.visit_on <= least(a.window_until_on, :as_of)
  GROUP BY a.campaign_id, a.customer_id
),
contacted AS (
  SELECT a.campaign_id, a.customer_id, true AS is_contacted, bool_or(c.is_reached) AS is_reached
  FROM drawn a
  JOIN customer_contacts c ON c.customer_id = a.person_id AND c.purpose = 'CAMPAIGN' AND c.is_made
    AND c.contact_on > a.assigned_on AND c.contact_on <= least(a.window_until_on, :as_of)
  GROUP BY a.campaign_id, a.customer_id
),
called AS (
  SELECT a.campaign_id, a.customer_id, bool_or(o.is_reached) AS is_reached
  FROM campaign_assignments a
  JOIN call_outcomes o ON o.campaign_id = a.campaign_id AND o.customer_id = a.customer_id
    AND o.called_on <= least(a.window_until_on, :as_of)
  GROUP BY a.campaign_id, a.customer_id
)
SELECT a.campaign_id, a.customer_id, a.dealer_id, a.offer_code, a.offer_version, a.arm, a.stratum, a.assigned_on, a.window_until_on,
  coalesce(v.visit_count, 0) AS visit_count, coalesce(v.margin_amount_minor, 0) AS margin_amount_minor,
  coalesce(k.is_contacted, false) OR o.customer_id IS NOT NULL AS is_contacted,
  coalesce(k.is_reached, false) OR coalesce(o.is_reached, false) AS is_reached
FROM campaign_assignments a
LEFT JOIN visited v ON v.campaign_id = a.campaign_id AND v.customer_id = a.customer_id
LEFT JOIN contacted k ON k.campaign_id = a.campaign_id AND k.customer_id = a.customer_id
LEFT JOIN called o ON o.campaign_id = a.campaign_id AND o.customer_id = a.customer_id
