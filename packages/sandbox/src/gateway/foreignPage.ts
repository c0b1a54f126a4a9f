import type { IncomingMessage } from 'node:http';

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])$/;

/** Names under which the emulated AWS is called: loopback's, those below it, and AWS's own where they lead here. */
const HOST = /^(127\.0\.0\.1|\[::1\]|(.+\.)?localhost|.+\.amazonaws\.com)$/;

function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && LOOPBACK.test(new URL(origin).hostname);
}

/**
 * Whether a browser sends this on behalf of another site's page: one that names its own origin, one that embeds us, or one
 * that has given our address to a name of its own. The emulator checks no signature, so nothing else would stop it.
 */
export function isOfForeignPage({ headers }: IncomingMessage): boolean {
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  return (
    (host !== '' && !HOST.test(host)) ||
    (headers.origin !== undefined && !isLoopbackOrigin(headers.origin)) ||
    headers['sec-fetch-site'] === 'cross-site'
  );
}
