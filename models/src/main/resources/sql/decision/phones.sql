-- phones: one row per person with a phone on a file as known by a day, and since when the newest of the numbers stands
-- there.
WITH versions AS (
  SELECT customer_record_id, phone_token, known_at,
    lag(phone_token) OVER (PARTITION BY customer_record_id ORDER BY known_at) AS phone_before
  FROM customers WHERE known_at < :day_end
),
files AS (
  SELECT customer_record_id, max_by(phone_token, known_at) AS phone_token,
    max(if(phone_token <=> phone_before, NULL, known_at)) AS phone_since
  FROM versions GROUP BY customer_record_id
)
SELECT coalesce(i.customer_id, f.customer_record_id) AS person_id, max(f.phone_since) AS phone_since
FROM files f LEFT JOIN customer_identities i ON i.customer_record_id = f.customer_record_id
WHERE f.phone_token IS NOT NULL
GROUP BY 1
