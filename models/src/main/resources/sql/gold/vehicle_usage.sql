-- gold.vehicle_usage: one row per vehicle with a visit, as known now.
SELECT v.vehicle_id, v.model, v.powertrain, v.sold_on, p.readings_count, p.last_odometer_km, p.last_odometer_on,
  p.km_per_day
FROM visited_vehicles v JOIN vehicle_paces p ON p.vehicle_id = v.vehicle_id
