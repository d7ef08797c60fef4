# The category sold above its price in awk, as one writes it: an empty cell is
# 0. Thresholds and columns: see ../policy.json and ../make.c.
function round_price(price, unit) {
	for (unit = 1; price / unit >= 1000; unit *= 10)
		;
	return int(price / unit + 0.5) * unit
}
BEGIN { FS = "," }
NR == 1 { print "id,status,value,price"; next }
$5 + 0 <= $4 + 0 { print $1 ",not_applicable,,"; next }
{
	first = second = 0
	for (at = 7; at <= 13; at += 2) {
		share = $at + 0
		if (share > first) {
			second = first
			first = share
		} else if (share > second)
			second = share
	}
	if (first >= 60)
		print $1 ",determined,1,"
	else if (first + second >= 60)
		print $1 ",determined,2,"
	else {
		price = $4 * 105 < $5 * 100 ? $4 * 105 / 100 : $5 + 0
		printf "%s,determined,3,%.0f\n", $1, round_price(price)
	}
}
