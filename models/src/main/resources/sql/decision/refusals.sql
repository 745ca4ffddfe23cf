-- refusals: one row per person who refused a channel, ALL for every one, with the channels refused.
SELECT i.customer_id, collect_set(k.channel) AS refused_channels
FROM consents k JOIN customer_identities i ON i.customer_record_id = k.customer_record_id
WHERE NOT k.is_granted GROUP BY i.customer_id
