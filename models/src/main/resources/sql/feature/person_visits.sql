-- person_visits: one row per as-of day and person with a visit; orders of one day are one visit day.
-- The home dealer is the one of most visit days in 24 months, ties to the latest visited.
WITH dealer_days AS (
  SELECT snapshot_on, customer_id, dealer_id, visit_on, bool_or(is_maintenance) AS is_maintenance,
    bool_or(is_repair) AS is_repair, bool_or(is_appointment) AS is_appointment, sum(net_amount_minor) AS net,
    sum(customer_pay_amount_minor) AS own_pay, count_if(is_late) AS late,
    count_if(came_back_on > add_months(snapshot_on, -12)) AS comebacks_12m, max(came_back_on) AS came_back_on,
    sum(declined) AS declined, max(if(vehicle_id IS NULL, NULL, struct(received_at, repair_order_id, vehicle_id))) AS last,
    visit_on > add_months(snapshot_on, -12) AS in_12m, visit_on > add_months(snapshot_on, -24) AS in_24m
  FROM person_orders GROUP BY snapshot_on, customer_id, dealer_id, visit_on
),
dealers AS (
  SELECT *, count_if(in_24m) OVER (PARTITION BY snapshot_on, customer_id, dealer_id) AS visits_24m,
    min(visit_on) OVER (PARTITION BY snapshot_on, customer_id, dealer_id) AS first_of_dealer_on,
    visit_on = max(visit_on) OVER (PARTITION BY snapshot_on, customer_id, dealer_id) AS is_last_of_dealer
  FROM dealer_days
),
days AS (
  SELECT snapshot_on, customer_id, visit_on, in_12m, in_24m, bool_or(is_maintenance) AS is_maintenance,
    bool_or(is_repair) AS is_repair, bool_or(is_appointment) AS is_appointment, sum(net) AS net, sum(own_pay) AS own_pay,
    sum(late) AS late, sum(comebacks_12m) AS comebacks_12m,
    max(came_back_on) AS came_back_on, sum(declined) AS declined, max(last) AS last,
    max(if(is_last_of_dealer, struct(visits_24m, visit_on, dealer_id), NULL)) AS home,
    count_if(is_last_of_dealer AND in_24m) AS dealers_24m,
    collect_list(if(is_last_of_dealer, struct(dealer_id, first_of_dealer_on, visit_on), NULL)) AS seen
  FROM dealers GROUP BY snapshot_on, customer_id, visit_on, in_12m, in_24m
),
gaps AS (
  SELECT *, lag(visit_on) OVER (PARTITION BY snapshot_on, customer_id ORDER BY visit_on) AS before_on FROM days
)
SELECT snapshot_on, customer_id, max(home).dealer_id AS home_dealer_id, sum(dealers_24m) AS dealers_24m_count,
  array_compact(array_sort(flatten(collect_list(seen))).dealer_id) AS seen_dealer_ids,
  array_compact(array_sort(flatten(collect_list(seen))).first_of_dealer_on) AS seen_first_on,
  array_compact(array_sort(flatten(collect_list(seen))).visit_on) AS seen_last_on,
  min(visit_on) AS first_visit_on, max(visit_on) AS last_visit_on, max(before_on) AS previous_visit_on,
  count(*) AS visits_count, count_if(in_12m) AS visits_12m_count, count_if(in_24m) AS visits_24m_count,
  count_if(in_24m AND is_maintenance) AS maintenance_24m_count,
  count_if(in_24m AND is_appointment) AS appointments_24m_count,
  round(avg(datediff(visit_on, before_on)), 4) AS mean_gap_days,
  round(stddev_samp(datediff(visit_on, before_on)), 4) AS gap_sd_days,
  double(coalesce(sum(CAST(ln(datediff(visit_on, before_on)) AS DECIMAL(18, 9))), 0)) AS log_gaps,
  sum(if(before_on IS NULL, 0, own_pay)) AS repeat_customer_pay_amount_minor,
  count_if(in_24m AND is_repair) AS repairs_24m_count, max(came_back_on) AS last_comeback_on,
  max(if(late > 0, visit_on, NULL)) AS last_late_delivery_on,
  max(if(in_12m, own_pay, 0)) AS highest_pay_12m_amount_minor,
  sum(if(in_12m, net, 0)) AS net_12m_amount_minor, sum(if(in_24m, net, 0)) AS net_24m_amount_minor,
  sum(if(in_24m, own_pay, 0)) AS customer_pay_24m_amount_minor, max(last).vehicle_id AS vehicle_id,
  sum(comebacks_12m) AS comebacks_12m_count, sum(if(in_12m, late, 0)) AS late_deliveries_12m_count,
  sum(if(in_24m, declined, 0)) AS declined_24m_count
FROM gaps
GROUP BY snapshot_on, customer_id
