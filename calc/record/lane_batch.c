/*
 * Rows looked at together: what is asked of a column is asked of its cells one
 * below the other, without a decision a cell. What is not as nearly all rows
 * are makes its row odd, and nothing of it is used.
 */
#include "record/builder.h"
#include "record/lane_inside.h"
#include "record/reader.h"
#include "record/value.h"

#define BATCH_LEAST 4 /* rows */

/* Where the rows at hand stand in the list of marks. */
struct stand {
	const uint32_t *ends; /* of the first row */
	size_t stride;	      /* marks a row */
	size_t count;
};

/* The marks are separators and, at the end, LF or CR LF. */
static void rows_look(
	const struct lane *lane, const struct stand *stand, bool *odd)
{
	const size_t stride = stand->stride, count = stand->count;
	const char *data = lane->marks.data;
	const char delimiter = lane->marks.delimiter;
	const bool cr = stand->stride > lane->count;
	const size_t last = lane->count - 1;
	const uint32_t *ends = stand->ends;

	for (size_t row = 0; row < count; row++) {
		size_t size = ends[last] - (size_t)ends[-1];
		int other = data[ends[last]] ^ (cr ? '\r' : '\n');

		for (size_t i = 0; i < last; i++)
			other |= data[ends[i]] ^ delimiter;
		if (cr)
			other |= data[ends[last] + 1] ^ '\n';
		odd[row] = other != 0 || size > SHK_CELL_MAX;
		ends += stride;
	}
}

/* The cell that ends at a mark. */
static inline struct text cell_of(const char *data, const uint32_t *end)
{
	const size_t from = (size_t)end[-1] + 1;

	return (struct text){ data + from, *end - from };
}

static void ids_look(
	struct lane *lane, const struct stand *stand, const uint32_t *end)
{
	const size_t stride = stand->stride, count = stand->count;
	struct lane_batch *batch = &lane->batch;
	const char *data = lane->marks.data;

	for (size_t row = 0; row < count; row++) {
		struct text id = cell_of(data, end);

		batch->ids[row] = id.data;
		batch->id_sizes[row] = (uint32_t)id.size;
		batch->odd[row] |= id.size <= 7 &&
				   (value_is_unknown(id) || value_is_none(id));
		end += stride;
	}
}

static void words_look(
	struct lane *lane, const struct stand *stand, const uint32_t *end)
{
	const size_t stride = stand->stride, count = stand->count;
	const char *data = lane->marks.data;
	bool *odd = lane->batch.odd;

	for (size_t row = 0; row < count; row++) {
		struct text cell = cell_of(data, end);

		odd[row] |= cell.size == 4 && value_is_none(cell);
		end += stride;
	}
}

static void key_look(struct lane *lane, const struct stand *stand,
	const uint32_t *end, uint64_t *key)
{
	const size_t stride = stand->stride, count = stand->count;
	uint64_t *hashes = lane->batch.hashes;
	const char *data = lane->marks.data;
	bool *odd = lane->batch.odd;

	for (size_t row = 0; row < count; row++) {
		struct text cell = cell_of(data, end);
		size_t size = cell.size & 7;

		key[row] = word_short(cell.data + size, size);
		hashes[row] = lane_hash(hashes[row], key[row]);
		odd[row] |= cell.size > 7;
		end += stride;
	}
}

/* Numbers of at most eight digits inside of their domain. */
static void number_look(struct lane *lane, const struct stand *stand,
	const uint32_t *end, const struct lane_column *column, uint64_t *to)
{
	const size_t stride = stand->stride, count = stand->count;
	const uint64_t least = column->least, span = column->span;
	const char *data = lane->marks.data;
	bool *odd = lane->batch.odd;

	for (size_t row = 0; row < count; row++) {
		struct text cell = cell_of(data, end);
		uint64_t value = 0;
		bool right =
			cell.size - 1 < 8 &&
			digits_read(cell.data + cell.size, cell.size, &value) &&
			value - least <= span;

		to[row] = value;
		odd[row] |= !right;
		end += stride;
	}
}

static void columns_look(struct lane *lane, const struct stand *stand)
{
	struct lane_batch *batch = &lane->batch;
	const uint16_t *column = lane->looked;
	uint64_t right[LANE_BATCH];
	size_t at = 0;

	for (; column < look_end(lane, LOOK_ID); column++)
		ids_look(lane, stand, stand->ends + *column);
	for (; column < look_end(lane, LOOK_WORDS); column++)
		words_look(lane, stand, stand->ends + *column);
	for (size_t row = 0; row < stand->count; row++)
		batch->hashes[row] = LANE_HASH(batch->key_size);
	for (; column < look_end(lane, LOOK_KEY); column++)
		key_look(lane, stand, stand->ends + *column, batch->keys[at++]);
	at = 0;
	for (; column < look_end(lane, LOOK_NUMBER); column++)
		number_look(lane, stand, stand->ends + *column,
			&lane->columns[*column], batch->numbers[at++]);
	for (; column < look_end(lane, LOOK_RIGHT); column++)
		number_look(lane, stand, stand->ends + *column,
			&lane->columns[*column], right);
}

