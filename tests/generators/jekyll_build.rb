# Builds Jekyll sites and prints what stands in each `_site`: one JSON object a site, in the order asked for.
# Input: a JSON list of [folder, site time in seconds, plugins]. The folder is the site's, `_config.yml` lies in it; it is
# changed: a file at which Jekyll stops is proven to stop a build by itself, noted, and taken away.
# Markdown is left as it is (what it would become is not the question); everything else is Jekyll's own build.
require "json"
require "tmpdir"
require "jekyll"

PLUGINS = %w(
  jekyll-redirect-from jekyll-optional-front-matter jekyll-readme-index jekyll-titles-from-headings
  jekyll-relative-links jekyll-default-layout
).freeze
GENERATORS = {
  "JekyllRedirectFrom" => "jekyll-redirect-from", "JekyllOptionalFrontMatter" => "jekyll-optional-front-matter",
  "JekyllReadmeIndex" => "jekyll-readme-index", "JekyllTitlesFromHeadings" => "jekyll-titles-from-headings",
  "JekyllRelativeLinks" => "jekyll-relative-links", "JekyllDefaultLayout" => "jekyll-default-layout",
}.freeze

sites = JSON.parse($stdin.read)
(sites.flat_map(&:last).uniq & PLUGINS).each { |plugin| require plugin }
Jekyll.logger.log_level = :error
Jekyll.logger.adjust_verbosity(:quiet => true)

$stops = {}
$note = false
$markdown = false

module NoteWhatStops
  def read(*args, **opts)
    super
  rescue StandardError => e
    raise unless $note

    $stops[path] = e.class.name
    self.content = nil
  end
end
Jekyll::Document.prepend(NoteWhatStops)

module NotePagesThatStop
  def read_yaml(*args)
    super
  rescue StandardError => e
    raise unless $note

    $stops[site.in_source_dir(relative_path)] = e.class.name
    self.data = { "published" => false }
    self.content = ""
  end
end
Jekyll::Page.prepend(NotePagesThatStop)

module AsItIs
  def convert(content)
    $markdown ? super : content
  end
end
Jekyll::Converters::Markdown.prepend(AsItIs)

module TitlesNeedMarkdown
  def generate
    $markdown, before = true, $markdown
    super
  ensure
    $markdown = before
  end
end
Jekyll::Site.prepend(TitlesNeedMarkdown)

def site_of(folder, now, plugins)
  ENV["TZ"] = "UTC"
  Jekyll::Utils.instance_variable_set(:@parse_date_cache, nil)
  Jekyll::StaticFile.reset_cache
  own = YAML.safe_load(File.read(File.join(folder, "_config.yml")), :permitted_classes => [Date, Time]) || {}
  Dir.chdir(folder)
  config = Jekyll.configuration(
    "config" => File.join(folder, "_config.yml"), "source" => File.join(folder, own["source"] || ""), "destination" => File.join(folder, "_site"),
    "quiet" => true, "disable_disk_cache" => true,
    "time" => Time.at(now).utc.to_s, "incremental" => false
  )
  config["plugins"] = []
  config.delete("theme")
  site = Jekyll::Site.new(config)
  site.generators.select! { |each| plugins.include?(GENERATORS.fetch(each.class.name[/\A\w+/], "none")) }
  site
end

# What stops at once, and what stops when its address is asked for.
def stopping(folder, now, plugins)
  $stops = {}
  $note = true
  site = site_of(folder, now, plugins)
  site.reset
  site.read
  site.each_site_file do |item|
    next if $stops.key?(item.path)

    begin
      item.destination(site.dest)
      next if item.is_a?(Jekyll::StaticFile) || item.content.nil? || item.content.valid_encoding?
      raise ArgumentError, "not UTF-8" if site.find_converter_instance(Jekyll::Converters::Markdown).matches(item.extname)
    rescue StandardError => e
      $stops[item.respond_to?(:relative_path) ? site.in_source_dir(item.path) : item.path] = e.class.name
    end
  end
  $stops
ensure
  $note = false
end

# Whether a site of this file alone is built at all.
def stops_alone?(folder, path, now)
  Dir.mktmpdir do |other|
    other = File.realpath(other)
    relative = path.delete_prefix("#{folder}/")
    FileUtils.mkdir_p(File.join(other, File.dirname(relative)))
    FileUtils.cp(path, File.join(other, relative), :preserve => true)
    FileUtils.cp(File.join(folder, "_config.yml"), other)
    $markdown = true
    site_of(other, now, []).process
    false
  rescue StandardError, SystemExit
    true
  ensure
    $markdown = false
    Dir.chdir(folder)
  end
end

def text(value)
  value.to_s.dup.force_encoding("UTF-8").scrub
end

# As templates print it.
def title(item)
  found = item.is_a?(Jekyll::Document) ? item.data["title"] : item.to_liquid["title"]
  text(found.is_a?(Array) ? found.join : found)
end

def known(item)
  found = { "title" => title(item) }
  return found unless item.is_a?(Jekyll::Document)

  found["date"] = [item.date.to_i, item.date.utc_offset] if item.date.respond_to?(:utc_offset)
  %w(categories tags).each { |key| found[key] = Array(item.data[key]).map { |term| text(term) } }
  found
end

answers = sites.map do |folder, now, plugins|
  folder = File.realpath(folder)
  alone = {}
  until (stops = stopping(folder, now, plugins)).empty? # with `limit_posts` others come in their stead
    stops.each_key do |path|
      alone[path.delete_prefix("#{folder}/")] = stops_alone?(folder, path, now)
      File.delete(path)
    end
  end
  site = site_of(folder, now, plugins)
  site.process
  items = {}
  site.each_site_file do |item|
    next if defined?(JekyllRedirectFrom) && item.is_a?(JekyllRedirectFrom::RedirectPage)
    path = item.is_a?(Jekyll::StaticFile) ? item.path : site.in_source_dir(item.is_a?(Jekyll::Document) ? item.path : item.relative_path)
    (items[path.delete_prefix("#{folder}/")] ||= []) << {
      "kind" => item.class.name.split("::").last, "file" => item.destination(site.dest).delete_prefix("#{site.dest}/"),
      "url" => text(Addressable::URI.unencode(item.url)), "ext" => item.is_a?(Jekyll::StaticFile) ? item.extname : item.output_ext,
    }.merge(item.is_a?(Jekyll::StaticFile) ? {} : known(item))
  end
  written = Dir.glob("**/*", File::FNM_DOTMATCH, :base => site.dest).reject { |f| File.directory?(File.join(site.dest, f)) }
  written = written.to_h { |file| [text(file), text(File.read(File.join(site.dest, file)))] }
  { "stops" => alone, "items" => items, "written" => written }
end
puts JSON.generate(answers)
