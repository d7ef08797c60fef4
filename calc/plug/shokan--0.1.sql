/* Functions of the extension shokan. Records are JSON objects, as text or as
   jsonb. All are STABLE, not IMMUTABLE: the rules are files of the server. */
\echo Use "CREATE EXTENSION shokan" to load this file. \quit

CREATE FUNCTION shokan_version() RETURNS text
AS 'MODULE_PATHNAME', 'plug_pg_version'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION shokan_version() IS 'version of the library';

CREATE FUNCTION shokan_rules() RETURNS text
AS 'MODULE_PATHNAME', 'plug_pg_rules'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION shokan_rules() IS 'hash of the rules in use';

CREATE FUNCTION shokan_price(record text)
RETURNS SETOF jsonb
AS 'MODULE_PATHNAME', 'plug_pg_prices'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000 ROWS 2;

CREATE FUNCTION shokan_price(record text, revision text)
RETURNS SETOF jsonb
AS 'MODULE_PATHNAME', 'plug_pg_prices'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000 ROWS 2;

CREATE FUNCTION shokan_price(record text, revision text, decision text)
RETURNS jsonb
AS 'MODULE_PATHNAME', 'plug_pg_price'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000;

CREATE FUNCTION shokan_price(record text, revision text, decision text, policy text)
RETURNS jsonb
AS 'MODULE_PATHNAME', 'plug_pg_price'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000;

CREATE FUNCTION shokan_explain(record text, revision text)
RETURNS TABLE (decision text, depth int, kind text, name text, value text,
	source text, place text, evidence text, "text" text, formula text,
	quote text, table_row int)
AS 'MODULE_PATHNAME', 'plug_pg_explain'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000 ROWS 20;

CREATE FUNCTION shokan_explain(record text, revision text, for_decision text)
RETURNS TABLE (decision text, depth int, kind text, name text, value text,
	source text, place text, evidence text, "text" text, formula text,
	quote text, table_row int)
AS 'MODULE_PATHNAME', 'plug_pg_explain'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000 ROWS 20;

CREATE FUNCTION shokan_explain(record text, revision text, for_decision text,
	policy text)
RETURNS TABLE (decision text, depth int, kind text, name text, value text,
	source text, place text, evidence text, "text" text, formula text,
	quote text, table_row int)
AS 'MODULE_PATHNAME', 'plug_pg_explain'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000 ROWS 20;

CREATE FUNCTION shokan_price(record jsonb)
RETURNS SETOF jsonb
AS 'MODULE_PATHNAME', 'plug_pg_prices_jsonb'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000 ROWS 2;

CREATE FUNCTION shokan_price(record jsonb, revision text)
RETURNS SETOF jsonb
AS 'MODULE_PATHNAME', 'plug_pg_prices_jsonb'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000 ROWS 2;

CREATE FUNCTION shokan_price(record jsonb, revision text, decision text)
RETURNS jsonb
AS 'MODULE_PATHNAME', 'plug_pg_price_jsonb'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000;

CREATE FUNCTION shokan_price(record jsonb, revision text, decision text, policy jsonb)
RETURNS jsonb
AS 'MODULE_PATHNAME', 'plug_pg_price_jsonb'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000;

CREATE FUNCTION shokan_explain(record jsonb, revision text)
RETURNS TABLE (decision text, depth int, kind text, name text, value text,
	source text, place text, evidence text, "text" text, formula text,
	quote text, table_row int)
AS 'MODULE_PATHNAME', 'plug_pg_explain_jsonb'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000 ROWS 20;

CREATE FUNCTION shokan_explain(record jsonb, revision text, for_decision text)
RETURNS TABLE (decision text, depth int, kind text, name text, value text,
	source text, place text, evidence text, "text" text, formula text,
	quote text, table_row int)
AS 'MODULE_PATHNAME', 'plug_pg_explain_jsonb'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000 ROWS 20;

CREATE FUNCTION shokan_explain(record jsonb, revision text, for_decision text,
	policy jsonb)
RETURNS TABLE (decision text, depth int, kind text, name text, value text,
	source text, place text, evidence text, "text" text, formula text,
	quote text, table_row int)
AS 'MODULE_PATHNAME', 'plug_pg_explain_jsonb'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10000 ROWS 20;
