// The values that hexo-front-matter reads: texts as JSON on stdin, for each the type and the text of the key `v`.
'use strict';
process.env.TZ = 'UTC';
const { parse } = require('hexo-front-matter');

const told = value => (value instanceof Date ? ['date', value.toISOString()] : [typeof value, String(value)]);

let input = '';
process.stdin.on('data', data => { input += data; }).on('end', () => {
  process.stdout.write(JSON.stringify(JSON.parse(input).map(text => told(parse(`---\nv: ${text}\n---\n`).v))));
});
