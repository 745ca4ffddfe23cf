-- person_histories: one row per as-of day and person with an order: which vehicles were brought when and what for, in
-- order, and the days on which something went wrong.
SELECT snapshot_on, customer_id, array_sort(collect_list(if(vehicle_id IS NULL, NULL, struct(visit_on, received_at,
    repair_order_id, vehicle_id, purpose, odometer_km,
    if(delivered_on IS NULL, 0, customer_pay_amount_minor) AS customer_pay_amount_minor)))) AS brought,
  array_union(collect_list(if(is_hours_late, delivered_on, NULL)), collect_list(came_back_on)) AS aggrieved_on
FROM person_orders
GROUP BY snapshot_on, customer_id
