# Renders texts with kramdown and prints the ids in each: [ids of headings in order, ids and names of anything, sorted].
# Input: a JSON list of [text, options of kramdown].
require "json"
require "kramdown"
require "kramdown-parser-gfm"
Encoding.default_external = "utf-8"
Encoding.default_internal = "utf-8"

answers = JSON.parse($stdin.read).map do |text, options|
  html = Kramdown::Document.new(text, options.transform_keys(&:to_sym)).to_html
  # Of what stands in comments and code, nothing is an id.
  html = html.gsub(/<!--.*?-->/m, "")
  headings = html.scan(/<h[1-6]\b[^>]*?\sid="([^"]*)"/).flatten
  all = html.scan(/<[a-zA-Z][^>]*>/).flat_map { |tag| tag.scan(/\s(?:id|name)="([^"]*)"/) }.flatten
  [headings, all.uniq.sort]
end
puts JSON.generate(answers)
