import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Binary } from './findBinary';

/** Where each program looks for providers whose source names no host. */
export const REGISTRIES: Record<Binary['kind'], string> = {
  terraform: 'registry.terraform.io',
  tofu: 'registry.opentofu.org',
};
const PATIENCE_MILLISECONDS = 5_000;

/**
 * Why the AWS provider cannot be had where there is no mirror of it; undefined where it was downloaded before, or the
 * registry answers.
 */
export async function whyNoRegistry(
  kind: Binary['kind'],
  pluginCache: string | undefined,
): Promise<string | undefined> {
  const host = REGISTRIES[kind];
  if (
    pluginCache &&
    existsSync(path.join(pluginCache, host, 'hashicorp', 'aws'))
  ) {
    return undefined;
  }
  try {
    const answer = await fetch(
      `https://${host}/v1/providers/hashicorp/aws/versions`,
      { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) },
    );
    if (answer.ok) {
      return undefined;
    }
    return reason(kind, `answers ${answer.status}`);
  } catch {
    return reason(kind, 'does not answer');
  }
}

function reason(kind: Binary['kind'], what: string): string {
  const host = REGISTRIES[kind];
  return `The portal's machine has no mirror of ${host}/hashicorp/aws, and ${host} ${what}. Give a mirror in infraScaffolder.terraform.providerMirror (\`${kind} providers mirror\` makes one), or let the portal reach the registry.`;
}
