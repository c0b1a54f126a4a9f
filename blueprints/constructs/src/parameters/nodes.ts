import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';

const NODES = 'Nodes';

/** How many nodes of a group, with the bounds of the form. @public */
export interface NodeCounts {
  minimum: number;
  desired: number;
  maximum: number;
  /** Most that may be asked for. */
  limit: number;
}

/** Types and volume of nodes. @public */
export function nodeShapeParameters(options: {
  offered: string[];
  instanceTypes: string[];
  volumeGb: number;
  description: string;
}) {
  return {
    nodeInstanceTypes: {
      type: 'array',
      title: 'Instance types',
      description: options.description,
      items: { type: 'string', enum: options.offered },
      minItems: 1,
      maxItems: Math.min(options.offered.length, 4),
      uniqueItems: true,
      default: options.instanceTypes,
      group: NODES,
      message: `Choose at least one of ${options.offered.join(', ')}.`,
    },
    nodeVolumeGb: {
      type: 'integer',
      title: 'Volume of a node',
      minimum: 20,
      maximum: 500,
      default: options.volumeGb,
      group: NODES,
      unit: 'GB',
      message: 'Choose 20 to 500 GB.',
      advanced: true,
    },
  } satisfies Record<string, ParameterSchema>;
}

/** Whether the only node group is on-demand or spot. @public */
export const capacityParameter = {
  nodeCapacityType: {
    type: 'string',
    title: 'Capacity',
    description:
      'SPOT is cheaper and may be taken back at two minutes’ notice; for workloads that are not critical.',
    enum: ['ON_DEMAND', 'SPOT'],
    default: 'ON_DEMAND',
    group: NODES,
    message: 'Choose ON_DEMAND or SPOT.',
  },
} satisfies Record<string, ParameterSchema>;

/** Scaling bounds of the only, or the on-demand, group. @public */
export function nodeCountParameters(counts: NodeCounts) {
  return {
    nodeMinSize: count(
      'Fewest nodes',
      counts.minimum,
      1,
      counts.limit,
      'not above the desired number',
    ),
    nodeDesiredSize: {
      ...count(
        'Nodes at the start',
        counts.desired,
        1,
        counts.limit,
        'between the fewest and the most',
      ),
      description:
        'The cluster autoscaler moves it between the fewest and the most. One in each of three zones is 3.',
    },
    nodeMaxSize: count(
      'Most nodes',
      counts.maximum,
      1,
      counts.limit,
      'not below the desired number',
    ),
  } satisfies Record<string, ParameterSchema>;
}

/** Scaling bounds of a spot group beside the on-demand one. @public */
export function spotCountParameters(counts: NodeCounts) {
  return {
    spotMinSize: count(
      'Fewest spot nodes',
      counts.minimum,
      0,
      counts.limit,
      'not above the number at the start',
    ),
    spotDesiredSize: {
      ...count(
        'Spot nodes at the start',
        counts.desired,
        0,
        counts.limit,
        'between the fewest and the most',
      ),
      description:
        'Spot nodes are cheaper and may be taken back at two minutes’ notice; pods that must not be moved stay off them by their taint.',
    },
    spotMaxSize: count(
      'Most spot nodes',
      counts.maximum,
      0,
      counts.limit,
      'not below the number at the start',
    ),
  } satisfies Record<string, ParameterSchema>;
}

function count(
  title: string,
  usual: number,
  minimum: number,
  maximum: number,
  relation: string,
): ParameterSchema {
  return {
    type: 'integer',
    title,
    minimum,
    maximum,
    default: usual,
    group: NODES,
    unit: 'nodes',
    message: `Choose ${minimum} to ${maximum}, ${relation}.`,
  };
}

/** Fewest ≤ at the start ≤ most, for groups with these prefixes. @public */
export function nodeRules(...prefixes: Array<'node' | 'spot'>) {
  return prefixes.flatMap(prefix => [
    {
      left: `${prefix}MinSize`,
      right: `${prefix}DesiredSize`,
      message:
        'The fewest nodes are above the nodes at the start; lower the one or raise the other.',
    },
    {
      left: `${prefix}DesiredSize`,
      right: `${prefix}MaxSize`,
      message:
        'The nodes at the start are above the most nodes; lower the one or raise the other.',
    },
  ]);
}
