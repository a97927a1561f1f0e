// What Hexo makes of each post and page: a JSON object of path to HTML a site, without a theme.
// Input: a JSON list of folders. Hexo renders each page by itself, so that those which are the same in all folders are
// left out.
'use strict';
const fs = require('fs');
const path = require('path');
const Hexo = require('hexo');

const read = async(root, roots) => {
  const hexo = new Hexo(root, { silent: true });
  await hexo.init();
  await hexo.source.process();
  const pages = {};
  for (const item of [...hexo.model('Post').toArray(), ...hexo.model('Page').toArray()]) {
    const texts = roots.map(other => fs.readFileSync(path.join(other, hexo.config.source_dir, item.source), 'utf8'));
    if (texts.every(text => text === texts[0])) {
      pages[item.source] = '';
      continue;
    }
    const { content } = await hexo.post.render(item.full_source, { content: item._content, source: item.source });
    pages[item.source] = content;
  }
  await hexo.exit();
  return pages;
};

(async() => {
  const input = [];
  for await (const chunk of process.stdin) input.push(chunk);
  const answers = [];
  const roots = JSON.parse(Buffer.concat(input).toString());
  for (const root of roots) answers.push(await read(root, roots));
  process.stdout.write(JSON.stringify(answers));
})();
