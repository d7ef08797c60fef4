/*
 * What each column of a master may hold. One table says it, in the order of
 * the file; then the columns that must agree with each other are compared. A
 * message names the column by number and by its Japanese name, shows what
 * stands there and says what would be right.
 */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/diag.h"
#include "num/num.h"
#include "record/master_row.h"

#define MASTER_SHOWN  40 /* bytes of a cell that a message shows */
#define AMOUNT_DIGITS 13 /* of an amount, before its point */
#define AMOUNT_PLACES 2	 /* behind it */

_Static_assert(MASTER_AMOUNT_MAX > AMOUNT_DIGITS + 1 + AMOUNT_PLACES,
	"room for every amount, its point and a NUL");

enum master_domain {
	MASTER_RESERVE, /* not looked at */
	MASTER_CHOICE,	/* one of `right`, separated by spaces */
	MASTER_DIGITS,	/* 1 to `most` digits */
	MASTER_KEY,	/* 9 digits, the first a 7 */
	MASTER_WORDS,	/* text of at most `most` characters, may be empty */
	MASTER_NAME,	/* as that, not empty */
	MASTER_AMOUNT,	/* digits, perhaps a point and two more */
	MASTER_DATE,	/* YYYYMMDD */
	MASTER_DATE_OR	/* YYYYMMDD, or `right` for none */
};

/* Places of the columns that are used, counted from 0. */
enum master_column_place {
	COLUMN_CHANGE = 0,
	COLUMN_NAME_LENGTH = 3,
	COLUMN_NAME = 4,
	COLUMN_KANA_LENGTH = 5,
	COLUMN_KANA = 6,
	COLUMN_UNIT_CODE = 7,
	COLUMN_UNIT_LENGTH = 8,
	COLUMN_UNIT = 9,
	COLUMN_KIND = 10,
	COLUMN_AMOUNT = 11,
	COLUMN_OLD_KIND = 16,
	COLUMN_OLD_AMOUNT = 17,
	COLUMN_CEILING = 22,
	COLUMN_VALID_FROM = 27,
	COLUMN_PRICE_UNTIL = 28,
	COLUMN_CODE_UNTIL = 29,
	COLUMN_SCHEDULE = 30,
	COLUMN_CATEGORY = 31,
	COLUMN_FULL_NAME = 36
};

struct master_column {
	const char *name;
	enum master_domain domain;
	unsigned most;
	const char *right;
};

static const struct master_column master_columns[MASTER_COLUMNS] = {
	{ "変更区分", MASTER_CHOICE, 0, "0 1 3 5 9" },
	{ "マスター種別", MASTER_CHOICE, 0, "T" },
	{ "特定器材コード", MASTER_KEY, 0, NULL },
	{ "漢字有効桁数", MASTER_DIGITS, 2, NULL },
	{ "漢字名称", MASTER_NAME, 32, NULL },
	{ "カナ有効桁数", MASTER_DIGITS, 2, NULL },
	{ "カナ名称", MASTER_WORDS, 20, NULL },
	{ "単位コード", MASTER_DIGITS, 3, NULL },
	{ "単位 漢字有効桁数", MASTER_DIGITS, 1, NULL },
	{ "単位 漢字名称", MASTER_WORDS, 9, NULL },
	{ "金額種別 (新又は現金額)", MASTER_CHOICE, 0, "1 2 4 5 9" },
	{ "新又は現金額", MASTER_AMOUNT, 0, NULL },
	{ "予備", MASTER_RESERVE, 0, NULL },
	{ "年齢加算区分", MASTER_DIGITS, 1, NULL },
	{ "下限年齢", MASTER_DIGITS, 2, NULL },
	{ "上限年齢", MASTER_DIGITS, 2, NULL },
	{ "金額種別 (旧金額)", MASTER_CHOICE, 0, "0 1 2 4 5 9" },
	{ "旧金額", MASTER_AMOUNT, 0, NULL },
	{ "漢字名称変更区分", MASTER_DIGITS, 1, NULL },
	{ "カナ名称変更区分", MASTER_DIGITS, 1, NULL },
	{ "酸素等区分", MASTER_DIGITS, 1, NULL },
	{ "特定器材種別", MASTER_DIGITS, 1, NULL },
	{ "上限価格", MASTER_CHOICE, 0, "0 1" },
	{ "上限点数", MASTER_DIGITS, 7, NULL },
	{ "予備", MASTER_RESERVE, 0, NULL },
	{ "公表順序番号", MASTER_DIGITS, 9, NULL },
	{ "廃止・新設関連", MASTER_DIGITS, 9, NULL },
	{ "変更年月日", MASTER_DATE, 0, NULL },
	{ "経過措置年月日", MASTER_DATE_OR, 0, "00000000" },
	{ "廃止年月日", MASTER_DATE_OR, 0, "99999999" },
	{ "告示番号 別表番号", MASTER_CHOICE, 0, "0 1 2 3 4 5 6 7 8" },
	{ "告示番号 区分番号", MASTER_DIGITS, 3, NULL },
	{ "DPC適用区分", MASTER_DIGITS, 1, NULL },
	{ "予備", MASTER_RESERVE, 0, NULL },
	{ "予備", MASTER_RESERVE, 0, NULL },
	{ "予備", MASTER_RESERVE, 0, NULL },
	{ "基本漢字名称", MASTER_WORDS, 128, NULL },
	{ "再製造単回使用医療機器", MASTER_DIGITS, 3, NULL },
};

