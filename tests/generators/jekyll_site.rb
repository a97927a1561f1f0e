# Reads Jekyll sites and prints what Jekyll knows of each file: one JSON object a site, in the order asked for.
# Input: a JSON list of [source folder, site time in seconds]. A file at which Jekyll would stop is noted instead.
require "json"
require "jekyll"

Jekyll.logger.log_level = :error
Jekyll.logger.adjust_verbosity(:quiet => true)

module NoteWhatStops
  def read(*args, **opts)
    super
  rescue Jekyll::Errors::FatalException, RangeError => e
    ($stops ||= {})[relative_path] = e.class.name
    self.content = nil
  end
end
Jekyll::Document.prepend(NoteWhatStops)

module NotePagesThatStop
  def read_yaml(*args)
    super
  rescue Jekyll::Errors::FatalException => e
    ($stops ||= {})[relative_path] = e.class.name
    self.data = { "published" => false }
    self.content = ""
  end
end
Jekyll::Page.prepend(NotePagesThatStop)

def address(thing)
  Addressable::URI.unencode(thing.url)
rescue StandardError => e
  "stops: #{e.class}"
end

sites = JSON.parse($stdin.read).map do |source, now|
  $stops = {}
  ENV["TZ"] = "UTC"
  Jekyll::Utils.instance_variable_set(:@parse_date_cache, nil)
  config = Jekyll.configuration("source" => source, "destination" => File.join(source, "_site"), "quiet" => true,
                                "disable_disk_cache" => true, "time" => Time.at(now).utc.to_s, "incremental" => false)
  config["plugins"] = [] # they are not installed, and what they add is not compared
  config.delete("theme")
  site = Jekyll::Site.new(config)
  site.reset
  site.read
  found = {}
  site.collections.each_value do |collection|
    collection.docs.each do |doc|
      next if $stops.key?(doc.relative_path)

      date = doc.date if doc.write? # as the builder asks for it
      found[doc.relative_path] = {
        "kind" => "document", "written" => doc.write?, "url" => address(doc), "title" => doc.data["title"].to_s,
        "date" => date.respond_to?(:utc_offset) ? [date.to_i, date.utc_offset] : nil,
        "categories" => Array(doc.data["categories"]).map(&:to_s), "tags" => Array(doc.data["tags"]).map(&:to_s),
      }
    end
  end
  site.pages.each do |page|
    next if $stops.key?(page.relative_path)

    found[page.relative_path] = {
      "kind" => "page", "written" => true, "url" => address(page), "title" => page.to_liquid["title"].to_s,
    }
  end
  site.static_files.each do |file|
    path = file.relative_path.delete_prefix("/")
    found[path] = { "kind" => "static", "written" => file.write?, "url" => Addressable::URI.unencode(file.url) }
  end
  { "found" => found, "stops" => $stops }
end
puts JSON.generate(sites)
