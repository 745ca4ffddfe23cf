-- Rows of decision.winback_candidates before arms are drawn: one row per person at risk, with the offer that brings
-- most. Greedy: a dealer's customers by expected gain, until the calls or the budget are used up; who comes after is
-- held back even if a cheaper one would still fit.
WITH fitting AS (
  SELECT r.customer_id, o.*, CASE WHEN array_contains(r.refused_channels, o.channel) THEN 'NO_CONSENT'
      WHEN r.has_no_phone AND o.channel = 'PHONE' THEN 'NO_PHONE' END AS barred,
    least(o.lift, r.churn_180d_probability) AS increment,
    bigint(round(o.redeem_probability * o.discount_amount_minor)) + o.contact_cost_amount_minor AS cost,
    bigint(round(least(o.lift, r.churn_180d_probability) * r.margin_amount_minor)) AS worth
  FROM customers_at_risk r JOIN offers o
    ON (size(o.reasons) = 0 OR array_contains(o.reasons, r.reason_code_1))
    AND array_contains(o.segments, if(r.is_core, 'CORE', 'GENERAL'))
    AND (size(o.powertrains) = 0 OR array_contains(o.powertrains, r.powertrain))
    AND (o.min_distance_km = 0 OR r.distance_km >= o.min_distance_km)
    AND (o.min_vehicle_years = 0 OR r.vehicle_years >= o.min_vehicle_years)
    AND (o.max_vehicle_years = 0 OR r.vehicle_years <= o.max_vehicle_years)
  WHERE r.hold_reason IS NULL
),
sorted AS (
  SELECT *, worth - cost AS gain,
    row_number() OVER (PARTITION BY customer_id ORDER BY worth - cost DESC, offer_code) AS place
  FROM fitting WHERE barred IS NULL
),
capped AS (
  SELECT r.* EXCEPT (hold_reason), b.* EXCEPT (customer_id), coalesce(l.most_calls, :calls) AS most_calls,
    coalesce(l.most_cost, :budget_amount_minor) AS most_cost, coalesce(r.hold_reason,
    CASE WHEN b.offer_code IS NULL THEN coalesce(f.barred_by, 'NO_OFFER')
      WHEN b.gain <= 0 THEN 'NO_GAIN'
      WHEN row_number() OVER (PARTITION BY r.dealer_id, b.offer_code ORDER BY b.gain DESC, r.customer_id)
        > b.most_per_dealer THEN 'OFFER_CAP' END) AS held
  FROM customers_at_risk r LEFT JOIN sorted b ON b.customer_id = r.customer_id AND b.place = 1
  LEFT JOIN (SELECT customer_id, min(barred) AS barred_by FROM fitting GROUP BY customer_id) f ON f.customer_id = r.customer_id
  LEFT JOIN dealer_bounds l ON l.dealer_id = r.dealer_id
),
called AS (
  SELECT *, coalesce(held, CASE WHEN channel = 'PHONE' AND sum(int(channel = 'PHONE')) OVER (
      PARTITION BY dealer_id, held ORDER BY gain DESC, customer_id ROWS UNBOUNDED PRECEDING) > most_calls
      THEN 'CAPACITY' END) AS held_or_full,
    CASE WHEN held = 'OPEN_COMPLAINT' THEN 'MANAGER'
      WHEN caller = 'CALLER' AND is_core AND advisor_id IS NOT NULL THEN 'ADVISOR' ELSE caller END AS caller_role
  FROM capped
),
paid AS (
  SELECT *, row_number() OVER (PARTITION BY dealer_id ORDER BY gain DESC, customer_id) AS place_by_gain,
    sum(cost) OVER (PARTITION BY dealer_id, held_or_full ORDER BY gain DESC, customer_id
      ROWS UNBOUNDED PRECEDING) AS cost_so_far
  FROM called
)
SELECT :campaign_id AS campaign_id, customer_id, dealer_id, :assigned_on AS assigned_on,
  date_add(:assigned_on, :window_days) AS window_until_on, churn_180d_probability, reason_code_1, reason_code_2,
  evidence_en, evidence_zh, is_core, member_tier, model, powertrain, booking, margin_amount_minor, margin_basis, offer_code, offer_version, offer_kind,
  offer_label_en, offer_label_zh, channel, discount_amount_minor, round(increment, 6) AS incremental_visit_probability,
  lift_basis AS increment_basis, cost AS expected_cost_amount_minor, gain AS expected_gain_amount_minor,
  if(offer_code IS NULL, NULL, place_by_gain) AS rank_no,
  coalesce(held_or_full, if(cost_so_far > most_cost, 'BUDGET', NULL)) AS hold_reason, caller_role,
  CASE caller_role WHEN 'ADVISOR' THEN advisor_id WHEN 'MANAGER' THEN manager_id END AS caller_id,
  string(NULL) AS arm, string(NULL) AS stratum, double(NULL) AS assignment_probability, string(NULL) AS salt_id
FROM paid
