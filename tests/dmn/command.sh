#!/usr/bin/env bash
# shokan dmn eval and check: values in and out, findings with their place.
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.bash"
model=$SOURCE/tests/dmn/example/loan.dmn

run 0 dmn eval "$model" --decision offer --input \
	'{"income": 4000, "applied": "2026-06-01", "debts": [{"monthly": 200}, {"monthly": 300.5}]}'
same "an offer" '{"approved": true, "rate": 0.025, "until": "2026-07-01"}' \
	"$(cat "$work/out")"
run 0 dmn eval "$model" --decision burden --input '{"income": 100}'
same "nothing given is null" null "$(cat "$work/out")"
run 0 dmn eval "$model" --decision "rate of" --input '{"share": 0.5}'
same "a knowledge model by its parameters" 0.06 "$(cat "$work/out")"
run 0 dmn eval "$model" --input '{"income": 4000, "debts": []}'
has out '"burden": 0'
run 2 dmn eval "$model" --decision ofer
has err 'did you mean "offer"'
run 2 dmn eval "$model" --input '{"incme": 1}'
has err 'did you mean "income"'
run 4 dmn eval "$model" --input '[1'
run 2 dmn eval
run 2 dmn tset x
has err 'did you mean dmn test'
run 5 dmn eval "$work/absent.dmn"
run 2 dmn test "$work" --input '{}'

run 0 dmn check "$model"
empty out
sed 's/\[0\.2\.\.0\.4)/[0.1..0.3)/; s/typeRef="number"\/><!-- income -->/\/>/' \
	"$model" >"$work/bad.dmn"
run 1 dmn check "$work/bad.dmn"
has out "gap: no row takes share = 0.3"
has out "overlap: rows 1 and 2 both take share = 0.1"
has out "missing type: this input data has no type"
sed 's/sum(debts.monthly)/sum(debts.monthly) + nonsense/' "$model" \
	>"$work/name.dmn"
run 1 dmn check "$work/name.dmn"
has out 'fault: nothing is called "nonsense" here'

# cases of our own: one right, one wrong, one of a type nobody knows
mkdir "$work/kit"
cp "$model" "$work/kit/loan.dmn"
cat >"$work/kit/loan-test-01.xml" <<'END'
<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<modelName>loan.dmn</modelName>
<testCase id="001">
<inputNode name="income"><value xsi:type="xsd:decimal">100</value></inputNode>
<inputNode name="debts"><list><item><component name="monthly"><value
 xsi:type="xsd:decimal">25</value></component></item></list></inputNode>
<resultNode name="burden"><expected><value
 xsi:type="xsd:decimal">0.25</value></expected></resultNode>
<resultNode name="offer"><expected><value xsi:nil="true"/></expected></resultNode>
</testCase>
<testCase id="002"><resultNode name="burden"><expected><value
 xsi:type="xsd:anyURI">x</value></expected></resultNode></testCase>
</testCases>
END
run 1 dmn test "$work/kit"
has out '"loan-test-01.xml","001","burden","SUCCESS"'
has out '"loan-test-01.xml","001","offer","ERROR"'
has out '"loan-test-01.xml","002","burden","IGNORED"'
has err '3 results: 1 SUCCESS, 1 ERROR, 1 IGNORED'
run 4 dmn test "$SOURCE/tests/golden"

# the model that the cases name and 31 others, and then one more
for number in $(seq 31); do
	echo '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"' \
		"namespace=\"urn:n$number\" name=\"n$number\" id=\"d\"/>" \
		>"$work/kit/other$number.dmn"
done
run 1 dmn test "$work/kit"
has err '3 results: 1 SUCCESS, 1 ERROR, 1 IGNORED'
sed 's/urn:n1"/urn:n32"/' "$work/kit/other1.dmn" >"$work/kit/other32.dmn"
run 1 dmn test "$work/kit"
has err 'more than 32 models in one folder'
finish
