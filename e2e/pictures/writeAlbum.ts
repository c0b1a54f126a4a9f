import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Shot } from './Camera';

/** Shows the pictures in the order in which they were taken, light and dark side by side. */
export function writeAlbum(folder: string, shots: Shot[]): void {
  const sections = shots.map(
    ({ name, caption }) =>
      `**${caption}**\n\n| light | dark |\n| --- | --- |\n| ![${caption}](${name}-light.png) | ![${caption}](${name}-dark.png) |\n`,
  );
  writeFileSync(
    path.join(folder, 'README.md'),
    `# Pictures\n\nTaken by \`script/pictures\` from a portal that it starts, fills and walks through. Do not edit: run it again.\n\n${sections.join(
      '\n',
    )}`,
  );
}
