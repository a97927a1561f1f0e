# Reads JSON lines {"id", "text", "options"} and prints for each what kramdown made of it, as one JSON line.
require "json"
require "kramdown"
require "kramdown/parser/gfm"

# An escaped "<" is meant to be seen: keep it apart from tags that kramdown failed to read.
module MarkEscapes
  def parse_escaped_chars
    @src.pos += @src.matched_size
    add_text(@src[1] == "<" ? "\u0002" : @src[1])
  end
end
Kramdown::Parser::Kramdown.prepend(MarkEscapes)

# kramdown also warns of what it finds while it tries a reading that it then gives up. Keep those warnings apart.
module Tentative
  def parse_emphasis
    # Two delimiters that end up as an emphasis have been tried as strong before.
    try_reading(@src.check(/\*\*|__/) ? %i[strong] : %i[em]) { super }
  end

  def parse_link
    try_reading(%i[a img]) { super }
  end

  def parse_table
    count = @warnings.size
    result = super
    keep(count) { |warning| warning.start_with?("Found table") }
    result
  end

  private

  def try_reading(types)
    count = @warnings.size
    last = @tree.children.last
    result = yield
    now = @tree.children.last
    unless types.include?(now&.type) && !now.equal?(last)
      own = @warnings.last
      keep(count) { |warning| warning.equal?(own) && warning.start_with?("No link definition") }
    end
    result
  end

  def keep(count, &block)
    kept, dropped = @warnings.slice!(count..).partition(&block)
    @warnings.concat(kept)
    (Thread.current[:tentative] ||= []).concat(dropped)
  end
end
Kramdown::Parser::Kramdown.prepend(Tentative)

MARK = "\u0001"
QUOTES = {lsquo: "'", rsquo: "'", ldquo: '"', rdquo: '"'}.freeze
SYMBOLS = {mdash: "---", ndash: "--", hellip: "...", raquo: ">>", raquo_space: " >>"}.freeze

class Walk
  attr_reader :texts, :elements, :links, :headings, :code

  def initialize
    @texts, @elements, @links, @headings = [], [], [], []
    @code = {"span" => [], "block" => [], "math" => []}
    @notes = {}
  end

  # The text that a reader sees, with a mark where something else stands.
  def inline(node)
    node.children.map { |child| piece(child) }.join
  end

  def piece(node)
    case node.type
    when :text then node.value
    when :raw_text then node.value
    # As it is written: an entity for "<" is no tag, and one for a quote ends no attribute.
    when :entity then node.options[:original] || "&"
    when :smart_quote then QUOTES.fetch(node.value, "'")
    when :typographic_sym then SYMBOLS.fetch(node.value, MARK)
    when :br then "\n"
    when :em then "*#{inline(node)}*"
    when :strong then "**#{inline(node)}**"
    when :codespan
      @code["span"] << node.value
      MARK
    when :math
      @code["math"] << node.value
      MARK
    when :a
      @links << ["a", node.attr["href"]]
      text = inline(node)
      text.include?("<") && "mailto:#{text}".end_with?(node.attr["href"]) ? MARK : "#{MARK}#{text}#{MARK}"
    when :img
      @links << ["img", node.attr["src"]]
      MARK
    when :html_element
      element(node)
      MARK
    when :footnote
      unless @notes[node.options[:name]]
        @notes[node.options[:name]] = true
        walk(node.value)
      end
      MARK
    when :p, :blockquote, :ul, :ol, :li, :dl, :dt, :dd, :table, :thead, :tbody, :tfoot, :tr, :td, :header,
         :codeblock, :root
      walk(node)
      MARK
    else
      MARK
    end
  end

  def element(node)
    struck = node.value == "del" && node.options.key?(:line)
    box = node.value == "input" && node.attr["class"] == "task-list-item-checkbox"
    @elements << [node.value.downcase, node.options[:category] == :block] unless struck || box
    @texts << inline(node)
  end

  def walk(node)
    case node.type
    when :codeblock then @code["block"] << node.value
    when :math then @code["math"] << node.value
    when :header then @headings << [node.options[:level], node.attr["id"]]
    end
    @texts << inline(node) unless node.children.empty?
  end
end

$stdin.each_line do |line|
  job = JSON.parse(line)
  options = {input: "GFM", auto_ids: false, hard_wrap: false}
  job.fetch("options", {}).each { |key, value| options[key.to_sym] = value }
  Thread.current[:tentative] = []
  begin
    document = Kramdown::Document.new(job["text"], options)
    walk = Walk.new
    walk.walk(document.root)
    answer = {id: job["id"], warnings: document.warnings, tentative: Thread.current[:tentative],
              texts: walk.texts, elements: walk.elements, links: walk.links, headings: walk.headings, code: walk.code}
    answer[:html] = document.to_html if job["html"]
  rescue StandardError, SystemStackError => e
    answer = {id: job["id"], error: "#{e.class}: #{e.message}"[0, 300]}
  end
  puts JSON.generate(answer)
  $stdout.flush
end
