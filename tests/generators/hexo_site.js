// What Hexo's own reader knows of sites: folders with their machine zones, and whether posts and pages are to be rendered,
// as JSON on stdin; one answer a site on stdout. The sites are read in one process, so the machine's zone is set anew for
// each.
'use strict';
const Hexo = require('hexo');
const { stripVTControlCharacters } = require('util');

const guarded = work => {
  try {
    return work();
  } catch (error) {
    return { stops: String(error.message) };
  }
};

const known = (hexo, item, terms) => ({
  source: item.source,
  path: guarded(() => hexo.route.format(item.path)),
  permalink: guarded(() => item.permalink),
  title: item.title,
  slug: item.slug,
  date: item.date ? item.date.valueOf() / 1000 : null,
  updated: item.updated ? item.updated.valueOf() / 1000 : null,
  lang: item.lang,
  layout: item.layout,
  ...terms
});

const terms = item => ({
  categories: item.categories.map(term => [term.name, term.path]),
  tags: item.tags.map(term => [term.name, term.path])
});

const read = async([root, zone, wanted]) => {
  process.env.TZ = zone;
  const hexo = new Hexo(root, { silent: true });
  const failed = {};
  hexo.log.error = ({ err }, _, path) => { failed[stripVTControlCharacters(String(path))] = String(err && err.message); };
  await hexo.init();
  await hexo.source.process();
  hexo.locals.invalidate();
  const posts = hexo.locals.get('posts').map(post => known(hexo, post, terms(post)));
  const pages = hexo.locals.get('pages').map(page => known(hexo, page, {}));
  const assets = await Promise.all(['Asset', 'PostAsset'].map(name => hexo.model(name).toArray()));
  const files = {};
  for (const asset of assets.flat()) {
    const output = asset.renderable && hexo.render.isRenderable(asset.path) ? hexo.render.getOutput(asset.path) : '';
    files[asset._id] = guarded(() => hexo.route.format(output ? asset.path.replace(/\.[^./]*$/, `.${output}`) : asset.path));
  }
  const rendered = {};
  for (const item of wanted ? [...hexo.model('Post').toArray(), ...hexo.model('Page').toArray()] : []) {
    const data = { content: item._content, engine: 'md' };
    // A tag that the site's own scripts would make known stops it: such a page has no HTML here.
    rendered[item.source] = /\.(md|markdown)$/.test(item.source)
      ? await hexo.post.render(item.full_source, data).then(() => data.content, () => null)
      : null;
  }
  return { posts, pages, files, failed, rendered };
};

let input = '';
process.stdin.on('data', data => { input += data; }).on('end', async() => {
  const answers = [];
  for (const site of JSON.parse(input)) answers.push(await read(site));
  process.stdout.write(JSON.stringify(answers));
});
