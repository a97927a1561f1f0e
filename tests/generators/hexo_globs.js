// What micromatch, as Hexo has it, says of paths: pairs of a pattern and a path as JSON on stdin, an answer each on stdout.
'use strict';
const path = require('path');
const micromatch = require(require.resolve('micromatch', { paths: [path.dirname(require.resolve('hexo/package.json'))] }));

let input = '';
process.stdin.on('data', data => { input += data; }).on('end', () => {
  process.stdout.write(JSON.stringify(JSON.parse(input).map(([pattern, name]) => micromatch.isMatch(name, pattern))));
});
