#!/usr/bin/env bash
# Packs of rulebooks: made, signed and checked by the command, read by
# --rules, and refused when a key is configured and they are not what it signed.
. "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
unset SHOKAN_RULES_KEY
rare="--revision r8 --decision rare_disease_coefficient"
pack=$work/book.pack

run 0 rules pack "$pack" --rules "$SOURCE/rules"
empty out
run 0 rules list --rules "$SOURCE/rules"
mv "$work/out" "$work/list"
run 0 rules list --rules "$pack"
same "list of a pack" "$(cat "$work/list")" "$(cat "$work/out")"
run 0 rules verify "$pack"
has out "$(tail -n 1 "$work/list")"
has out "not signed"

# the start with one decision has the bytes of the folder
for format in text json csv snapshot junit; do
	run 0 price $rare --format $format --steps --rules "$SOURCE/rules" \
		"$work/two.csv"
	mv "$work/out" "$work/wanted"
	run 0 price $rare --format $format --steps --rules "$pack" \
		"$work/two.csv"
	same "$format from a pack" "$(cat "$work/wanted")" "$(cat "$work/out")"
done
SHOKAN_RULES=$pack run 0 price $rare "$work/two.csv"
run 0 explain $rare --rules "$pack" "$work/one.csv"
run 0 rules show rare_disease_coefficient --rules "$pack"

# what the folder says of a misspelt name, the pack says too
for wrong in "--revision r9" "--decision rare_disease_coeficient" \
	"--as-of 2026-13-01" "--revision r6 --as-of 2026-06-02"; do
	run 2 price $wrong --rules "$SOURCE/rules" "$work/two.csv"
	mv "$work/err" "$work/wanted"
	run 2 price $wrong --rules "$pack" "$work/two.csv"
	same "$wrong" "$(cat "$work/wanted")" "$(cat "$work/err")"
done

# keys
run 0 rules keygen "$work/key"
same "mode of the secret key" 600 "$(stat -c %a "$work/key")"
run 5 rules keygen "$work/key"
has err "exists already"
run 0 rules keygen "$work/other"
run 0 rules sign "$pack" --key "$work/key" --output "$work/signed.pack"
run 0 rules verify "$work/signed.pack" --key "$work/key.pub"
has out "signed with $(sed 's/.* //' "$work/key.pub")"
lacks out "not compared"
run 0 rules verify "$work/signed.pack"
has out "not compared"
run 3 rules verify "$work/signed.pack" --key "$work/other.pub"
has err "another key"
run 3 rules verify "$pack" --key "$work/key.pub"
has err "not signed"
run 0 price $rare --rules "$work/signed.pack" --rules-key "$work/key.pub" \
	"$work/one.csv"
SHOKAN_RULES_KEY=$work/key.pub run 0 price $rare \
	--rules "$work/signed.pack" "$work/one.csv"
SHOKAN_RULES_KEY=$work/key.pub run 3 price $rare --rules "$pack" \
	"$work/one.csv"
has err "not signed"
empty out
SHOKAN_RULES_KEY=$work/key.pub run 3 price $rare --rules "$SOURCE/rules" \
	"$work/one.csv"
has err "no folder"
run 3 price $rare --rules "$work/signed.pack" --rules-key "$work/other.pub" \
	"$work/one.csv"
has err "another key"
run 5 price $rare --rules "$work/signed.pack" --rules-key "$work/none.pub" \
	"$work/one.csv"
# --rules-key before SHOKAN_RULES_KEY
SHOKAN_RULES_KEY=$work/other.pub run 0 rules list \
	--rules "$work/signed.pack" --rules-key "$work/key.pub"

# in place; signed twice it is the same, since Ed25519 has no chance in it
cp "$pack" "$work/again.pack"
run 0 rules sign "$work/again.pack" --key "$work/key"
run 0 rules sign "$work/again.pack" --key "$work/key"
if cmp -s "$work/again.pack" "$work/signed.pack"; then ok; else
	fail "signed in place differs"
fi

# one byte of a model that the decision does not need: only the whole knows
printf X | dd of="$work/again.pack" bs=1 conv=notrunc status=none \
	seek=$(($(stat -c %s "$work/again.pack") - 5))
run 3 rules verify "$work/again.pack" --key "$work/key.pub"
has err "not what it was"
run 3 rules list --rules "$work/again.pack"
run 0 price $rare --rules "$work/again.pack" --rules-key "$work/key.pub" \
	"$work/one.csv"
head -c 2000 "$pack" >"$work/cut.pack"
run 3 rules list --rules "$work/cut.pack"
has err "its end is missing"
run 3 rules list --rules "$work/two.csv"
has err "nor a rulebook pack"
run 3 rules list --rules /dev/null
run 5 rules list --rules "$work/nothing.pack"

# wrong use; nothing half made
run 2 rules pack
run 2 rules pack "$work/x.pack" --key "$work/key"
run 2 rules sign "$pack"
has err "--key"
run 2 rules verify --key "$work/key.pub"
has err "rules verify FILE"
run 3 rules pack "$work/x.pack" --rules "$pack"
has err "a pack already"
run 3 rules sign "$pack" --key "$work/key.pub" --output "$work/x.pack"
has err "not a key file"
run 5 rules pack "$work/no/x.pack" --rules "$SOURCE/rules"
if [ -e "$work/x.pack" ] || ls "$work" | grep -q '\.pack\.'; then
	fail "something half made is left"
else ok; fi
finish
