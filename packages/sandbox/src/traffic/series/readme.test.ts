import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT_DIR } from '../../rootDir';
import { FAMILIES } from '.';

/** `a_{b,c}_d` as `a_b_d` and `a_c_d`. */
function expanded(name: string): string[] {
  const found = name.match(/^(.*)\{(.*)\}(.*)$/);
  return found
    ? found[2].split(',').map(part => found[1] + part + found[3])
    : [name];
}

it('the README of the traffic names all series, and no others', () => {
  const readme = readFileSync(
    path.join(ROOT_DIR, 'packages/sandbox/src/traffic/README.md'),
    'utf8',
  );
  const table = readme.slice(
    readme.indexOf('## Series'),
    readme.indexOf('## Where each target'),
  );
  const named = [...table.matchAll(/`([a-z]\w*_[\w{},]+)`/gi)].flatMap(
    ([, name]) => expanded(name),
  );
  const families = FAMILIES.flatMap(({ name, type }) =>
    type === 'histogram' ? expanded(`${name}_{bucket,sum,count}`) : [name],
  );
  expect(named.sort()).toEqual(families.sort());
});
