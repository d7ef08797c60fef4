-- The coefficient with CASE; an empty cell is 0 or not 'true'.
SELECT id,
	CASE WHEN tenths IS NULL THEN 'not_applicable' ELSE 'determined' END
		AS status,
	CASE tenths WHEN 15 THEN '1.5' WHEN 14 THEN '1.4' WHEN 13 THEN '1.3'
		WHEN 12 THEN '1.2' WHEN 11 THEN '1.1' END AS value,
	(CAST(base_points AS INTEGER) * tenths + 5) / 10 AS points
FROM (SELECT id, base_points,
	CASE WHEN orphan_designated <> 'true' AND NOT
		(indication_aid = 'true' AND tests < 1000) THEN NULL
	WHEN tests < 200 THEN 15
	WHEN tests < 400 THEN 14
	WHEN tests < 600 THEN 13
	WHEN tests < 800 THEN 12
	ELSE 11 END AS tenths
FROM (SELECT *, CAST(annual_tests AS INTEGER) AS tests FROM records));
