-- managers: one row per dealer with a manager employed on a day; the first by staff_id where there are several.
SELECT dealer_id, min(staff_id) AS manager_id FROM staff
WHERE role = 'MANAGER' AND (left_on IS NULL OR left_on > :day)
GROUP BY dealer_id
