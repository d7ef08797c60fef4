#!/usr/bin/env bash
# A room includes its own headers, base, and the lower rooms that this table
# names; the server and the command use the public headers only, and of the
# server the command knows serve.h; a foreign library is known in one room.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

# room: rooms that it may include beside itself
declare -A may=(
	[base]=""
	[num]="base"
	[xml]="base"
	[feel]="base num"
	[dmn]="base num xml feel"
	[rulebook]="base num xml dmn"
	[record]="base num xml"
	[snapshot]="base num"
	[store]="base num snapshot"
	[price]="base num feel dmn rulebook record"
	[inquiry]="base num feel dmn rulebook record price"
	[report]="base num dmn rulebook snapshot price inquiry"
	[compare]="base num record snapshot"
	[flow]="base record price report"
	[certify]="base num xml"
	[serve]="base"
	[cli]="serve"
	[manual]="cli"
	[package]="" # no code
	[plug]=""
)
# public header: rooms that may include it
declare -A public=(
	[allocator.h]="base"
	[diag.h]="base num xml certify feel dmn rulebook record snapshot store price inquiry report compare flow cli"
	[version.h]="base dmn rulebook record snapshot store price inquiry report cli manual"
	[sink.h]="dmn rulebook record snapshot store price inquiry report compare flow cli"
	[compare.h]="report compare cli"
	[snapshot.h]="snapshot store report compare cli"
	[hash.h]="rulebook price inquiry report cli"
	[dmn.h]="dmn cli"
	[check.h]="rulebook inquiry report cli"
	[rulebook.h]="rulebook store price inquiry report compare flow cli"
	[record.h]="record store price inquiry report compare flow cli"
	[quotes.h]="rulebook cli"
	[master.h]="record store cli"
	[price.h]="store price inquiry report compare flow cli"
	[ask.h]="inquiry report cli"
	[edges.h]="inquiry report cli"
	[form.h]="inquiry"
	[solve.h]="inquiry report cli"
	[sweep.h]="inquiry report cli"
	[diff.h]="inquiry report cli"
	[report.h]="report compare flow cli"
	[receipt.h]="report cli"
	[rule_page.h]="report cli"
	[proof.h]="report cli"
	[prices.h]="store compare cli"
	[price_changes.h]="compare cli"
	[store.h]="store compare cli"
	[flow.h]="flow cli"
	[shokan.h]="serve cli plug"
)
# foreign header (pattern): its room; certify/, which shares no code with what
# it checks, hashes for itself
foreign_room()
{
	case $1 in
	libxml/*) echo xml ;;
	bid_*.h | mpfr.h | gmp.h) echo num ;;
	jansson.h | csv.h | iconv.h | utf8proc.h | immintrin.h | minizip/*) echo record ;;
	pcre2.h) echo feel ;;
	sodium.h) echo rulebook record ;;
	nettle/sha2.h) echo rulebook certify ;;
	nettle/*) echo rulebook ;;
	sqlite3.h) echo store ;;
	sqlite3ext.h) echo plug ;;
	postgres.h | fmgr.h | funcapi.h | mb/* | utils/*) echo plug ;;
	xlsxwriter.h) echo report ;;
	microhttpd.h) echo serve ;;
	arpa/inet.h | netinet/in.h | sys/socket.h) echo serve ;;
	esac
}
libc=" assert.h dirent.h dlfcn.h errno.h fcntl.h getopt.h inttypes.h limits.h
 pthread.h signal.h stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h
 stdint.h stdio.h stdlib.h stdnoreturn.h string.h strings.h sys/random.h
 sys/stat.h
 sys/types.h time.h unistd.h "

check_include() # place room header quoted
{
	local place=$1 room=$2 header=$3 quoted=$4 other owner
	case $header in
	shokan/*)
		other=${header#shokan/}
		[[ " ${public[$other]-} " == *" $room "* ]] || finding \
			"$place: $room may not include <$header>;" \
			"move the code up or declare what is needed lower"
		;;
	*)
		if [ "$quoted" = 1 ]; then
			other=${header%%/*}
			[ "$other" = "$room" ] && return
			[ "$room" = cli ] && [ "$header" != serve/serve.h ] &&
				other=
			[[ " ${may[$room]} " == *" $other "* ]] || finding \
				"$place: $room may not include \"$header\";" \
				"it may include: $room ${may[$room]}"
			return
		fi
		owner=$(foreign_room "$header")
		if [ -n "$owner" ]; then
			[[ " $owner " == *" $room "* ]] || finding \
				"$place: <$header> belongs to $owner only;" \
				"call it through a function of that room"
		elif [[ "$libc" != *[[:space:]]"$header"[[:space:]]* ]]; then
			finding "$place: <$header> is no header known here;" \
				"add it to the list in ranks.sh with its room"
		fi
		;;
	esac
}

for folder in calc/*/; do
	room=$(basename "$folder")
	if [ -z "${may[$room]+known}" ]; then
		finding "calc/$room:1: a room that the table does not have;" \
			"add its rank to design and to ranks.sh"
		continue
	fi
	while IFS=: read -r file line text; do
		header=$(sed -E 's/^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]*)[>"].*/\1/' \
			<<<"$text")
		quoted=0
		[[ $text == *\"* ]] && quoted=1
		check_include "$file:$line" "$room" "$header" "$quoted"
	done < <(c_files "$folder" | xargs -r grep -HnE \
		'^[[:space:]]*#[[:space:]]*include' | sed 's|//|/|')
done
while IFS=: read -r file line text; do
	finding "$file:$line: a public header may include <shokan/...>" \
		"and the C library only"
done < <(c_files include | xargs -r grep -HnE '^[[:space:]]*#[[:space:]]*include' |
	grep -vE '<(shokan/[a-z_]+|std[a-z]+)\.h>')
finish
