-- last_calls: one row per campaign and person called: whether to call again, by what was heard last. A try that nobody
-- answered changes nothing of what was heard before.
SELECT campaign_id, customer_id,
  max_by(coalesce(outcome_code IN ('CALL_BACK', 'NO_ANSWER', 'COMPLAINT'), NOT is_reached),
    struct(is_reached OR coalesce(outcome_code <> 'NO_ANSWER', false), called_on)) AS is_to_call_again
FROM call_outcomes
GROUP BY campaign_id, customer_id
