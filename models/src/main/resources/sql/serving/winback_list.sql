-- serving.winback_list: one row per candidate of the latest campaign, or drawn by an earlier one whose window is open
-- and not come since, but those held out by any of them; ranked within the dealer, who is to be contacted first. What
-- came since the campaign was drawn (a refusal, a complaint) holds back, too. Whose complaint is open gets no offer: the
-- manager is to settle it, whenever it came. Nothing is to be done when no call can fall into the window any more. A
-- person stands once, by the id it was drawn under: whoever of its files was held out holds out all of them.
WITH latest AS (
  SELECT max_by(campaign_id, assigned_on) AS campaign_id FROM winback_candidates WHERE assigned_on <= :as_of
),
persons AS (
  SELECT i.customer_record_id, i.customer_id
  FROM customer_identities i LEFT SEMI JOIN customer_snapshots s ON s.customer_id = i.customer_id
),
current AS (
  SELECT c.*, coalesce(p.customer_id, c.customer_id) AS person_id,
    row_number() OVER (PARTITION BY coalesce(p.customer_id, c.customer_id)
      ORDER BY c.arm <=> 'HOLD_OUT' DESC, c.arm IS NULL, c.assigned_on DESC, c.customer_id) AS place
  FROM winback_candidates c JOIN latest l
    ON c.campaign_id = l.campaign_id OR c.arm IS NOT NULL AND :as_of BETWEEN c.assigned_on AND c.window_until_on
  LEFT JOIN persons p ON p.customer_record_id = c.customer_id
  JOIN customer_snapshots s ON s.customer_id = coalesce(p.customer_id, c.customer_id)
  WHERE c.campaign_id = l.campaign_id OR c.arm = 'HOLD_OUT' OR s.last_visit_on <= c.assigned_on
),
listed AS (
  SELECT c.*, s.* EXCEPT (customer_id, snapshot_on, member_tier, model, powertrain),
    bigint(round(s.customer_pay_24m_amount_minor / 2)) AS yearly_minor, h.hold_reason AS held_now, h.may_phone,
    CASE WHEN c.arm IS NULL THEN c.hold_reason WHEN h.hold_reason = 'EXITED' THEN 'EXITED'
      WHEN h.hold_reason = 'OPEN_COMPLAINT' THEN h.hold_reason
      WHEN array_contains(h.refused_channels, c.channel) THEN 'NO_CONSENT'
      ELSE coalesce(h.hold_reason, if(h.has_no_phone AND c.channel = 'PHONE', 'NO_PHONE', NULL),
        if(:as_of < c.window_until_on, NULL, 'WINDOW_OVER')) END AS held,
    CASE WHEN c.arm IS NULL AND c.hold_reason IS DISTINCT FROM 'OPEN_COMPLAINT' THEN NULL
      WHEN s.last_visit_on > c.assigned_on THEN 'VISITED'
      WHEN o.is_to_call_again THEN 'CALL_AGAIN' WHEN o.customer_id IS NOT NULL THEN 'CALLED' ELSE 'OPEN' END AS state
  FROM current c JOIN customer_snapshots s ON s.customer_id = c.person_id
  JOIN contact_holds h ON h.customer_id = c.person_id
  LEFT JOIN last_calls o ON o.campaign_id = c.campaign_id AND o.customer_id = c.customer_id
  WHERE c.place = 1 AND (c.arm IS NULL OR c.arm <> 'HOLD_OUT')
),
tasks AS (
  SELECT *, CASE WHEN held IS NULL AND state IN ('OPEN', 'CALL_AGAIN') THEN 'MAKE_OFFER'
      WHEN held = 'OPEN_COMPLAINT' AND held_now = 'OPEN_COMPLAINT' AND may_phone AND state <> 'CALLED'
        AND :as_of < window_until_on THEN 'SETTLE_COMPLAINT' END AS task,
    if(held = 'OPEN_COMPLAINT', NULL, struct(offer_code, offer_version, offer_label_en, offer_label_zh, channel,
      discount_amount_minor / 100 AS discount_amount, expected_gain_amount_minor / 100 AS expected_gain_amount,
      increment_basis)) AS offer
  FROM listed
)
SELECT w.customer_id, w.dealer_id, d.region, d.brand, :as_of AS as_of_on, w.campaign_id, w.assigned_on,
  w.window_until_on, int(row_number() OVER (PARTITION BY w.dealer_id ORDER BY w.task IS NULL, w.held IS NOT NULL,
    coalesce(w.expected_gain_amount_minor, 0) DESC,
      round(w.churn_180d_probability * w.yearly_minor) DESC, w.customer_id)) AS rank_no, w.churn_180d_probability,
  w.yearly_minor / 100 AS yearly_spend_amount,
  round(w.churn_180d_probability * w.yearly_minor) / 100 AS spend_at_risk_amount, w.reason_code_1, w.reason_code_2,
  w.margin_amount_minor / 100 AS expected_margin_amount, w.margin_basis,
  coalesce(w.evidence_en, 'no detail recorded') AS evidence_en, coalesce(w.evidence_zh, '无明细记录') AS evidence_zh, w.is_core,
  w.last_visit_on, w.task, w.offer.*, if(w.held = 'OPEN_COMPLAINT', 'MANAGER', w.caller_role) AS caller_role,
  if(w.held = 'OPEN_COMPLAINT', m.manager_id, w.caller_id) AS caller_id, w.state, w.held IS NULL AS may_contact, w.held AS hold_reason
FROM tasks w JOIN dealers d ON d.dealer_id = w.dealer_id
LEFT JOIN managers m ON m.dealer_id = w.dealer_id
