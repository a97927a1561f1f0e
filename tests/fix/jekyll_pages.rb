# Builds Jekyll sites and prints what each source file becomes: a JSON object of path to HTML a site, without layouts.
# Input: a JSON list of folders. Themes and plugins are left out, and so are the tags that plugins bring.
require "json"
require "jekyll"

Jekyll.logger.log_level = :error
Jekyll.logger.adjust_verbosity(:quiet => true)
%w(avatar feed_meta seo).each { |tag| Liquid::Template.register_tag(tag, Class.new(Liquid::Tag)) }
now = "2026-01-01 00:00:00 +0000"

answers = JSON.parse($stdin.read).map do |folder|
  Jekyll::Utils.instance_variable_set(:@parse_date_cache, nil)
  Jekyll::StaticFile.reset_cache
  Dir.chdir(folder)
  config = Jekyll.configuration(
    "source" => folder, "destination" => File.join(folder, "_site"), "quiet" => true, "disable_disk_cache" => true,
    "time" => now, "incremental" => false, "future" => true
  )
  config["plugins"] = []
  config.delete("theme")
  site = Jekyll::Site.new(config)
  site.reset
  site.read
  site.generate
  site.layouts.clear
  site.render
  (site.documents + site.pages).to_h { |item| [item.relative_path, item.output.to_s] }
end
puts JSON.generate(answers)
