import { KubernetesProgram } from '../binaries/KubernetesProgram';
import { BuiltClusters, type BuiltClustersOptions } from './BuiltClusters';
import { canUseKind, KindClusters } from './KindClusters';
import { NamedClusters } from './NamedClusters';
import type { ClusterSource } from './types';

/** Options of {@link chooseSource}. */
type SourceOptions = Omit<BuiltClustersOptions, 'program'> & {
  stagesFile: string;
  env: NodeJS.ProcessEnv;
};

/**
 * Where clusters come from: those that a person names, else kind where Docker runs, else Kubernetes' own programs. A
 * kubeconfig that lies about on the machine is never taken: it may lead to somebody's production.
 *
 * @returns the source, or why there is none
 */
export async function chooseSource(
  options: SourceOptions,
): Promise<ClusterSource | string> {
  const { env, dir, stagesFile } = options;
  if (env.SLIPWAY_KUBECONFIG) {
    return new NamedClusters(env.SLIPWAY_KUBECONFIG, stagesFile);
  }
  if (env.SLIPWAY_KIND !== 'no' && (await canUseKind())) {
    return new KindClusters(dir, stagesFile);
  }
  const program = new KubernetesProgram(options);
  const reason = program.isBuilt ? undefined : program.reasonNotToBuild();
  return reason ?? new BuiltClusters({ ...options, program });
}
