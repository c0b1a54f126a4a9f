import type { DeviationSource } from '../drift/types';

/**
 * A node group without nodes is no drift while its environment sleeps. That a database or an instance is stopped is not
 * among the properties that drift is found by.
 */
export const scheduledDeviations: DeviationSource = {
  async expected({ sleep }) {
    const hasGroups = sleep?.slept.some(({ kind }) => kind === 'nodegroup');
    return hasGroups
      ? ['ScalingConfig.MinSize', 'ScalingConfig.DesiredSize'].map(
          attribute => ({
            type: 'AWS::EKS::Nodegroup',
            attribute,
            value: 0,
            reason: `It sleeps since ${sleep?.since}; the node group has no nodes until it is woken.`,
          }),
        )
      : [];
  },
};