/* The front of a cell, cut between characters. */
static int master_shown(struct text cell)
{
	size_t size = cell.size < MASTER_SHOWN ? cell.size : MASTER_SHOWN;

	while (size > 0 && size < cell.size &&
		((unsigned char)cell.data[size] & 0xC0) == 0x80)
		size--;
	return (int)size;
}

static enum shk_code master_wrong(
	shk_diag *diag, size_t column, struct text cell, const char *right)
{
	diag_set(diag, SHK_E_INPUT, "\"%.*s\" in column %zu: %s",
		master_shown(cell), cell.data, column + 1, right);
	diag_field(diag, master_columns[column].name);
	diag_reason(diag, "bad_value");
	diag_place(diag, NULL, 0, (long)column + 1);
	return SHK_E_INPUT;
}

static bool master_is_digits(struct text cell, size_t most)
{
	for (size_t i = 0; i < cell.size; i++)
		if (cell.data[i] < '0' || cell.data[i] > '9')
			return false;
	return cell.size > 0 && cell.size <= most;
}

static int master_integer(struct text cell)
{
	int value = 0;

	for (size_t i = 0; i < cell.size; i++)
		value = value * 10 + (cell.data[i] - '0');
	return value;
}

bool master_day(struct text cell, char day[SHK_MASTER_DAY])
{
	int year, month, date;

	if (cell.size != 8 || !master_is_digits(cell, 8))
		return false;
	year = master_integer((struct text){ cell.data, 4 });
	month = master_integer((struct text){ cell.data + 4, 2 });
	date = master_integer((struct text){ cell.data + 6, 2 });
	if (!date_exists(year, month, date))
		return false;
	date_format(date_days(year, month, date), day);
	return true;
}

static bool master_is_amount(struct text cell)
{
	const char *point = memchr(cell.data, '.', cell.size);
	size_t whole = point ? (size_t)(point - cell.data) : cell.size;

	return master_is_digits(
		       (struct text){ cell.data, whole }, AMOUNT_DIGITS) &&
	       (!point || (cell.size == whole + 1 + AMOUNT_PLACES &&
				  master_is_digits((struct text){ point + 1,
							   AMOUNT_PLACES },
					  AMOUNT_PLACES)));
}

static bool master_is_choice(struct text cell, const char *choices)
{
	for (; *choices; choices += *choices == ' ') {
		size_t size = strcspn(choices, " ");

		if (cell.size == size && memcmp(cell.data, choices, size) == 0)
			return true;
		choices += size;
	}
	return false;
}

static bool master_is_words(struct text cell, size_t most)
{
	for (size_t i = 0; i < cell.size; i++)
		if ((unsigned char)cell.data[i] < 0x20 || cell.data[i] == 0x7F)
			return false;
	return utf8_length(cell.data, cell.size) <= most;
}

static bool master_fits(const struct master_column *column, struct text cell)
{
	char day[SHK_MASTER_DAY];

	switch (column->domain) {
	case MASTER_RESERVE:
		return true;
	case MASTER_CHOICE:
		return master_is_choice(cell, column->right);
	case MASTER_DIGITS:
		return master_is_digits(cell, column->most);
	case MASTER_KEY:
		return cell.size == 9 && master_is_digits(cell, 9) &&
		       cell.data[0] == '7';
	case MASTER_NAME:
		return cell.size > 0 && master_is_words(cell, column->most);
	case MASTER_WORDS:
		return master_is_words(cell, column->most);
	case MASTER_AMOUNT:
		return master_is_amount(cell);
	case MASTER_DATE_OR:
		return text_is(cell, column->right) || master_day(cell, day);
	case MASTER_DATE:
		break;
	}
	return master_day(cell, day);
}

/* What would be right, in words. */
static void master_right(
	const struct master_column *column, char *out, size_t size)
{
	switch (column->domain) {
	case MASTER_CHOICE:
		snprintf(out, size, "must be one of %s", column->right);
		return;
	case MASTER_DIGITS:
		snprintf(out, size, "must be 1 to %u digits", column->most);
		return;
	case MASTER_KEY:
		snprintf(out, size, "must be 9 digits that begin with 7");
		return;
	case MASTER_NAME:
	case MASTER_WORDS:
		snprintf(out, size, "must be %s %u characters",
			column->domain == MASTER_NAME ? "text of 1 to"
						      : "empty or at most",
			column->most);
		return;
	case MASTER_AMOUNT:
		snprintf(out, size,
			"must be an amount with two decimals, such as 120.00");
		return;
	case MASTER_DATE_OR:
		snprintf(out, size, "must be a day as YYYYMMDD, or %s for none",
			column->right);
		return;
	default:
		snprintf(out, size, "must be a day as YYYYMMDD");
	}
}

