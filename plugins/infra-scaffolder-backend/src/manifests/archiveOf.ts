import type { ManifestFile } from '@slipway/plugin-infra-scaffolder-common';
import { strToU8, zipSync } from 'fflate';

/** The same files make the same archive, byte for byte. */
const LONG_AGO = new Date('2000-01-01T00:00:00');

/** Applies all files in their order and stops at the first that fails. */
function scriptOf(files: ManifestFile[]): string {
  const lines = files.flatMap(({ about, command }) => [
    `# ${about}`,
    command,
    '',
  ]);
  return ['#!/bin/sh', 'set -eu', 'cd "$(dirname "$0")"', '', ...lines].join(
    '\n',
  );
}

/** All files in one folder, with a script that applies them in order. */
export function archiveOf(name: string, files: ManifestFile[]): Uint8Array {
  const folder = `${name}-manifests`;
  return zipSync(
    {
      [`${folder}/apply.sh`]: [
        strToU8(scriptOf(files)),
        // On Unix, and executable.
        { os: 3, attrs: 0o755 << 16 },
      ],
      ...Object.fromEntries(
        files.map(({ path, content }) => [
          `${folder}/${path}`,
          strToU8(content),
        ]),
      ),
    },
    { mtime: LONG_AGO },
  );
}
