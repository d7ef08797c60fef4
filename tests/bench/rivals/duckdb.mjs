/*
 * The coefficient in DuckDB: node duckdb.mjs NPM_FOLDER, CSV from standard
 * input to standard output. An empty cell is NULL, which is no match for any
 * condition, so that CASE falls through to its last branch.
 */
import { createRequire } from "node:module";

const require = createRequire(process.argv[2] + "/");
const { DuckDBInstance } = require("@duckdb/node-api");
const link = await (await DuckDBInstance.create(":memory:")).connect();

await link.run(`COPY (
	SELECT id, CASE WHEN tenths IS NULL THEN 'not_applicable'
			ELSE 'determined' END AS status,
		CASE tenths WHEN 15 THEN '1.5' WHEN 14 THEN '1.4'
			WHEN 13 THEN '1.3' WHEN 12 THEN '1.2'
			WHEN 11 THEN '1.1' END AS value,
		(base_points * tenths + 5) // 10 AS points
	FROM (SELECT id, base_points, CASE
		WHEN orphan_designated OR (indication_aid AND
			annual_tests < 1000)
		THEN CASE WHEN annual_tests < 200 THEN 15
			WHEN annual_tests < 400 THEN 14
			WHEN annual_tests < 600 THEN 13
			WHEN annual_tests < 800 THEN 12 ELSE 11 END
		END AS tenths
	FROM read_csv('/dev/stdin', header = true, columns = {
		id: 'VARCHAR', name: 'VARCHAR', orphan_designated: 'BOOLEAN',
		indication_aid: 'BOOLEAN', annual_tests: 'BIGINT',
		base_points: 'BIGINT'}))
	) TO '/dev/stdout' (FORMAT csv, HEADER)`);
