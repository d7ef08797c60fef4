# The coefficient in awk, as one writes it: an empty cell is 0 or not "true".
BEGIN { FS = "," }
NR == 1 { print "id,status,value,points"; next }
{
	if ($3 != "true" && !($4 == "true" && $5 < 1000)) {
		print $1 ",not_applicable,,"
		next
	}
	tenths = $5 < 200 ? 15 : $5 < 400 ? 14 : $5 < 600 ? 13 : $5 < 800 ? 12 : 11
	printf "%s,determined,%.1f,%.0f\n", $1, tenths / 10,
		int(($6 * tenths + 5) / 10)
}
