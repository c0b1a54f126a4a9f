import type {
  DescribedResource,
  EngineRequest,
} from '@slipway/plugin-infra-scaffolder-node';
import { blueprintInput } from '../plan/blueprintInput';
import { describedResources, parseTemplate } from '../plan/template';
import type { Synthesiser } from '../synth/types';

/** What the blueprint makes of an environment that exists with these parameters; asks AWS nothing. */
export async function describeBlueprint(
  request: Pick<EngineRequest, 'environment' | 'blueprint' | 'parameters'>,
  synthesiser: Synthesiser,
  signal: AbortSignal,
): Promise<DescribedResource[]> {
  const { cdkModule } = request.blueprint;
  if (!cdkModule) {
    return [];
  }
  const { template } = await synthesiser.synth(
    cdkModule,
    blueprintInput({ ...request, operation: 'update' }, []),
    signal,
  );
  return describedResources(parseTemplate(template));
}
