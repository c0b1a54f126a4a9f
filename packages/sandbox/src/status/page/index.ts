import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT_DIR } from '../../rootDir';

/** A file of the page as it is sent. */
export interface PageFile {
  headers: Record<string, string>;
  text: string;
}

const FOLDER = path.join(ROOT_DIR, 'packages/sandbox/src/status/page');

const TYPES: Record<string, string> = {
  'index.html': 'text/html',
  'page.css': 'text/css',
  'page.js': 'text/javascript',
  'draw.js': 'text/javascript',
};

/** The page loads nothing but its own files, and no other page may show it in a frame. */
const POLICY =
  "default-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'";

/** The file at a path below `/_slipway/`; undefined where there is none. */
export function pageFile(requested: string): PageFile | undefined {
  const name = requested === '' ? 'index.html' : requested;
  const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  return type === undefined
    ? undefined
    : {
        headers: {
          'content-type': `${type}; charset=utf-8`,
          'content-security-policy': POLICY,
          'cache-control': 'no-store',
        },
        text: readFileSync(path.join(FOLDER, name), 'utf8'),
      };
}
