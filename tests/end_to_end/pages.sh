#!/usr/bin/env bash
# pages.sh - the published pages are valid HTML and break no accessibility rule a machine can see.
#
# Pages of made-up results (hostile names, hidden figures, provisional windows) are checked by
# html-validate, and in Chromium by axe-core (WCAG 2.2 A and AA, best practices) on a wide screen
# and at 320 pixels, where nothing may scroll sideways and no narrow or wide chart may be cut off.
# A page broken on purpose shows that the checks see something. Needs tests/node_modules and
# chromium (make deps); without them it fails, it does not skip.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

passed=0 failed=0
good() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "FAILED $1"; }

axe=tests/node_modules/axe-core/axe.min.js
validate=tests/node_modules/.bin/html-validate
browser=$(command -v chromium || command -v chromium-headless-shell || true)
for needed in "$axe" "$validate" "$browser"; do
  if [ -z "$needed" ] || [ ! -e "$needed" ]; then
    echo "FAILED page checks are not installed (${needed:-chromium}); run: make deps"
    exit 1
  fi
done

folder=build/test/pages
rm -rf "$folder"
mkdir -p "$folder"
database=$folder/results.db
bash tests/support/publication.sh "$database"
report() { lua5.4 "reports/$1.lua" --db "$database" --out "$folder" --quiet "${@:2}"; }
report area --area E23000003 --window 2008-07-01
report area --area E23000001 --window 2009-01-01
report area --area E23000005 --window 2008-07-01
report subcohort --subcohort class_a --window 2008-07-01
# With predictions, and the page on the models.
sqlite3 -bail "$database" <tests/support/model.sql
report model
report area --area E23000002 --window 2008-07-01
# The internal page, of the hand-made extracts; written apart, as it must be.
{
  lua5.4 lua/bin/reoffend init "$folder/hand.db"
  lua5.4 lua/bin/reoffend load -q "$folder/hand.db" samples/hand
  lua5.4 lua/bin/reoffend build "$folder/hand.db"
} >"$folder/said"
lua5.4 reports/quality.lua --db "$folder/hand.db" --out "$folder/internal" --quiet
cp "$folder"/internal/*.html "$folder"

# with_axe PAGE COPY: the page with a script that tells its parent what it finds.
with_axe() {
  {
    cat "$1"
    echo '<script>'
    cat "$axe"
    echo '</script><script>
      const cut = [...document.querySelectorAll("svg.chart")].filter(chart => {
        const box = chart.getBoundingClientRect();
        return box.width > 0 && (box.left < -1 || box.right > innerWidth + 1);
      }).length;
      const tell = lines => parent.postMessage(
        lines.map(line => name + " " + line).join("\n"), "*");
      const size = "wide " + (document.documentElement.scrollWidth - innerWidth) + " cut " + cut;
      axe.run(document, { resultTypes: ["violations"] }).then(
        found => tell([size, "rules " + found.passes.length, ...found.violations.map(
          rule => "broken " + rule.id + ": " + rule.nodes[0].html.slice(0, 120))]),
        error => tell(["broken axe: " + error]));
    </script>'
  } >"$2"
}

# One visit of the browser: each page in a frame of each width. Lines of the answer: the frame
# (page@width), then `wide N cut N` (pixels beyond the frame, charts cut off), `rules N` and
# `broken RULE`.
inspect() { # PAGE...
  local page width copy frames='' count=0 profile
  for page in "$@"; do
    copy=$folder/with-axe-$(basename "$page")
    with_axe "$page" "$copy"
    for width in 1000 320; do
      frames+="<iframe name=\"$(basename "$page" .html)@$width\" title=\"page\""
      frames+=" width=\"$width\""
      frames+=" height=\"900\" style=\"border:0\" src=\"$(basename "$copy")\"></iframe>"
      count=$((count + 1))
    done
  done
  cat >"$folder/visit.html" <<HTML
<!DOCTYPE html><html lang="en"><title>visit</title><body><script>
  let missing = $count;
  const lines = [];
  addEventListener("message", event => {
    lines.push(event.data);
    if (--missing === 0) {
      const report = document.createElement("pre");
      report.textContent = "\nREPORT\n" + lines.join("\n") + "\nEND\n";
      document.body.replaceChildren(report);
    }
  });
</script>$frames</body></html>
HTML
  profile=$(mktemp -d)
  "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars \
    --user-data-dir="$profile" --virtual-time-budget=120000 --window-size=1100,900 --dump-dom \
    "file://$PWD/$folder/visit.html" 2>/dev/null | sed -n '/^REPORT$/,/^END$/p'
  rm -rf "$profile"
}

valid() {
  "$validate" --config tests/end_to_end/htmlvalidate.json "$@" >"$folder/validate.log" 2>&1
}

check_page() { # PAGE, answers in $found
  local name width answer
  name=$(basename "$1" .html)
  for width in 1000 320; do
    answer=$(sed -n "s/^$name@$width //p" <<<"$found")
    if ! grep -q "^rules [1-9]" <<<"$answer"; then
      bad "$name at $width: the browser gave no answer: $answer"
    elif grep -q "^broken" <<<"$answer"; then
      bad "$name at $width: $(grep "^broken" <<<"$answer")"
    elif ! grep -qx "wide 0 cut 0" <<<"$answer"; then
      bad "$name at $width: does not fit: $(tr '\n' ' ' <<<"$answer")"
    else
      good
    fi
  done
}

# A page with faults, to show that the checks see them: no language, no contrast, too wide.
pages=("$folder"/*.html)
sed -e 's/<html lang="en-GB">/<html>/' -e 's/color:#1a1a1a/color:#cccccc/' \
  -e 's/<main id="main">/<main id="main"><p style="width:60rem">wide<\/p>/' \
  "$folder/area-E23000003-2008-07-01.html" >"$folder/broken.html"
found=$(inspect "${pages[@]}" "$folder/broken.html")

for page in "${pages[@]}"; do check_page "$page"; done
if valid "${pages[@]}"; then good; else bad "not valid HTML: $(head -60 "$folder/validate.log")"; fi
for fault in "broken html-has-lang" "broken color-contrast" "wide [1-9]"; do
  if grep -q "^broken@320 $fault" <<<"$found"; then good; else bad "not noticed: $fault"; fi
done
if valid "$folder/broken.html"; then bad "html-validate sees no fault"; else good; fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
