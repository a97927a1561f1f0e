# Builds Jekyll sites as `jekyll build` does. Input: a JSON list of [source folder, folder for the pages, time in seconds].
# Output, a JSON object for each: "stops", the [page, name] of every `link` and `post_url` tag that names nothing;
# "included", what includes print on each page.
# At such a tag Jekyll stops. Here an address that leads nowhere stands in its place, so that the rest can be compared;
# that it stops is noted, and proven in tests/links. Themes are left out, and so are plugins and their tags where they are
# not installed.
require "json"
require "jekyll"

INSTALLED = %w(jekyll-redirect-from jekyll-relative-links).select do |plugin|
  require plugin
  true
rescue LoadError
  false
end.freeze
Jekyll.logger.log_level = :error
Jekyll.logger.adjust_verbosity(:quiet => true)
%w(avatar feed_meta seo render_time translation_status).each do |tag|
  Liquid::Template.register_tag(tag, Class.new(Liquid::Tag))
end

module Nowhere
  def initialize(tag, markup, options)
    @named = markup.strip
    super
  rescue Jekyll::Errors::PostURLError # a name that is none of a post's stops it while it reads
    @dead = true
  end

  def render(context)
    raise ArgumentError if @dead

    super
  rescue ArgumentError, Jekyll::Errors::PostURLError
    page = context.registers[:page]
    $stops << [page["path"] || page[:path], @named]
    "#{context.registers[:site].config["baseurl"]}/-nowhere-/#{@named}"
  end
end
Jekyll::Tags::Link.prepend(Nowhere)
Jekyll::Tags::PostUrl.prepend(Nowhere)

module Included
  def render(context)
    super.tap do |output|
      page = context.registers[:page]
      ($included[page["path"] || page[:path]] ||= +"") << output.to_s
    end
  end
end
Jekyll::Tags::IncludeTag.prepend(Included)
Jekyll::Tags::OptimizedIncludeTag.prepend(Included)

answers = JSON.parse($stdin.read).map do |source, destination, now|
  $stops = []
  $included = {}
  ENV["TZ"] = "UTC"
  Jekyll::Utils.instance_variable_set(:@parse_date_cache, nil)
  Jekyll::StaticFile.reset_cache
  Dir.chdir(source)
  config = Jekyll.configuration(
    "source" => source, "destination" => destination, "quiet" => true, "disable_disk_cache" => true,
    "time" => Time.at(now).utc.to_s, "incremental" => false
  )
  plugins = INSTALLED & Array(config["plugins"])
  config["plugins"] = []
  config.delete("theme")
  site = Jekyll::Site.new(config)
  asked = plugins.map { |plugin| plugin.delete_prefix("jekyll-").tr("-", "") }
  site.generators.select! { |each| asked.include?(each.class.name[/\AJekyll(\w+)/, 1].to_s.downcase) }
  site.process
  { "stops" => $stops, "included" => $included }
end
puts JSON.generate(answers)
