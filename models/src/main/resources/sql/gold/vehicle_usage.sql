-- gold.vehicle_usage: one row per vehicle with a visit, as known now.
SELECT vehicle_id, model, powertrain, sold_on, readings_count, last_odometer_km, last_odometer_on, km_per_day
FROM vehicle_paces
