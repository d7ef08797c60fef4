# From published decisions (an array of cases) to questions for the command:
# id, decision, record, and what the answer must be. A case that names its
# inputs in full must be reproduced to the yen or point; one that does not must
# come out undetermined and say what is missing.

# Only what the record vocabulary knows; a premium whose kind was not recorded
# is taken as one whose rate alone counts.
def record:
	.inputs as $in
	| [ "similar_price", "similar_unit_price", "measure", "field_prices",
		"economic_saving", "uses_new", "current_price", "final_price",
		"new_price", "material_price", "set_price", "pieces",
		"original_category_price", "annual_tests" ]
	| map(select($in[.] != null) | {key: ., value: $in[.]}) | from_entries
	| if $in.base_items then .base_items =
		($in.base_items | map({points, times})) else . end
	| if ($in.premiums | type) == "array" then .premiums =
		($in.premiums | map({kind: (.kind // "improvement"), rate_percent}))
	  else . end
	| if $in.foreign_prices then .foreign_prices = ($in.foreign_prices
		| map(if .local_price then {country, local_price, rate}
			else {country, price} end)) else . end;

def ask($decision; $record; $want):
	{id, decision: $decision, record: ({id} + $record), want: $want};

def question:
	record as $r
	| if .decision == "points_sum" and .inputs.base_items then
		ask("points_sum"; $r; {value: {points: .published_result.points}})
	elif .decision == "points_sum" and .inputs.points_per_sensor then
		ask("points_sum"; {base_items: [{points: .inputs.points_per_sensor, times: 2}]};
			{value: {points: .published_result.points["up to 2"]}}),
		(.id += "b" | ask("points_sum"; {base_items: [{points: .inputs.points_per_sensor, times: 4}]};
			{value: {points: .published_result.points["up to 4"]}})),
		(.id += "c" | ask("points_sum"; {base_items: [{points: .inputs.points_per_sensor, times: 5}]};
			{value: {points: .published_result.points["5 or more"]}}))
	elif .decision == "points_sum" and .inputs.material_price then
		ask("points_from_price"; $r + {quantity: 1};
			{value: {points: .published_result.material_points}})
	elif .decision == "rare_disease_coefficient" then
		ask(.decision; $r; {open: ["annual_tests"], among: {points: .published_result.points}})
	elif .decision == "similar_category_price" and .arithmetic then
		ask(.decision; $r; {value: {price: (.published_result.price // .published_result.requested_price)}}),
		(if .published_result.requested_price_rapid_introduction then
			.id += "b" | ask("rapid_introduction"; {similar_price: .inputs.similar_price,
				new_price: .published_result.requested_price,
				economic_amount: .published_result.economic_amount};
				{open: ["us_to_japan_days"],
				among: {price: .published_result.requested_price_rapid_introduction}})
		else empty end)
	elif .decision == "rapid_introduction" then
		# the premium for economy is of 2024; these prices are of 2013
		ask(.decision; $r + {economic_amount: "none"};
			{open: ["us_to_japan_days"], among: {price: .published_result.designated_product_price}})
	elif .decision == "staged_reduction" then
		ask(.decision; $r; {value: {steps: [.published_result.steps[].price]}})
	elif .decision == "other" and .inputs.original_category_price then
		ask("reprocessed_price"; $r + {is_reprocessed: true};
			{value: {price: .published_result.price}})
	elif .decision == "category_review" and .inputs.set_price then
		ask("price_rounding"; $r; {value: {piece_price: .published_result.price}})
	elif .decision == "other" or .decision == "category_review"
		or .decision == "market_expansion_repricing" then empty
	else ask(.decision; $r; {open: []}) end;

[.[] | question]
