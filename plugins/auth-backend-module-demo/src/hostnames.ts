import type { Config } from '@backstage/config';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Names under which the portal is reached: by configuration, and loopback's own. */
export function hostnamesOf(config: Config): Set<string> {
  const configured = ['app.baseUrl', 'backend.baseUrl'].flatMap(key => {
    const url = config.getOptionalString(key);
    return url && URL.canParse(url) ? [new URL(url).hostname] : [];
  });
  return new Set([...LOOPBACK, ...configured]);
}
