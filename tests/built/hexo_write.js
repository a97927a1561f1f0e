// Writes the pages and files of Hexo sites as Hexo makes them, without a theme: a page is its content.
// Input: a JSON list of [folder of the site, folder to write to, tags of the site's plugins and whether they have an
// end]. Those with an end show what stands before it as Markdown, the others nothing. Answer, one a site: `sources`
// (address of each page to its source), `stops` ([source, name] of each tag that names nothing that is there; Hexo would
// stop at a post_link) and `failed` (sources that cannot be rendered).
'use strict';
const fs = require('fs');
const path = require('path');
const Hexo = require('hexo');

const NAMING = ['post_link', 'post_path', 'asset_link', 'asset_path', 'asset_img'];

const write = (target, place, text) => {
  let file = place.replace(/^\/+/, '');
  if (!file || file.endsWith('/')) file += 'index.html';
  fs.mkdirSync(path.join(target, path.dirname(file)), { recursive: true });
  fs.writeFileSync(path.join(target, file), text);
  return `/${file}`;
};

const watch = (hexo, stops) => {
  for (const name of NAMING) {
    const tag = require(`hexo/dist/plugins/tag/${name}`)(hexo);
    hexo.extend.tag.register(name, function(args) {
      const named = String(args.find(each => name !== 'asset_img' || each.includes('.')) || args[0]).split('#')[0];
      let made;
      try {
        made = tag.call(this, args);
      } catch (error) {
        if (!/Post not found/.test(error.message)) throw error;
      }
      if (made === undefined || made === '') stops.push([this.source, named]);
      return made === undefined ? '' : made;
    });
  }
};

const build = async([root, target, own]) => {
  const hexo = new Hexo(root, { silent: true });
  const stops = [];
  await hexo.init();
  watch(hexo, stops);
  const show = (args, content) => hexo.render.renderSync({ text: content, engine: 'markdown' });
  for (const [name, ends] of Object.entries(own)) hexo.extend.tag.register(name, ends ? show : () => '', { ends });
  await hexo.source.process();
  hexo.locals.invalidate();
  const sources = {};
  const failed = [];
  const shown = [...hexo.locals.get('posts').toArray(), ...hexo.locals.get('pages').toArray()];
  for (const item of shown) {
    item.content = item._content;
    const made = await hexo.post.render(item.full_source, item).then(() => true, () => false);
    if (!made) {
      failed.push(item.source);
      continue;
    }
    const head = `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>\n`;
    sources[write(target, hexo.route.format(item.path), `${head}${item.content}\n</body></html>\n`)] = item.source;
  }
  for (const name of ['Asset', 'PostAsset']) {
    for (const asset of hexo.model(name).toArray()) {
      if (name === 'PostAsset' && !asset.path) continue;
      const rendered = asset.renderable && hexo.render.isRenderable(asset.path);
      const file = rendered ? asset.path.replace(/\.[^./]*$/, `.${hexo.render.getOutput(asset.path)}`) : asset.path;
      const text = /\.html?$/.test(file) && !rendered ? fs.readFileSync(asset.source) : '';
      write(target, hexo.route.format(file), text);
    }
  }
  await hexo.exit();
  return { sources, stops, failed };
};

(async() => {
  const input = [];
  for await (const chunk of process.stdin) input.push(chunk);
  const answers = [];
  for (const site of JSON.parse(Buffer.concat(input).toString())) answers.push(await build(site));
  process.stdout.write(JSON.stringify(answers));
})();