static enum shk_code master_refuse(
	const struct text *cells, size_t place, shk_diag *diag)
{
	char right[160];

	if (cells[place].size == 0 && text_is(cells[COLUMN_CHANGE], "5"))
		snprintf(right, sizeof(right),
			"is empty; a change file (t_YYYYMMDD.csv) leaves out "
			"what stays: import the full file t_ALLYYYYMMDD.csv");
	else
		master_right(&master_columns[place], right, sizeof(right));
	return master_wrong(diag, place, cells[place], right);
}

/* The column of the number of characters agrees with its text. */
static enum shk_code master_length(
	const struct text *cells, size_t length, size_t text, shk_diag *diag)
{
	int said = master_integer(cells[length]);
	size_t real = utf8_length(cells[text].data, cells[text].size);
	char right[160];

	if ((size_t)said == real)
		return SHK_OK;
	snprintf(right, sizeof(right),
		"must be %zu, the characters of column %zu", real, text + 1);
	return master_wrong(diag, length, cells[length], right);
}

/* An amount as exact text; false when it is not greater than zero. */
static bool master_amount(struct text cell, char out[MASTER_AMOUNT_MAX])
{
	num value = NUM_ZERO;

	num_parse(cell.data, cell.size, false, &value);
	num_format(value, out, MASTER_AMOUNT_MAX);
	return num_sign(value) > 0;
}

static enum shk_code master_amounts(shk_master_row *row,
	struct master_room *room, const struct text *cells, shk_diag *diag)
{
	bool positive = master_amount(cells[COLUMN_AMOUNT], room->amount);

	row->kind = (enum shk_amount_kind)master_integer(cells[COLUMN_KIND]);
	row->amount = room->amount;
	if (row->kind == SHK_AMOUNT_PURCHASE && positive)
		return master_wrong(diag, COLUMN_AMOUNT, cells[COLUMN_AMOUNT],
			"must be 0.00 where column 11 is 2 (purchase price)");
	if (!positive && (row->kind == SHK_AMOUNT_PRICE ||
				 row->kind == SHK_AMOUNT_OLD_PRICE))
		return master_wrong(diag, COLUMN_AMOUNT, cells[COLUMN_AMOUNT],
			"must be more than zero: no price is zero (a purchase "
			"price has 2 in column 11)");
	positive = master_amount(cells[COLUMN_OLD_AMOUNT], room->old_amount);
	row->old_kind =
		(enum shk_amount_kind)master_integer(cells[COLUMN_OLD_KIND]);
	/* a reserve column in some issues: zero says nothing */
	if (!positive || row->old_kind == SHK_AMOUNT_NONE)
		room->old_amount[0] = '\0';
	row->old_amount = room->old_amount;
	return SHK_OK;
}

static void master_days(
	shk_master_row *row, struct master_room *room, const struct text *cells)
{
	for (size_t i = 0; i < 3; i++)
		if (!master_day(cells[COLUMN_VALID_FROM + i], room->days[i]))
			room->days[i][0] = '\0'; /* the value for none */
	row->valid_from = room->days[0];
	row->price_until = room->days[1];
	row->code_until = room->days[2];
}

static enum shk_code master_agree(const struct text *cells, shk_diag *diag)
{
	enum shk_code code =
		master_length(cells, COLUMN_NAME_LENGTH, COLUMN_NAME, diag);

	if (!code)
		code = master_length(
			cells, COLUMN_KANA_LENGTH, COLUMN_KANA, diag);
	if (!code)
		code = master_length(
			cells, COLUMN_UNIT_LENGTH, COLUMN_UNIT, diag);
	if (!code && (master_integer(cells[COLUMN_UNIT_CODE]) == 0) !=
			     (cells[COLUMN_UNIT].size == 0))
		code = master_wrong(diag, COLUMN_UNIT_CODE,
			cells[COLUMN_UNIT_CODE],
			"must be 0 where column 10 names no unit, and only "
			"there");
	return code;
}

enum shk_code master_row_read(shk_master_row *row, struct master_room *room,
	const struct text *cells, size_t count, shk_diag *diag)
{
	enum shk_code code;

	for (size_t i = 0; i < count; i++)
		if (!master_fits(&master_columns[i], cells[i]))
			return master_refuse(cells, i, diag);
	code = master_agree(cells, diag);
	if (code)
		return code;
	row->change = master_integer(cells[COLUMN_CHANGE]);
	row->code = cells[MASTER_CODE].data;
	row->name = cells[COLUMN_NAME].data;
	row->full_name = cells[COLUMN_FULL_NAME].data;
	row->unit = cells[COLUMN_UNIT].data;
	row->schedule = master_integer(cells[COLUMN_SCHEDULE]);
	row->category_no = master_integer(cells[COLUMN_CATEGORY]);
	row->ceiling = text_is(cells[COLUMN_CEILING], "1");
	master_days(row, room, cells);
	return master_amounts(row, room, cells, diag);
}
