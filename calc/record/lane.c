/*
 * What a column is for whoever gave the weights is decided once; then a row is
 * its marks, one look at each cell that matters, and the words of the key. The
 * key can be read back column by column, so equal keys mean equal cells: see
 * key_text for cells, and LANE_SAYS before one that is mostly left out.
 */
#include <string.h>

#include "base/memory.h"
#include "record/columns.h"
#include "record/lane_inside.h"

static uint8_t role_of(const struct record_field *field, unsigned weight)
{
	switch (field->type) {
	case RECORD_INT:
	case RECORD_DEC:
	case RECORD_YEN:
	case RECORD_PERCENT:
		return field->whole_domain && field->most >= 0 ? LANE_NUMBER
							       : LANE_KEY;
	case RECORD_TEXT:
		return weight == LANE_VALUE || field->required ? LANE_KEY
							       : LANE_WORDS;
	case RECORD_BOOL:
		return weight == LANE_NOTHING ? LANE_TRUTH : LANE_KEY;
	default:
		return LANE_KEY;
	}
}

static enum lane_look look_of(const struct lane_column *column)
{
	bool nothing = column->weight == LANE_NOTHING;

	switch ((enum lane_role)column->role) {
	case LANE_SKIP:
		return LOOK_NEVER;
	case LANE_WORDS:
		return nothing ? LOOK_WORDS : LOOK_OTHER;
	case LANE_ID:
		return LOOK_ID;
	case LANE_NUMBER:
		return nothing			      ? LOOK_RIGHT
		       : column->weight == LANE_VALUE ? LOOK_NUMBER
						      : LOOK_OTHER;
	case LANE_TRUTH:
		return LOOK_OTHER;
	case LANE_KEY:
		break;
	}
	return LOOK_KEY;
}

static void column_resolve(struct lane *lane, size_t index,
	const struct column *from, const uint8_t *weights)
{
	const struct record_builder *builder = &lane->records->builder;
	struct lane_column *to = &lane->columns[index];
	const struct record_field *field;

	*to = (struct lane_column){ .role = LANE_SKIP };
	if (from->field < 0)
		return;
	field = &builder->record.schema->fields[from->field];
	to->weight = weights[from->field];
	to->role = LANE_KEY;
	if (from->item > 0)
		return;
	lane->places[from->field] = (int)index;
	to->role = from->field == builder->id_field
			   ? LANE_ID
			   : role_of(field, to->weight);
	if (to->role != LANE_NUMBER)
		return;
	to->least = field->least > 0 ? (uint64_t)field->least : 0;
	to->span = (uint64_t)field->most - to->least;
	if (to->weight != LANE_VALUE)
		return;
	if (lane->number_count == LANE_NUMBERS_MAX) {
		to->role = LANE_KEY;
		return;
	}
	to->number = (uint16_t)lane->number_count;
	lane->number_fields[lane->number_count++] = from->field;
}

static void looks_order(struct lane *lane)
{
	uint16_t count = 0;

	for (unsigned look = 0; look < LOOKS; look++) {
		for (size_t i = 0; i < lane->count; i++)
			if (look_of(&lane->columns[i]) == look)
				lane->looked[count++] = (uint16_t)i;
		lane->looks_end[look] = count;
	}
	lane->together = lane_looks_together(lane);
	lane->batch.key_size =
		lane->looks_end[LOOK_KEY] - lane->looks_end[LOOK_WORDS];
}

static enum shk_code columns_take(struct lane *lane,
	const struct columns *columns, const uint8_t *weights, shk_diag *diag)
{
	size_t fields = lane->records->builder.record.schema->field_count;

	lane->count = columns->count;
	lane->columns =
		memory_zeroed(columns->count + 1, sizeof(*lane->columns));
	lane->places = memory_alloc((fields + 1) * sizeof(*lane->places));
	lane->looked = memory_zeroed(columns->count + 1, sizeof(*lane->looked));
	if (!lane->columns || !lane->places || !lane->looked)
		return diag_memory(diag);
	for (size_t i = 0; i < fields; i++)
		lane->places[i] = -1;
	for (size_t i = 0; i < columns->count; i++)
		column_resolve(lane, i, &columns->columns[i], weights);
	looks_order(lane);
	return SHK_OK;
}

enum shk_code lane_open(struct lane **out, shk_records *records,
	const uint8_t *weights, shk_diag *diag)
{
	const struct record_reader *reader = records->reader;
	const struct record_builder *builder = &records->builder;
	struct lane *lane;
	enum shk_code code;

	*out = NULL;
	if (!reader->table || builder->kept_count > 0 || builder->alone ||
		weights[builder->id_field] != LANE_NOTHING)
		return SHK_OK;
	lane = memory_zeroed(1, sizeof(*lane));
	if (!lane)
		return diag_memory(diag);
	lane->records = records;
	lane->table = reader->table;
	lane->marks.delimiter = reader->delimiter;
	lane->row.bare = reader->delimiter == ',';
	code = columns_take(lane, reader->columns, weights, diag);
	if (code)
		lane_close(lane);
	else
		*out = lane;
	return code;
}

