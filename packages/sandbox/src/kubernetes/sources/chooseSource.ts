import { KubernetesProgram } from '../binaries/KubernetesProgram';
import { BuiltClusters, type BuiltClustersOptions } from './BuiltClusters';
import { canUseKind, hasKind, KindClusters } from './KindClusters';
import { NamedClusters } from './NamedClusters';
import type { ClusterSource } from './types';

/** Options of {@link chooseSource}. */
export type SourceOptions = Omit<BuiltClustersOptions, 'program'> & {
  stagesFile: string;
  env: NodeJS.ProcessEnv;
};

/** Why there can be no cluster here; undefined where there may be one. Answers at once. */
export function reasonForNone(
  options: Pick<SourceOptions, 'env' | 'rootDir' | 'logDir'>,
): string | undefined {
  if (options.env.SLIPWAY_KUBECONFIG || hasKind(options.env)) {
    return undefined;
  }
  const program = new KubernetesProgram(options);
  return program.isBuilt ? undefined : program.reasonNotToBuild();
}

/**
 * Where clusters come from: those that a person names, else kind where Docker runs, else Kubernetes' own programs. A
 * kubeconfig that lies about on the machine is never taken: it may lead to somebody's production.
 */
export async function chooseSource(
  options: SourceOptions,
): Promise<ClusterSource> {
  const { env, dir, stagesFile } = options;
  if (env.SLIPWAY_KUBECONFIG) {
    return new NamedClusters(env.SLIPWAY_KUBECONFIG, stagesFile);
  }
  if (await canUseKind(env)) {
    return new KindClusters(dir, stagesFile);
  }
  const program = new KubernetesProgram(options);
  const reason = program.isBuilt ? undefined : program.reasonNotToBuild();
  if (reason) {
    throw new Error(reason);
  }
  return new BuiltClusters({ ...options, program });
}
