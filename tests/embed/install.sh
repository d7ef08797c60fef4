#!/usr/bin/env bash
# What is installed is told whole by its bill of materials: each file with its
# hashes, each library of others with version, licence and how it is linked.
# And the source tarball: what git tracks, the same bytes at any umask, time
# zone and locale.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.bash"
BUILD=${BUILD:-$(dirname "$SHOKAN")}
export SOURCE_DATE_EPOCH=1700000000
usr=$work/usr

cmake --install "$BUILD" --prefix "$usr" >"$work/out" 2>"$work/err" ||
	{ fail "cmake --install"; finish; }
sbom=$usr/share/doc/shokan/shokan.spdx.json
same "the time is the one given" 2023-11-14T22:13:20Z \
	"$(sed -n 's/.*"created": "\([^"]*\)".*/\1/p' "$sbom")"
for file in share/man/man1/shokan.1 share/man/ja/man1/shokan-price.1 \
	share/bash-completion/completions/shokan \
	share/zsh/site-functions/_shokan \
	share/fish/vendor_completions.d/shokan.fish; do
	[ -s "$usr/$file" ] && ok || fail "no $file"
done
if python3 -c 'import jsonschema' 2>/dev/null; then
	python3 - "$sbom" "$here/../schemas/spdx-2.3.json" "$usr" \
		>"$work/err" 2>&1 <<'END' && ok || fail "the bill of materials"
import hashlib, json, os, subprocess, sys
from jsonschema import Draft202012Validator as Validator
path, schema, root = sys.argv[1:]
bill = json.load(open(path))
Validator(json.load(open(schema))).validate(bill)
packages = {p["SPDXID"]: p for p in bill["packages"]}
files = {f["SPDXID"]: f for f in bill["files"]}
ids = set(packages) | set(files) | {"SPDXRef-DOCUMENT"}
assert len(ids) == len(packages) + len(files) + 1
names = {f["fileName"] for f in bill["files"]}
found = {"./" + os.path.relpath(os.path.join(folder, name), root)
	for folder, _, inside in os.walk(root) for name in inside
	if not os.path.islink(os.path.join(folder, name))}
assert names == found - {"./" + os.path.relpath(path, root)}, names ^ found
sums = []
for one in bill["files"]:
	data = open(os.path.join(root, one["fileName"]), "rb").read()
	sums.append(hashlib.sha1(data).hexdigest())
	assert [c["checksumValue"] for c in one["checksums"]] == [
		sums[-1], hashlib.sha256(data).hexdigest()], one
	assert (one["fileTypes"] == ["BINARY"]) == (data[:4] == b"\x7fELF")
main = [p for p in bill["packages"] if p["filesAnalyzed"]]
assert len(main) == 1
assert main[0]["packageVerificationCode"]["packageVerificationCodeValue"] \
	== hashlib.sha1("".join(sorted(sums)).encode()).hexdigest()
links = {}
for one in bill["relationships"]:
	assert {one["spdxElementId"], one["relatedSpdxElement"]} <= ids, one
	a, b = one["spdxElementId"], one["relatedSpdxElement"]
	if one["relationshipType"].endswith("_LINK"):
		links.setdefault(files[a]["fileName"], {})[
			packages[b]["name"]] = one["relationshipType"]
# every library that a binary needs is there, by the binary's own word
for one in bill["files"]:
	if one["fileTypes"] != ["BINARY"]:
		continue
	needed = subprocess.run(["readelf", "-d",
		os.path.join(root, one["fileName"])], capture_output=True,
		text=True).stdout
	needed = {line.split("[lib")[1].split(".so")[0]
		for line in needed.splitlines() if "(NEEDED)" in line
		and "[lib" in line}
	needed -= {"asan", "ubsan", "gcc_s", "m", "pthread", "dl"} # the compiler's
	has = {k for k, v in links[one["fileName"]].items()
		if v == "DYNAMIC_LINK"}
	assert len(needed) == len(has), (one["fileName"], needed, has)
# and every one that a program has inside, by a function of it in a program
# that is not stripped
inside = {"gmp": "__gmpz_add", "intel-decimal": "__bid128_add",
	"liblzma": "lzma_code", "libsodium": "sodium_init",
	"libxml2": "xmlFreeDoc", "minizip": "unzOpen64", "mpfr": "mpfr_set",
	"nettle": "nettle_sha256_init", "pcre2": "pcre2_match_8",
	"sqlite": "sqlite3_open_v2", "utf8proc": "utf8proc_map",
	"zlib": "inflate"}
for program in ("./bin/shokan", "./bin/shokan-certify"):
	names = {line.split()[-1].split("@")[0] for line in subprocess.run(
		["nm", os.path.join(root, program)], capture_output=True,
		text=True).stdout.splitlines() if " U " not in line}
	assert "main" in names
	has = {k for k, v in links[program].items() if v == "STATIC_LINK"}
	real = {k for k, v in inside.items() if v in names}
	assert has == real, (program, has ^ real)
assert {"gmp", "mpfr", "sqlite", "pcre2", "libxml2", "jansson",
	"intel-decimal", "nettle", "libsodium", "utf8proc", "minizip"} <= set(
	links["./bin/shokan"])
optional = {packages[r["spdxElementId"]]["name"]
	for r in bill["relationships"]
	if r["relationshipType"] == "OPTIONAL_DEPENDENCY_OF"}
assert optional == {"libmicrohttpd", "libxlsxwriter"}, optional
assert packages["SPDXRef-Package-gmp"]["licenseDeclared"].startswith("LGPL-3")
END
else
	echo "without python3-jsonschema: the bill of materials was not read"
fi

tarball() # FOLDER: as it is with the rest of the environment
{
	cpack --config "$BUILD/CPackSourceConfig.cmake" -B "$1" \
		>"$work/out" 2>"$work/err" || fail "cpack of the source"
}
(umask 022; tarball "$work/one")
(umask 077; export TZ=Asia/Tokyo LC_ALL=C; tarball "$work/two")
one=$(ls "$work"/one/shokan-*.tar.gz) two=$(ls "$work"/two/shokan-*.tar.gz)
said="cpack of the source"
[ -s "$one" ] && cmp -s "$one" "$two" && ok || fail "two tarballs differ"
same "one folder on top" "$(basename "$one" .tar.gz)" \
	"$(tar tzf "$one" | cut -d/ -f1 | sort -u)"
if git -c safe.directory='*' -C "$SOURCE" rev-parse HEAD >/dev/null 2>&1; then
	same "what git tracks" "" "$(diff <(tar tzf "$one" | cut -d/ -f2- |
		LC_ALL=C sort) <({ echo .source-date; git -c safe.directory='*' \
		-C "$SOURCE" ls-files; } | LC_ALL=C sort))"
fi
same "no owner, no time of its own" "" "$(TZ=UTC tar tzvf "$one" |
	grep -v ' 0/0 .* 2023-11-14 22:13 ')"
finish
