import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { committed } from '../checks/terraform';
import { moduleReadme } from './moduleTables';
import { missingTerraform } from './Terraform';

const BLUEPRINTS = path.resolve(__dirname, '../../..');
const MODULES = path.join(BLUEPRINTS, 'modules');
const names = readdirSync(MODULES)
  .filter(name => existsSync(path.join(MODULES, name, 'main.tf')))
  .sort();

describe('the Terraform modules', () => {
  it.each(names)('%s tells its inputs and outputs', name => {
    const folder = path.join(MODULES, name);
    const wanted = moduleReadme(folder);
    expect(committed(path.join(folder, 'README.md'), wanted)).toBe(wanted);
  });

  it('stand in the list, each once', () => {
    const list = readFileSync(path.join(MODULES, 'README.md'), 'utf8');
    const rows = [...list.matchAll(/^\| \[`([\w-]+)`\]\(\.\/\1\) /gm)];
    expect(rows.map(([, name]) => name).sort()).toEqual(names);
  });

  (missingTerraform ? describe.skip : describe)('with Terraform', () => {
    it('are laid out as terraform fmt does', () => {
      const unlike = execFileSync(
        'terraform',
        ['fmt', '-check', '-recursive', '-list=true', BLUEPRINTS],
        { encoding: 'utf8' },
      );
      expect(unlike).toBe('');
    });
  });
});
