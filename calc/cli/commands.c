/*
 * The table of commands: what runs, what the help and the manual pages say of
 * it, and what the completions offer. Only the public headers of the library
 * are used in this room.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/message.h"

/* clang-format off */
const struct cli_command cli_commands[] = {
	{ "price", CLI_PRICE, "[OPTION]... FILE...",
		"answer the decisions for every record",
		"FILE holds product records as CSV, JSON or XML; - is standard"
		" input. Wrong\nrecords are told on standard error and become"
		" error results; the others are\nanswered. Without --revision"
		" and --as-of each record's own as_of decides;\nwithout that"
		" too the newest revision is taken, and the output says"
		" so.\n", cmd_price },
	{ "batch", CLI_BATCH, "[OPTION]... [FILE...]",
		"answer for a catalogue, and save the run",
		"Answers as price does. With --store the run is saved: "
		"inputs, rules, options,\n"
		"results. Whatever stops it, the store is whole, and "
		"--resume goes on, as does\n"
		"the file that --output names; standard output gets "
		"everything again. Without\n"
		"FILE the products of the store are answered for.\n", cmd_batch },
	{ "import", CLI_IMPORT, "--store FILE [OPTION]... FILE...",
		"put product records and official masters into a store",
		"A file is imported as a whole or, when a record in it is"
		" wrong, not at all. A\nproduct that the store has under the"
		" same id gets the new facts; the same facts\nagain change"
		" nothing. A master (t_ALLYYYYMMDD.csv) is known by its"
		" content.\n", cmd_import },
	{ "compare", CLI_COMPARE,
		"[OPTION]... A B\n"
		"       shokan compare --revisions REV,REV [OPTION]... FILE...",
		"which answers changed, by how much, and why",
		"A and B are snapshots (price --format snapshot, batch"
		" --write-baseline) or, with\n--store, numbers of runs; last is"
		" the newest run. With --revisions the records of\nFILE are"
		" answered under both, whatever day they give. What differs is"
		" put in and\ntaken back one by one to find the cause. Status 1"
		" when something changed that\n--approved does not list.\n",
		cmd_compare },
	{ "diff", CLI_DIFF, "BEFORE AFTER [OPTION]... [FILE...]",
		"what changed in the law, and that nothing else did",
		"Every region of the decision space in which the two revisions"
		" answer differently,\neach with a product that shows it, the"
		" rows and sources of both, and whether it\nis proved that"
		" nothing else differs. With FILE: the records whose answer"
		" changes,\nand in which region they lie. Status 1 when"
		" something could not be proved.\n",
		cmd_diff },
	{ "explain", CLI_EXPLAIN, "[OPTION]... [--id ID] FILE...",
		"the proof of the answers for one record",
		"Shows the decision, the facts read, the row that matched, the"
		" arithmetic, each\nrounding, quotes and sources, what is"
		" missing and what would change the answer.\n", cmd_explain },
	{ "report", CLI_REPORT, "[OPTION]... FILE...",
		"the answers as a page to file, or as a workbook",
		"One HTML file that needs nothing else, to be read, printed and"
		" kept: a table of\nthe answers; of each its proof with quotes"
		" and sources, what is missing, charts;\nthe receipt, which"
		" shokan replay repeats. Or with --format xlsx a workbook with a"
		" sheet a\ndecision.\n", cmd_report },
	{ "replay", CLI_REPLAY, "[OPTION]... FILE",
		"compute the results of a receipt again",
		"FILE was written by --receipt. Every result is computed again"
		" and compared byte\nfor byte; the first that differs is told,"
		" with status 1. A file that was cut or\nedited is refused at"
		" its line, and so are other rules than the receipt's.\n",
		cmd_replay },
	{ "ask", CLI_ASK, "FILE [--decision NAME] [--id ID] [OPTION]...",
		"which facts have to be found out to decide an answer",
		"For an answer that is open: the smallest sets of facts that"
		" decide it, whatever\nthey turn out to be, fewest facts first;"
		" what each fact alone leaves in the worst\ncase; and between"
		" what the value lies meanwhile. Facts that leave the fewest"
		"\noutcomes come first, then those that leave the narrowest"
		" range.\n", cmd_ask },
	{ "edges", CLI_EDGES, "FILE [--decision NAME] [--id ID] [OPTION]...",
		"the values of each fact at which the answer changes",
		"Each fact and policy parameter that the decision can read is"
		" varied alone over\nall of its values; everything else stays"
		" as it is. What is told are the exact\nvalues at which the"
		" answer changes, how far they are from today's, the answers on"
		"\nboth sides, and the rule that bounds each side.\n",
		cmd_edges },
	{ "solve", CLI_SOLVE,
		"FILE --for FACT --so-that CONDITION [--decision NAME]"
		" [OPTION]...",
		"the values of a fact for which a condition on the answer holds",
		"CONDITION is a FEEL expression over the values of the"
		" decision's answer and its\nstatus, such as 'points >= 1300'"
		" or 'price = 100000'. All values of the fact are\nsorted"
		" into exact stretches where it holds, fails, is open because"
		" other facts are\nmissing, or has no meaning; with the rule"
		" that bounds each. Status 1 when a part\ncould not be"
		" decided. In a list braces say what varies:"
		" --for 'premiums=usefulness:{}'\n", cmd_solve },
	{ "sweep", CLI_SWEEP,
		"FILE --vary FACT=VALUES [--vary ...] [--decision NAME]"
		" [OPTION]...",
		"the answer over a range of one fact, or a grid over two",
		"VALUES: 1..20 (by one; days for dates), 1..20/3 (by three),"
		" a,b,c (cells). In a\nlist braces say what varies:"
		" 'premiums=usefulness:{1..20}'. csv has a row a point,\nplot"
		" draws the first value, or the one of --of, over one"
		" fact.\n", cmd_sweep },
	{ "serve", CLI_SERVE, "[OPTION]...",
		"a page to ask on, and the questions as JSON over HTTP",
		"On this machine alone, unless --listen says another address;"
		" that needs a token of\n32 characters or more in a file that"
		" only its owner can read. GET /api/v1/price\nand its like"
		" take options by their names, facts as f.NAME=VALUE and policy"
		"\nparameters as p.NAME=VALUE, and give the JSON of the"
		" command. Not as root. Ctrl-C\nstops; what is open is"
		" finished.\n", cmd_serve },
	{ "rules", CLI_RULES_,
		"list|sources|check|show NAME|html DIR [OPTION]...\n"
		"       shokan rules verify|hash-quotes [OPTION]...\n"
		"       shokan rules pack|keygen|sign|verify FILE [OPTION]...",
		"the rules, their formulas and their sources",
		"list: all decisions with their revisions. show: the tables and"
		" formulas of one\ndecision. sources: documents and quoted"
		" passages. check: tables\nwith gaps, overlaps or rows that"
		" never decide; status 1 when there are any.\nverify (without"
		" FILE): is each quote as it was hashed, and does each number"
		" of a\nrule stand in a quote that the rule cites? Status 1"
		" with findings. hash-quotes:\nsources.xml with the hashes of"
		" its quotes, to standard output or --output.\nhtml: a folder"
		" of pages that draw each decision's tables and formulas and"
		" what\nthey need, with the sources; a new folder, or one that an"
		" earlier call wrote.\n\npack: the"
		" rulebook as one file, which --rules"
		" takes as well and which starts\nfaster. keygen: a secret key"
		" FILE and its public key FILE.pub. sign: put a\nsignature into"
		" the pack FILE (--key). verify: read the whole pack; with"
		" --key it\nmust be signed with that public key.\n",
		cmd_rules },
	{ "runs", CLI_RUNS, "list|show ID|delete ID --store FILE [OPTION]...",
		"the runs of a store",
		"list: all runs with their counts; one that is interrupted may"
		" still be going on.\nshow: what a run rests on, and its counts"
		" by decision. delete: the run and\nits results are gone; their"
		" room in the file is used again.\n", cmd_runs },
	{ "export", CLI_EXPORT, "[prices|products] --store FILE [OPTION]...",
		"prices, products or a run, out of a store",
		"products: as records that import reads to the same "
		"facts. --run: the results of\n"
		"a run, with the columns of a snapshot; as snapshot it "
		"is sorted and can be a\n"
		"baseline. prices, or neither: those of a day as they "
		"were known on a day.\n\n"
		"From the official masters of the store. state: shown "
		"(a master states this\n"
		"price for that day), carried (the last one stated, "
		"nothing contradicts it);\n"
		"without a price: changed, price_ended, earlier, "
		"doubtful, and with --all gone,\n"
		"abolished.\n", cmd_export },
	{ "prices", CLI_PRICES, "changes --store FILE [OPTION]...",
		"which prices changed between two days, and why",
		"A change is explained when a decision gives the new "
		"price from known facts, or\n"
		"when it stands in the price list of the revision "
		"between the days\n"
		"(--price-list); else it is unexplained.\n", cmd_prices },
	{ "dmn", CLI_DMN, "test DIR|eval MODEL...|check MODEL... [OPTION]...",
		"any DMN model: conformance cases, evaluation, checks",
		"test: runs the conformance cases (DMN TCK) in DIR and writes"
		" file, case, node and\nSUCCESS, ERROR or IGNORED as CSV; status"
		" 1 when one is not a success. eval: one\ndecision (--decision),"
		" or all, as JSON; what --input does not give is null. check:\n"
		"faults, gaps, overlaps, unreachable rows, missing types; status"
		" 1 when there are any.\n", cmd_dmn },
	{ "help", CLI_OTHER, "[COMMAND]", "help for a command", "",
		cmd_help },
	{ "version", CLI_OTHER, "", "the version of this program", "",
		cmd_version },
};
/* clang-format on */

const size_t cli_command_count = sizeof(cli_commands) / sizeof(cli_commands[0]);

const struct cli_command *cli_command_find(const char *name)
{
	const char *names[sizeof(cli_commands) / sizeof(cli_commands[0])];
	const char *nearest;

	for (size_t i = 0; i < cli_command_count; i++) {
		if (strcmp(cli_commands[i].name, name) == 0)
			return &cli_commands[i];
		names[i] = cli_commands[i].name;
	}
	nearest = cli_nearest(name, names, cli_command_count);
	if (nearest)
		cli_complain("no command %s; did you mean %s?", name, nearest);
	else
		cli_complain("no command %s; see shokan --help", name);
	return NULL;
}
