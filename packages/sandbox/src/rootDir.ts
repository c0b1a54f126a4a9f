import path from 'node:path';

/** The clone that this file is in: the sandbox only ever runs from its sources. */
// eslint-disable-next-line no-restricted-syntax
export const ROOT_DIR = path.resolve(__dirname, '../../..');