void lane_close(struct lane *lane)
{
	if (!lane)
		return;
	memory_free(lane->columns);
	memory_free(lane->places);
	memory_free(lane->looked);
	memory_free(lane);
}

size_t lane_number_count(const struct lane *lane)
{
	return lane->number_count;
}

int lane_number_field(const struct lane *lane, size_t index)
{
	return lane->number_fields[index];
}

const bool *lane_numbers_known(const struct lane *lane)
{
	return lane->known;
}

void lane_enter(struct lane *lane)
{
	struct table_view view = table_look(lane->table);

	if (view.piece != lane->piece) {
		lane->piece = view.piece;
		lane->batch.count = 0;
		lane_marks_begin(&lane->marks, view.data, view.size);
	}
	lane->at = (size_t)(view.data - lane->marks.data);
	lane_marks_pass(&lane->marks, lane->at);
	lane->entered = lane->at;
	lane->lines = 0;
	lane->line = view.line;
}

void lane_leave(struct lane *lane)
{
	table_pass(lane->table, lane->at - lane->entered, lane->lines);
	lane->entered = lane->at;
	lane->lines = 0;
}

/* A cell and at least one zero behind it; no text has a zero in it. */
static size_t key_text(uint64_t *key, size_t at, const char *text, size_t size)
{
	for (; size >= 8; text += 8, size -= 8)
		key[at++] = word_at(text, 8);
	key[at++] = word_at(text, size);
	return at;
}

/* A whole number of at most LANE_DIGITS_MAX digits, inside of its domain. */
static inline bool number_read(
	const struct lane_column *column, struct text cell, uint64_t *value)
{
	const char *end = cell.data + cell.size;
	size_t size = cell.size;
	uint64_t high = 0, low;

	if (size - 1 >= LANE_DIGITS_MAX) /* also when there is none */
		return false;
	if (size > 8) {
		if (!digits_read(end - 8, size - 8, &high))
			return false;
		size = 8;
	}
	if (!digits_read(end, size, &low))
		return false;
	*value = high * 100000000 + low;
	return *value - column->least <= column->span;
}

static bool key_room(const struct lane_row *row, struct text cell)
{
	return cell.size <= LANE_CELL_MAX &&
	       row->key_size + cell.size / 8 + 2 <= LANE_KEY_MAX;
}

static bool key_cell(struct lane_row *row, struct text cell)
{
	if (!key_room(row, cell))
		return false;
	row->key_size = key_text(row->key, row->key_size, cell.data, cell.size);
	return true;
}

/* The cell of a column that is mostly left out. */
static bool key_says(struct lane_row *row, size_t column, struct text cell)
{
	if (!key_room(row, cell))
		return false;
	row->key[row->key_size++] = LANE_SAYS + column;
	return key_cell(row, cell);
}

static bool key_state(struct lane_row *row, bool known)
{
	if (row->key_size == LANE_KEY_MAX)
		return false;
	row->key[row->key_size++] = known ? LANE_KNOWN : 0;
	return true;
}

static bool number_take(struct lane *lane, size_t index, struct text cell)
{
	const struct lane_column *column = &lane->columns[index];
	struct lane_row *row = &lane->row;
	uint64_t value = 0;
	bool plain = number_read(column, cell, &value);

	if (column->weight == LANE_VALUE) {
		lane->known[column->number] = plain;
		row->numbers[column->number] = value;
	}
	if (plain)
		return column->weight != LANE_STATE || key_state(row, true);
	if (cell.size == 0 && column->weight == LANE_NOTHING)
		return true;
	return key_says(row, index, cell);
}

/* "none" may be refused; that is for the reader. */
static bool words_take(struct lane_row *row, const struct lane_column *column,
	struct text cell)
{
	return (cell.size != 4 || !value_is_none(cell)) &&
	       (column->weight == LANE_NOTHING ||
		       key_state(row, !value_is_unknown(cell)));
}

static bool truth_take(struct lane_row *row, size_t index, struct text cell)
{
	return cell.size == 0 || text_is(cell, "true") ||
	       text_is(cell, "false") || key_says(row, index, cell);
}

static bool id_take(struct lane_row *row, struct text cell)
{
	row->id = cell;
	return cell.size > 7 ||
	       (!value_is_unknown(cell) && !value_is_none(cell));
}

static bool cell_take(struct lane *lane, size_t index, struct text cell)
{
	const struct lane_column *column = &lane->columns[index];

	switch ((enum lane_role)column->role) {
	case LANE_SKIP:
		break;
	case LANE_WORDS:
		return words_take(&lane->row, column, cell);
	case LANE_ID:
		return id_take(&lane->row, cell);
	case LANE_NUMBER:
		return number_take(lane, index, cell);
	case LANE_TRUTH:
		return truth_take(&lane->row, index, cell);
	case LANE_KEY:
		return key_cell(&lane->row, cell);
	}
	return true;
}

