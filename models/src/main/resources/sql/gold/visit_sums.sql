-- visit_sums: one row per repair order and span of order_spans: the lines that stood then.
-- Declined work is neither done nor charged: it counts in declined_components only.
-- A reversal (negative quantity) takes its line back: neither counts in lines_count.
WITH lines AS (
  SELECT s.repair_order_id, s.known_at, l.line_type, l.job_type, l.pay_type, l.component_code, l.is_genuine_part,
    NOT l.is_declined AS is_done, l.quantity, l.net_amount_minor, l.cost_amount_minor,
    CAST(l.flat_rate_hours AS DECIMAL(20, 4)) AS flat_rate_hours,
    CAST(l.clocked_hours AS DECIMAL(20, 4)) AS clocked_hours
  FROM order_spans s JOIN repair_order_lines l ON l.repair_order_id = s.repair_order_id
    AND l.known_at <= s.known_at AND (l.superseded_at IS NULL OR l.superseded_at > s.known_at)
)
SELECT repair_order_id, known_at,
  coalesce(bool_or(job_type = 'MAINTENANCE') FILTER (WHERE is_done), false) AS is_maintenance,
  coalesce(bool_or(job_type = 'REPAIR') FILTER (WHERE is_done), false) AS is_repair,
  coalesce(bool_or(job_type = 'ACCIDENT') FILTER (WHERE is_done), false) AS is_accident,
  sort_array(collect_set(component_code) FILTER (WHERE is_done AND job_type = 'REPAIR')) AS components,
  sort_array(collect_set(component_code) FILTER (WHERE NOT is_done)) AS declined_components,
  greatest(0, count_if(is_done) - 2 * count_if(is_done AND quantity < 0)) AS lines_count,
  coalesce(sum(net_amount_minor) FILTER (WHERE is_done), 0) AS net_amount_minor,
  coalesce(sum(net_amount_minor) FILTER (WHERE is_done AND line_type = 'LABOUR'), 0) AS labour_amount_minor,
  coalesce(sum(net_amount_minor) FILTER (WHERE is_done AND line_type = 'PART'), 0) AS parts_amount_minor,
  coalesce(sum(net_amount_minor) FILTER (WHERE is_done AND line_type = 'PART' AND is_genuine_part), 0)
    AS genuine_parts_amount_minor,
  coalesce(sum(net_amount_minor) FILTER (WHERE is_done AND pay_type = 'CUSTOMER'), 0) AS customer_pay_amount_minor,
  coalesce(sum(net_amount_minor) FILTER (WHERE is_done AND pay_type = 'WARRANTY'), 0) AS warranty_amount_minor,
  coalesce(sum(cost_amount_minor) FILTER (WHERE is_done), 0) AS cost_amount_minor,
  coalesce(sum(flat_rate_hours) FILTER (WHERE is_done), 0) AS flat_rate_hours,
  coalesce(sum(clocked_hours) FILTER (WHERE is_done), 0) AS clocked_hours
FROM lines
GROUP BY repair_order_id, known_at
