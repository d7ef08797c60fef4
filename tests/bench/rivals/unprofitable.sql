-- The unprofitable category with CASE; an empty cell is 0 or not 'true'.
WITH shares AS (SELECT *,
	CASE requesters_1 WHEN shares_1_maker THEN shares_1_share
		WHEN shares_2_maker THEN shares_2_share
		WHEN shares_3_maker THEN shares_3_share END + 0 AS first,
	CASE WHEN requesters_2 = '' THEN NULL
		WHEN requesters_2 = shares_1_maker THEN shares_1_share
		WHEN requesters_2 = shares_2_maker THEN shares_2_share
		WHEN requesters_2 = shares_3_maker THEN shares_3_share END + 0
		AS second
	FROM records),
largest AS (SELECT *, max(coalesce(first, 0), coalesce(second, 0)) AS most
	FROM shares),
eligible AS (SELECT id, requesters_1, cost_calculated_price + 0 AS cost,
	(most = 100
		OR (most >= 50 AND others_can_cover_single <> 'true')
		OR (second IS NOT NULL AND first + second >= 80
			AND others_can_cover_top2 <> 'true')
		OR (specific_only_indication = 'true'
			AND others_can_cover_specific <> 'true'))
	AND necessity_particularly_high = 'true'
	AND price_extremely_low = 'true'
	AND divergence_large <> 'true' AS eligible
	FROM largest),
units AS (SELECT *, CASE WHEN cost < 1000 THEN 1 WHEN cost < 10000 THEN 10
		WHEN cost < 100000 THEN 100 ELSE 1000 END AS unit
	FROM eligible)
SELECT id,
	CASE requesters_1 WHEN 'none' THEN 'not_applicable'
		ELSE 'determined' END AS status,
	CASE WHEN requesters_1 = 'none' THEN NULL WHEN eligible THEN 'true'
		ELSE 'false' END AS value,
	CASE WHEN requesters_1 <> 'none' AND eligible
		THEN (cost + unit / 2) / unit * unit END AS price
FROM units;
