/*
 * Cells: which pieces of its domain a missing fact is split into, seen in the
 * outcomes and flips that follow.
 */
#include <criterion/criterion.h>

#include "price/pricing.h"

Test(cells, the_closed_edges_of_a_domain_are_cells_of_their_own)
{
	static const struct pricing_row edge[] = {
		{ "flag=true", "", "some|zero !n n:0(/zero/some)" },
		{ "flag=false", "", "  " },
		{ "", "", "off|some|zero flag,n n:0(/off|zero/off|some)" },
		{ "flag=true;n=0", "", "  =n:0(/zero/some)" },
		{ "flag=true;n=7", "", "  =n:0(/zero/some)" },
	};
	static const struct pricing_row top[] = {
		{ "flag=true", "",
			"full|part !share share:100(part/full/off)" },
		{ "flag=true;share=100", "", "  =share:100(part/full/off)" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "edge", "omf", edge);
	PRICING_ROWS(&pricing, "top", "omf", top);
	pricing_close(&pricing);
}

Test(cells, a_whole_number_has_nothing_between_its_neighbours)
{
	static const struct pricing_row gap[] = {
		{ "", "", "low|two !n n:1(low/low/two),n:2(low/two/two)" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "gap", "omf", gap);
	pricing_close(&pricing);
}
