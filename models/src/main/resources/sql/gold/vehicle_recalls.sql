-- gold.vehicle_recalls: one row per vehicle and recall campaign that names its brand and model.
-- A model year unknown on either side matches every year and is flagged; a campaign that names the year itself as well
-- counts as matched. Brand and model compare without regard to case and outer spaces.
WITH named AS (
  SELECT vehicle_id, upper(trim(brand)) AS brand, upper(trim(model)) AS model, model_year, known_at
  FROM vehicles WHERE superseded_at IS NULL AND brand IS NOT NULL AND model IS NOT NULL
),
recalled AS (
  SELECT campaign_id, item_kind, upper(trim(brand)) AS brand, upper(trim(model)) AS model, model_year, known_at
  FROM recall_models WHERE superseded_at IS NULL
)
SELECT v.vehicle_id, r.campaign_id, min(r.item_kind) AS item_kind,
  max(coalesce(r.model_year = v.model_year, false)) AS is_year_matched,
  greatest(min(r.known_at), v.known_at) AS known_at
FROM named v JOIN recalled r ON r.brand = v.brand AND r.model = v.model
  AND coalesce(r.model_year = v.model_year, true)
GROUP BY v.vehicle_id, v.known_at, r.campaign_id
