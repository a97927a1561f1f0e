// Builds each folder named on standard input with Eleventy, writing nothing, and says what became of each input file:
// [{"pages": {inputPath: [{"url", "date", "title", "tags"}]}} or {"stops": message}].
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import path from "node:path";

const require = createRequire(process.argv[2] + "/");
const found = path.join(path.dirname(require.resolve("@11ty/eleventy")), "Eleventy.js");
const { Eleventy } = await import(pathToFileURL(found).href);
const answers = [];
console.log = console.error = console.warn = () => {};
for (const root of JSON.parse(readFileSync(0, "utf8"))) {
  process.chdir(root);
  const pages = {};
  try {
    const eleventy = new Eleventy(undefined, undefined, {
      quietMode: true,
      config(config) {
        config.addCollection("everything", (api) => {
          for (const item of api.getAll()) {
            const { title, tags } = item.data;
            const date = item.date instanceof Date ? item.date.getTime() / 1000 : null;
            (pages[item.inputPath] ??= []).push({ url: item.url, date, title: title ?? null, tags: tags ?? [] });
          }
          return [];
        });
      },
    });
    eleventy.disableLogger();
    await eleventy.toJSON();
    answers.push({ pages });
  } catch (error) {
    answers.push({ stops: String(error) + String(error?.cause ?? error?.originalError ?? "") });
  }
}
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