static size_t look_count(const struct lane *lane, enum lane_look look)
{
	return (size_t)(lane->looks_end[look] - lane->looks_end[look - 1]);
}

bool lane_looks_together(const struct lane *lane)
{
	return lane->looks_end[LOOK_ID] == 1 &&
	       look_count(lane, LOOK_OTHER) == 0 &&
	       look_count(lane, LOOK_KEY) <= LANE_BATCH_KEYS &&
	       look_count(lane, LOOK_NUMBER) <= LANE_BATCH_NUMBERS;
}

/* How many rows: twice as many when all of the last ones were of use. */
static size_t wish(struct lane *lane)
{
	size_t was = lane->batch_wish;
	size_t used = lane->batch_used;

	lane->batch_used = 0;
	was = used >= was ? 2 * was : used;
	was = was < BATCH_LEAST ? BATCH_LEAST : was;
	return lane->batch_wish = was > LANE_BATCH ? LANE_BATCH : was;
}

/* Whole rows of that many marks that are at hand; one mark is left over. */
static size_t rows_known(const struct lane *lane, size_t stride)
{
	return (lane->marks.count - lane->marks.first - 1) / stride;
}

/* A batch from the next row on; false without any row. */
static bool batch_begin(struct lane *lane)
{
	const struct lane_marks *marks = &lane->marks;
	struct stand stand = { .stride = lane->count };
	size_t most = wish(lane);

	if (lane->at < LANE_BEFORE)
		return false;
	if (marks->count - marks->first < most * (lane->count + 1) + 1)
		(void)lane_more(lane);
	if (marks->count - marks->first <= lane->count)
		return false;
	stand.ends = marks->at + marks->first;
	lane->marks.at[marks->first - 1] = (uint32_t)lane->at - 1;
	if (marks->data[stand.ends[lane->count - 1]] == '\r')
		stand.stride++;
	stand.count = rows_known(lane, stand.stride);
	stand.count = stand.count > most ? most : stand.count;
	lane->batch.count = stand.count;
	lane->batch_first = marks->first;
	lane->batch_stride = stand.stride;
	rows_look(lane, &stand, lane->batch.odd);
	columns_look(lane, &stand);
	return stand.count > 0;
}

/* Which row of the batch is the next one; false: none of them. */
static bool batch_has(const struct lane *lane, size_t *at)
{
	const struct lane_marks *marks = &lane->marks;
	size_t behind = marks->first - lane->batch_first;

	*at = behind / lane->batch_stride;
	return *at < lane->batch.count && behind % lane->batch_stride == 0 &&
	       (size_t)marks->at[marks->first - 1] + 1 == lane->at;
}

const struct lane_batch *lane_look(struct lane *lane, size_t *at)
{
	if (!lane->together)
		return NULL;
	if (lane->batch.count > 0 && batch_has(lane, at))
		return &lane->batch;
	lane->batch.count = 0;
	*at = 0;
	return batch_begin(lane) ? &lane->batch : NULL;
}

const struct lane_row *lane_pick(struct lane *lane, size_t at)
{
	const struct lane_batch *batch = &lane->batch;
	size_t behind = lane->marks.first - lane->batch_first;
	size_t first = lane->batch_first + at * lane->batch_stride;
	struct lane_row *row = &lane->row;

	lane->ends = lane->marks.at + first;
	lane->row_marks = lane->batch_stride;
	lane->row_at = (size_t)lane->ends[-1] + 1;
	row->line = lane->line + (long)(at - behind / lane->batch_stride);
	row->id = (struct text){ batch->ids[at], batch->id_sizes[at] };
	row->key_size = batch->key_size;
	for (size_t i = 0; i < batch->key_size; i++)
		row->key[i] = batch->keys[i][at];
	for (size_t i = 0; i < lane->number_count; i++) {
		row->numbers[i] = batch->numbers[i][at];
		lane->known[i] = true;
	}
	return row;
}

void lane_pass(struct lane *lane, size_t count)
{
	lane->marks.first += (uint32_t)(count * lane->batch_stride);
	lane->at = (size_t)lane->marks.at[lane->marks.first - 1] + 1;
	lane->lines += (long)count;
	lane->line += (long)count;
	lane->batch_used += count;
}

bool lane_is_bare(const struct lane *lane)
{
	return lane->row.bare;
}

size_t lane_enter_ids(
	struct lane *lane, size_t at, size_t count, enum ids_found *found)
{
	const struct lane_batch *batch = &lane->batch;
	struct record_ids *ids = lane->records->builder.ids;
	size_t done = 0;
	long first;

	*found = IDS_NEW;
	while (done < count) {
		const char *const *texts = batch->ids + at + done;
		const uint32_t *sizes = batch->id_sizes + at + done;
		const long line = lane->line + (long)done;

		done += ids_count_up(ids, texts, sizes, count - done, line);
		if (done == count)
			break;
		*found = ids_add(ids,
			(struct text){ batch->ids[at + done],
				batch->id_sizes[at + done] },
			lane->line + (long)done, &first);
		if (*found != IDS_NEW)
			break;
		done++;
	}
	return done;
}
