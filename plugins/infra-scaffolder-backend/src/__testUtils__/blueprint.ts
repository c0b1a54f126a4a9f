import type { Blueprint } from '@slipway/plugin-infra-scaffolder-common';

export const blueprint: Blueprint = {
  id: 'shop-platform',
  version: '1.0.0',
  title: 'Shop platform',
  description: 'A network and a database.',
  source: 'Tests',
  engines: ['cdk'],
  sizes: {
    dev: {
      title: 'Dev',
      description: 'One node',
      parameters: {},
      takes: { vpcs: 1, elasticIps: 1, eksClusters: 1, dbInstances: 1 },
    },
    prod: {
      title: 'Production',
      description: 'Many nodes',
      parameters: { nodeMin: 3, nodeMax: 10 },
      takes: { vpcs: 1, elasticIps: 3, eksClusters: 1, dbInstances: 2 },
    },
  },
  defaultSize: 'dev',
  parameters: {
    nodeMin: {
      type: 'integer',
      title: 'Nodes at least',
      minimum: 1,
      maximum: 20,
      default: 1,
      group: 'Cluster',
      message: 'Choose 1 to 20 nodes.',
    },
    nodeMax: {
      type: 'integer',
      title: 'Nodes at most',
      minimum: 1,
      maximum: 20,
      default: 5,
      group: 'Cluster',
      message: 'Choose 1 to 20 nodes.',
    },
    note: {
      type: 'string',
      title: 'Note',
      pattern: '^[a-z ]*$',
      default: '',
      group: 'Cluster',
      message: 'Use lower-case letters and blanks.',
    },
  },
  rules: [
    {
      left: 'nodeMin',
      right: 'nodeMax',
      message: 'The least cannot be more than the most.',
    },
  ],
  cidrPrefixLength: { minimum: 16, maximum: 20, default: 16 },
  outputs: [
    { key: 'Endpoint', title: 'Endpoint', kind: 'endpoint' },
    { key: 'Missing', title: 'Not always there', kind: 'text' },
  ],
};

const { note: _, ...kept } = blueprint.parameters;

/** The next version of it: without the note, with a cache. */
export const nextBlueprint: Blueprint = {
  ...blueprint,
  version: '1.10.0',
  parameters: {
    ...kept,
    cacheNodes: {
      type: 'integer',
      title: 'Nodes of the cache',
      minimum: 1,
      maximum: 6,
      default: 2,
      group: 'Cache',
      message: 'Choose 1 to 6 nodes.',
    },
  },
  changes: [
    {
      version: '1.10.0',
      summary: 'A cache beside the database.',
      notes: ['The note is gone; tags say more.'],
    },
    { version: '1.0.0', summary: 'The first.', notes: [] },
  ],
};