/* Marks of the row whose last cell ends at `ends[count - 1]`; 0: no row. */
static size_t row_marks(const struct lane *lane, const uint32_t *ends)
{
	const char *data = lane->marks.data;
	size_t last = ends[lane->count - 1];

	if (data[last] == '\n')
		return lane->count;
	return data[last] == '\r' && data[last + 1] == '\n' ? lane->count + 1
							    : 0;
}

/* That the others are separators, where the last mark ends a line. */
static inline bool cells_are_parted(
	const struct lane *lane, const uint32_t *ends)
{
	const char *data = lane->marks.data;
	const char delimiter = lane->marks.delimiter;
	int other = 0;

	for (size_t i = 0; i + 1 < lane->count; i++)
		other |= data[ends[i]] ^ delimiter;
	return other == 0;
}

static inline bool keys_take(
	struct lane *lane, const uint32_t *ends, const uint16_t *column)
{
	struct lane_row *row = &lane->row;

	for (; column < look_end(lane, LOOK_KEY); column++) {
		struct text cell = cell_at(lane, ends, *column);

		if (cell.size < 8 && row->key_size < LANE_KEY_MAX)
			row->key[row->key_size++] =
				word_short(cell.data + cell.size, cell.size);
		else if (!cell_take(lane, *column, cell))
			return false;
	}
	return true;
}

/* The numbers of one look, LOOK_NUMBER or LOOK_RIGHT. */
static inline bool numbers_take(struct lane *lane, const uint32_t *ends,
	const uint16_t *column, enum lane_look look)
{
	uint64_t *to = lane->row.numbers;
	bool *known = lane->known;

	for (; column < look_end(lane, look); column++) {
		const struct lane_column *what = &lane->columns[*column];
		struct text cell = cell_at(lane, ends, *column);
		uint64_t value;

		if (!number_short(
			    what, cell.data + cell.size, cell.size, &value)) {
			if (!cell_take(lane, *column, cell))
				return false;
		} else if (look == LOOK_NUMBER) {
			*to = value;
			*known = true;
		}
		to++;
		known++;
	}
	return true;
}

/* The cells of a row whose last mark ends a line. */
static bool row_take(struct lane *lane, const uint32_t *ends)
{
	const uint16_t *column = lane->looked;

	if (!cells_are_parted(lane, ends) ||
		ends[lane->count - 1] - lane->at >= SHK_CELL_MAX)
		return false;
	for (; column < look_end(lane, LOOK_ID); column++)
		if (!id_take(&lane->row, cell_at(lane, ends, *column)))
			return false;
	for (; column < look_end(lane, LOOK_WORDS); column++) {
		struct text cell = cell_at(lane, ends, *column);

		if (cell.size == 4 && value_is_none(cell))
			return false;
	}
	if (!keys_take(lane, ends, column))
		return false;
	column = look_end(lane, LOOK_KEY);
	if (!numbers_take(lane, ends, column, LOOK_NUMBER))
		return false;
	column = look_end(lane, LOOK_NUMBER);
	if (!numbers_take(lane, ends, column, LOOK_RIGHT))
		return false;
	column = look_end(lane, LOOK_RIGHT);
	for (; column < look_end(lane, LOOK_OTHER); column++)
		if (!cell_take(lane, *column, cell_at(lane, ends, *column)))
			return false;
	return true;
}

bool lane_more(struct lane *lane)
{
	bool found = lane_marks_more(&lane->marks);

	lane->batch.count = 0;
	lane_marks_pass(&lane->marks, lane->at);
	return found;
}

const struct lane_row *lane_next(struct lane *lane)
{
	struct lane_marks *marks = &lane->marks;

	/* one more than its cells, for CR LF */
	while (marks->count - marks->first <= lane->count)
		if (!lane_more(lane))
			return NULL;
	marks->at[marks->first - 1] = (uint32_t)lane->at - 1;
	lane->ends = marks->at + marks->first;
	lane->row_marks = row_marks(lane, lane->ends);
	lane->row_at = lane->at;
	lane->row.line = lane->line;
	lane->row.key_size = 0;
	if (lane->at < LANE_BEFORE || lane->row_marks == 0 ||
		!row_take(lane, lane->ends))
		return NULL;
	return &lane->row;
}

struct text lane_cell(const struct lane *lane, int field)
{
	int column = field < 0 ? -1 : lane->places[field];
	size_t from = lane->row_at;

	if (column < 0)
		return (struct text){ "", 0 };
	if (column > 0)
		from = lane->ends[column - 1] + 1;
	return (struct text){ lane->marks.data + from,
		lane->ends[column] - from };
}

enum ids_found lane_take(struct lane *lane)
{
	struct lane_row *row = &lane->row;
	struct record_ids *ids = lane->records->builder.ids;
	enum ids_found found = IDS_NEW;
	long first;

	if (!ids_counts_up(ids, row->id, row->line))
		found = ids_add(ids, row->id, row->line, &first);
	if (found != IDS_NEW)
		return found;
	lane->at = lane->ends[lane->row_marks - 1] + 1;
	lane->marks.first += (uint32_t)lane->row_marks;
	lane->lines++;
	lane->line++;
	lane->batch_used++;
	return IDS_NEW;
}
