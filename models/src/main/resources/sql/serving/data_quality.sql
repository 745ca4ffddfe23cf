-- serving.data_quality: one row per source and target.
WITH counts AS (
  SELECT source_id, target_table, sum(read_count) AS read_count, sum(accepted_count) AS accepted_count,
    sum(rejected_count) AS rejected_count, sum(superseded_count) AS superseded_count,
    sum(duplicate_count) AS duplicate_count
  FROM row_counts
  GROUP BY source_id, target_table
),
reasons AS (
  SELECT source_id, target_table, reason_code, count(*) AS rejected
  FROM rejects
  GROUP BY source_id, target_table, reason_code
),
top_reasons AS (
  SELECT source_id, target_table, min_by(reason_code, struct(-rejected, reason_code)) AS top_reason
  FROM reasons
  GROUP BY source_id, target_table
)
SELECT c.source_id, c.target_table, c.read_count, c.accepted_count, c.rejected_count, c.superseded_count,
  c.duplicate_count,
  c.read_count - c.accepted_count - c.rejected_count - c.superseded_count - c.duplicate_count AS balance_count,
  round(coalesce(try_divide(c.rejected_count, c.read_count), 0), 6) AS reject_rate, t.top_reason
FROM counts c
LEFT JOIN top_reasons t ON t.source_id = c.source_id AND t.target_table = c.target_table
