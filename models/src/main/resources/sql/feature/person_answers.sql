-- person_answers: one row per as-of day and person reached in twelve months.
SELECT k.snapshot_on, i.customer_id, count(*) AS reached_12m_count,
  round(avg(k.repair_mark), 4) AS mean_repair_mark, round(avg(k.attitude_mark), 4) AS mean_attitude_mark,
  round(avg(k.price_mark), 4) AS mean_price_mark, count_if(k.is_praise) AS praises_12m_count
FROM known_answers k
JOIN identities_as_of i ON i.snapshot_on = k.snapshot_on AND i.customer_record_id = k.customer_record_id
WHERE i.account_class = 'PERSON'
GROUP BY k.snapshot_on, i.customer_id
