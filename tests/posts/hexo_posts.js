// What Hexo knows of a site's posts once they are rendered: the site's folder as argument, JSON on stdout.
'use strict';
const Hexo = require('hexo');

const read = async root => {
  const hexo = new Hexo(root, { silent: true });
  await hexo.init();
  await hexo.load();
  const posts = {};
  for (const post of hexo.locals.get('posts').toArray()) {
    const terms = list => list.toArray().map(term => term.name);
    const { title, excerpt, content, path } = post;
    posts[title] = { excerpt, content, path, categories: terms(post.categories), tags: terms(post.tags) };
  }
  return posts;
};

read(process.argv[2]).then(posts => console.log(JSON.stringify(posts)));
