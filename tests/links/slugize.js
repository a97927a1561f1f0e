// Slugs that hexo-util makes: texts as JSON on stdin, for each the three cases of its letters.
'use strict';
const { slugize } = require('hexo-util');

let input = '';
process.stdin.on('data', data => { input += data; }).on('end', () => {
  const made = JSON.parse(input).map(text => [0, 1, 2].map(transform => slugize(text, { transform })));
  process.stdout.write(JSON.stringify(made));
});
