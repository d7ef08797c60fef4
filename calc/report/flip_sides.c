/*
 * Which side the value of a flip belongs to, for text and drawing alike: said
 * twice, the two could come to differ.
 */
#include "report/flip_sides.h"

#include "report/values.h"

size_t flip_sides(struct flip_side sides[static FLIP_SIDES],
	const struct price_flip *flip, bool first, bool *failed)
{
	bool low = values_same_outcomes(flip->on, flip->on_count, flip->below,
		flip->below_count, failed);
	bool high = values_same_outcomes(flip->on, flip->on_count, flip->above,
		flip->above_count, failed);
	size_t count = 0;

	if (first)
		sides[count++] =
			(struct flip_side){ low ? WORD_UP_TO : WORD_BELOW,
				flip->below, flip->below_count };
	if (!low && !high)
		sides[count++] = (struct flip_side){ WORD_EXACTLY, flip->on,
			flip->on_count };
	sides[count++] =
		(struct flip_side){ high && !low ? WORD_FROM : WORD_ABOVE,
			flip->above, flip->above_count };
	return count;
}
