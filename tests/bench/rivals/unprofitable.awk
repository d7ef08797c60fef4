# The unprofitable category in awk, as one writes it: an empty cell is 0 or
# not "true". Thresholds and columns: see ../policy.json and ../make.c.
function round_price(price, unit) {
	for (unit = 1; price / unit >= 1000; unit *= 10)
		;
	return int(price / unit + 0.5) * unit
}
BEGIN { FS = "," }
NR == 1 { print "id,status,value,price"; next }
$4 == "none" { print $1 ",not_applicable,,"; next }
{
	count = sum = largest = 0
	for (at = 4; at <= 5; at++)
		for (maker = 6; maker < 12; maker += 2)
			if ($at != "" && $at == $maker) {
				share = $(maker + 1) + 0
				sum += share
				count++
				if (share > largest)
					largest = share
			}
	irreplaceable = largest == 100 ||
		largest >= 50 && $12 != "true" ||
		count == 2 && sum >= 80 && $13 != "true" ||
		$14 == "true" && $15 != "true"
	if (irreplaceable && $16 == "true" && $17 == "true" && $18 != "true")
		printf "%s,determined,true,%.0f\n", $1, round_price($20)
	else
		print $1 ",determined,false,"
}
