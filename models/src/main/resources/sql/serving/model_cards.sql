-- serving.model_cards: one row per model and metric, latest model only.
WITH ranked AS (
  SELECT *, dense_rank() OVER (PARTITION BY model_name ORDER BY as_of DESC, model_id) AS age
  FROM model_cards
  WHERE as_of <= :as_of
)
SELECT model_name, metric, model_id, as_of, train_from_on, train_until_on, test_from_on, test_until_on, train_count,
  test_count, value, value_lower, value_upper, naive_value, naive_rule, verdict, split
FROM ranked
WHERE age = 1
