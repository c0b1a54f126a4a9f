import type { DeviationSource } from '../drift/types';

const SIZES = ['ScalingConfig.MinSize', 'ScalingConfig.DesiredSize'];

/**
 * A node group without nodes is no drift while its environment sleeps. That a database or an instance is stopped is not
 * among the properties that drift is found by.
 */
export const scheduledDeviations: DeviationSource = {
  async expected({ sleep }) {
    const groups = (sleep?.slept ?? []).filter(
      ({ kind }) => kind === 'nodegroup',
    );
    return groups.flatMap(({ id }) =>
      SIZES.map(attribute => ({
        type: 'AWS::EKS::Nodegroup',
        attribute,
        value: 0,
        // CloudFormation calls it `cluster/group`, Terraform `cluster:group`.
        when: (_change: unknown, { physicalId }: { physicalId?: string }) =>
          physicalId?.split(/[/:]/)[1] === id,
        reason: `It sleeps since ${sleep?.since}; the node group has no nodes until it is woken.`,
      })),
    );
  },
};
