# Reads date values as Jekyll does. Input: a JSON list of [zone, YAML text of the value].
# Output for each: [seconds since 1970, offset] or a string: why there is none.
require "json"
require "jekyll"

answers = JSON.parse($stdin.read).map do |zone, yaml|
  ENV["TZ"] = zone
  begin
    value = Jekyll::Utils.safe_load_yaml("date: #{yaml}\n")["date"]
    time = Time.parse(value.to_s, Time.at(1_600_000_000)).localtime
    [time.to_i, time.utc_offset]
  rescue StandardError => e
    e.class.name
  end
end
puts JSON.generate(answers)
