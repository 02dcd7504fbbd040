-- HTML is escaped, stable and valid UTF-8.
local html = require "reoffend.html"

local h = html.elements
local tests = {}

function tests.text_and_attributes_are_escaped(check)
  check.equal(html.render(h.span{ title = [["><script>'&]], "<b>&" }),
    "<span title=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">&lt;b&gt;&amp;</span>")
end

function tests.attributes_are_sorted(check)
  check.equal(html.render(h.i{ c = "3", a = "1", b = true, d = false }),
    "<i a=\"1\" b c=\"3\"></i>")
end

function tests.content_may_have_gaps_and_lists(check)
  check.equal(html.render(h.i{ "a", nil, false, { "b", h.b{ "c" } }, 4, 1.50 }),
    "<i>ab<b>c</b>41.5</i>")
end

function tests.raw_is_not_escaped(check)
  check.equal(html.render(h.i{ html.raw("<b>") }), "<i><b></i>")
end

function tests.bytes_that_are_no_text_are_replaced(check)
  check.equal(html.clean("a\xffb\0c\27d"), "a\u{fffd}b\u{fffd}c\u{fffd}d")
  check.equal(html.clean("caf\u{e9} \u{2013} \t\n"), "caf\u{e9} \u{2013} \t\n")
  check.equal(utf8.len(html.clean("\xc3\x28\xe2\x82\xf0")) ~= nil, true)
end

function tests.functions_are_refused(check)
  check.raises(function() return h.i{ print } end, "cannot hold a function")
end

return tests
