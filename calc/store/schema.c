/*
 * The schema as an ordered list of steps. Step i brings a store of version i
 * to version i + 1 (PRAGMA user_version), an empty file being version 0; so
 * the list makes new stores and upgrades old ones alike. A step that has been
 * released is never edited, removed or moved; a change is one more step.
 */
#include "store/store.h"

const char *const store_steps[] = {
	/*
	 * 1: product records. A source is one import that changed something;
	 * its id numbers the editions of the catalogue. A product's row is
	 * valid in the editions [since, until), so that a batch reads one
	 * edition while the next is imported, and old facts stay. `place` is
	 * the order of first import. `facts` is the canonical JSON object of
	 * the record, `kept` that of the columns passed through.
	 */
	"CREATE TABLE source ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" kind TEXT NOT NULL," /* records, master */
	" path TEXT NOT NULL,"
	" sha256 TEXT NOT NULL," /* of the bytes of the file */
	" bytes INTEGER NOT NULL,"
	" imported TEXT NOT NULL" /* UTC, YYYY-MM-DDTHH:MM:SSZ */
	") STRICT;"
	"CREATE TABLE product ("
	" place INTEGER NOT NULL,"
	" since INTEGER NOT NULL REFERENCES source (id),"
	" until INTEGER REFERENCES source (id),"
	" id TEXT NOT NULL,"
	" row INTEGER NOT NULL," /* of the file */
	" facts TEXT NOT NULL,"
	" kept TEXT NOT NULL,"
	" PRIMARY KEY (place, since)"
	") STRICT, WITHOUT ROWID;"
	"CREATE UNIQUE INDEX product_now ON product (id)"
	" WHERE until IS NULL;",
	/*
	 * 2: runs and their results. A run whose `finished` is NULL was
	 * interrupted (or is under way); `records` and `results` say how far
	 * it is saved. `place` of a result is run * 2^32 + its number, so
	 * that a run is one range; the columns are those of a snapshot line.
	 */
	"CREATE TABLE run ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" started TEXT NOT NULL," /* UTC, YYYY-MM-DDTHH:MM:SSZ */
	" finished TEXT,"
	" engine TEXT NOT NULL,"   /* version of this program */
	" rulebook TEXT NOT NULL," /* sha256: */
	" inputs TEXT NOT NULL,"   /* sha256: of the bytes */
	" input TEXT NOT NULL,"	   /* their names */
	" options TEXT NOT NULL,"  /* canonical JSON, as is policy */
	" policy TEXT NOT NULL,"
	" records INTEGER NOT NULL DEFAULT 0,"
	" results INTEGER NOT NULL DEFAULT 0,"
	" determined INTEGER NOT NULL DEFAULT 0,"
	" undetermined INTEGER NOT NULL DEFAULT 0,"
	" not_applicable INTEGER NOT NULL DEFAULT 0,"
	" conflict INTEGER NOT NULL DEFAULT 0,"
	" error INTEGER NOT NULL DEFAULT 0,"
	" output INTEGER NOT NULL DEFAULT 0," /* bytes written beside it */
	" worst INTEGER NOT NULL DEFAULT 0,"  /* exit status so far */
	" newest TEXT NOT NULL DEFAULT ''"    /* revision that was assumed */
	") STRICT;"
	"CREATE TABLE result ("
	" place INTEGER PRIMARY KEY,"
	" run INTEGER NOT NULL,"
	" id TEXT NOT NULL,"
	" decision TEXT NOT NULL,"
	" revision TEXT NOT NULL,"
	" as_of TEXT NOT NULL,"
	" status TEXT NOT NULL,"
	" reason TEXT NOT NULL,"
	" \"values\" TEXT NOT NULL,"
	" missing TEXT NOT NULL,"
	" outcomes TEXT NOT NULL,"
	" evidence TEXT NOT NULL,"
	" citations TEXT NOT NULL,"
	" facts TEXT NOT NULL"
	") STRICT;",
	/*
	 * 3: official masters, each under its day of issue. A row is what the
	 * issuer stated that day; prices by day follow from the rows when they
	 * are asked for (store/prices_answer.c). `state` is the day that the
	 * master describes: that of its issue, or the first day of its newest
	 * row when that is later. Days are YYYY-MM-DD, '' for none.
	 */
	"CREATE TABLE master ("
	" issued TEXT PRIMARY KEY,"
	" state TEXT NOT NULL,"
	" rows INTEGER NOT NULL"
	") STRICT, WITHOUT ROWID;"
	"CREATE TABLE master_price ("
	" code TEXT NOT NULL,"
	" issued TEXT NOT NULL," /* of `master` */
	" change INTEGER NOT NULL,"
	" name TEXT NOT NULL,"
	" full_name TEXT NOT NULL,"
	" unit TEXT NOT NULL,"
	" kind INTEGER NOT NULL," /* of the amount: 1 and 4 are yen */
	" amount TEXT NOT NULL,"  /* exact decimal */
	" old_kind INTEGER NOT NULL,"
	" old_amount TEXT NOT NULL,"
	" valid_from TEXT NOT NULL,"
	" price_until TEXT NOT NULL,"
	" code_until TEXT NOT NULL,"
	" schedule INTEGER NOT NULL,"
	" category_no INTEGER NOT NULL,"
	" ceiling INTEGER NOT NULL,"
	" PRIMARY KEY (code, issued)"
	") STRICT, WITHOUT ROWID;",
};

const int store_step_count = sizeof(store_steps) / sizeof(store_steps[0]);

int shk_store_version(void)
{
	return store_step_count;
}
