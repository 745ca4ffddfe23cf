-- serving.offer_fairness: one row per attribute and group of the latest campaign's candidates. Like customers have the
-- same dealer and reason, are core or not alike, and stand in the same half of the dealer's margins. The difference
-- weighs their strata by how well they compare (n m / (n + m)); its variance is the pooled one within strata.
WITH eligible AS (
  SELECT campaign_id, hold_reason IS NULL AS is_chosen, member_tier, powertrain, model, booking,
    double(if(hold_reason IS NULL, discount_amount_minor, 0)) AS discount,
    concat_ws('|', dealer_id, reason_code_1, is_core,
      ntile(2) OVER (PARTITION BY dealer_id ORDER BY margin_amount_minor, customer_id)) AS alike
  FROM winback_candidates
  WHERE campaign_id = (SELECT max_by(campaign_id, assigned_on) FROM winback_candidates WHERE assigned_on <= :as_of)
    AND coalesce(hold_reason, '') NOT IN ('EXITED', 'NO_CONSENT', 'NO_PHONE', 'OPEN_COMPLAINT', 'CONTACT_CAP', 'IN_CAMPAIGN')
),
groups AS (
  SELECT campaign_id, is_chosen, discount, alike, attribute, coalesce(group_value, 'NONE') AS group_value
  FROM eligible LATERAL VIEW stack(4, 'MEMBER_TIER', member_tier, 'POWERTRAIN', powertrain, 'MODEL', model,
    'BOOKING', booking) a AS attribute, group_value
),
cells AS (
  SELECT campaign_id, attribute, group_value, alike, count(*) AS n, sum(discount) AS d, sum(discount * discount) AS dd,
    count_if(is_chosen) AS o
  FROM groups GROUP BY campaign_id, attribute, group_value, alike
),
sides AS (
  SELECT *, (sum(n) OVER s) - n AS m, (sum(d) OVER s) - d AS e, (sum(dd) OVER s) - dd AS ee, (sum(o) OVER s) - o AS p
  FROM cells WINDOW s AS (PARTITION BY attribute, alike)
),
sums AS (
  SELECT campaign_id, attribute, group_value, sum(n) AS customers_count, sum(o) / sum(n) AS offered_rate,
    sum(d) / sum(n) AS mean_discount, sum(n * m / (n + m)) AS weight,
    sum(n * m / (n + m) * (d / n - try_divide(e, m))) FILTER (WHERE m > 0) AS discount_gap,
    sum(n * m / (n + m) * (o / n - try_divide(p, m))) FILTER (WHERE m > 0) AS offered_gap,
    sum(dd - d * d / n + ee - try_divide(e * e, m)) FILTER (WHERE m > 0) AS discount_squares,
    sum(o - o * o / n + p - try_divide(p * p, m)) FILTER (WHERE m > 0) AS offered_squares,
    sum(n + m - 2) FILTER (WHERE m > 0) AS freedom
  FROM sides GROUP BY campaign_id, attribute, group_value
),
gaps AS (
  SELECT *, try_divide(discount_gap, weight) / 100 AS discount_difference,
    try_divide(offered_gap, weight) AS offered_difference,
    :critical * sqrt(try_divide(try_divide(greatest(discount_squares, 0), freedom), weight)) / 100 AS discount_half,
    :critical * sqrt(try_divide(try_divide(greatest(offered_squares, 0), freedom), weight)) AS offered_half
  FROM sums
)
SELECT campaign_id, attribute, group_value, customers_count, round(offered_rate, 6) AS offered_rate,
  mean_discount / 100 AS mean_discount_amount, round(offered_difference, 6) AS offered_difference,
  round(offered_difference - offered_half, 6) AS offered_difference_lower,
  round(offered_difference + offered_half, 6) AS offered_difference_upper,
  discount_difference AS discount_difference_amount,
  discount_difference - discount_half AS discount_difference_lower_amount,
  discount_difference + discount_half AS discount_difference_upper_amount,
  coalesce(customers_count >= 30 AND abs(discount_difference) > discount_half
    AND abs(discount_difference) > :tolerance * mean_discount / 100, false) AS is_flagged,
  coalesce(customers_count >= 30 AND abs(offered_difference) > offered_half
    AND abs(offered_difference) > :tolerance * offered_rate, false) AS is_share_flagged
FROM gaps
