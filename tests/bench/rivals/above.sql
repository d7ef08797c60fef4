-- The category sold above its price with CASE; an empty cell is 0. Prices are
-- in hundredths of yen until they are rounded to three digits.
WITH numbers AS (SELECT id, current_price + 0 AS price,
	market_price_taxed + 0 AS market, shares_1_share + 0 AS a,
	shares_2_share + 0 AS b, shares_3_share + 0 AS c,
	shares_4_share + 0 AS d
	FROM records),
shares AS (SELECT *, max(a, b, c, d) AS first,
	max(a + b, a + c, a + d, b + c, b + d, c + d) AS two
	FROM numbers),
patterns AS (SELECT id, CASE WHEN market <= price THEN NULL
		WHEN first >= 60 THEN 1 WHEN two >= 60 THEN 2
		ELSE 3 END AS pattern,
	min(price * 105, market * 100) AS cents
	FROM shares),
units AS (SELECT *, CASE WHEN cents < 100000 THEN 1 WHEN cents < 1000000 THEN 10
		WHEN cents < 10000000 THEN 100 ELSE 1000 END AS unit
	FROM patterns)
SELECT id,
	CASE WHEN pattern IS NULL THEN 'not_applicable' ELSE 'determined' END
		AS status,
	pattern AS value,
	CASE WHEN pattern = 3 THEN (cents + 50 * unit) / (100 * unit) * unit END
		AS price
FROM units;
