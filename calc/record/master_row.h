/*
 * The cells of one row of a master as values: what each of the 38 columns may
 * hold, in one table.
 */
#ifndef RECORD_MASTER_ROW_H
#define RECORD_MASTER_ROW_H

#include <shokan/master.h>

#include "base/text.h"

#define MASTER_COLUMNS	   38
#define MASTER_COLUMNS_OLD 37 /* before the column of reprocessed devices */
#define MASTER_CODE	   2  /* index of 特定器材コード */
#define MASTER_AMOUNT_MAX  24 /* bytes of an amount with its NUL */

/* Room for what a row points to and the file does not hold as it is. */
struct master_room {
	char amount[MASTER_AMOUNT_MAX];
	char old_amount[MASTER_AMOUNT_MAX];
	char days[3][SHK_MASTER_DAY];
};

/*
 * `cells` (37 or 38 of them, each with a NUL behind it) into `row`, which
 * points into them and into `room`. SHK_E_INPUT: column, field, message.
 */
enum shk_code master_row_read(shk_master_row *row, struct master_room *room,
	const struct text *cells, size_t count, shk_diag *diag);

/* "YYYYMMDD" of an existing day as "YYYY-MM-DD". */
bool master_day(struct text cell, char day[SHK_MASTER_DAY]);

#endif
