import { createHash } from 'node:crypto';
import type { StepContext } from '@slipway/plugin-runs-node';
import type { CloudFormationGateway, TemplateSource } from '../aws/types';

/** AWS refuses longer templates within a request. */
const INLINE_BYTES = 51_200;

/**
 * Puts a template where AWS can read it. Short ones travel with the request; others are staged under the hash of their
 * content, so that staging twice is staging once.
 */
export async function stageTemplate(
  ctx: StepContext,
  gateway: CloudFormationGateway,
  template: string,
): Promise<TemplateSource> {
  if (Buffer.byteLength(template) <= INLINE_BYTES) {
    return { body: template };
  }
  const hash = createHash('sha256').update(template).digest('hex');
  const key = `templates/${hash}.json`;
  await ctx.call({
    name: 'StageTemplate',
    facts: { url: gateway.stagedUrl(key) },
    guard: {
      type: 'precondition',
      observe: async () =>
        (await gateway.isStaged(key))
          ? { done: true, result: { key } }
          : { done: false },
    },
    execute: async () => {
      if (!(await gateway.isStaged(key))) {
        await gateway.prepareStagingBucket();
        await gateway.stage(key, template);
      }
      return { key };
    },
  });
  return { url: gateway.stagedUrl(key) };
}
