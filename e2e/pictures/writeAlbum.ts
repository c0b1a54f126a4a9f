import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../support/portal';
import type { Shot } from './Camera';

/** Shows the pictures in the order in which they were taken, light and dark side by side. */
export function writeAlbum(folder: string, shots: Shot[]): void {
  const sections = shots.map(
    ({ name, caption }) =>
      `**${caption}**\n\n| light | dark |\n| --- | --- |\n| ![${caption}](${name}-light.png) | ![${caption}](${name}-dark.png) |\n`,
  );
  const album = path.join(folder, 'README.md');
  writeFileSync(
    album,
    `# Pictures\n\nTaken by \`script/pictures\` from a portal that it starts, fills and walks through. Do not edit: run it again.\n\n${sections.join(
      '\n',
    )}`,
  );
  execFileSync(
    process.execPath,
    [
      path.join(ROOT, 'node_modules/prettier/bin-prettier.js'),
      '--write',
      album,
    ],
    { stdio: 'ignore' },
  );
}
