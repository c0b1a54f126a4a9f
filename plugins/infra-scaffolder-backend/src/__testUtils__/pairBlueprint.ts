import type { Blueprint } from '@slipway/plugin-infra-scaffolder-common';
import { blueprint } from './blueprint';

/** One that knows a second region, as those of the seeds do. */
export const pairBlueprint: Blueprint = {
  ...blueprint,
  id: 'pair-platform',
  parameters: {
    ...blueprint.parameters,
    role: {
      type: 'string',
      title: 'Role',
      enum: ['single', 'primary', 'standby'],
      default: 'single',
      group: 'Regions',
      message: 'Choose a role.',
    },
    partnerStack: {
      type: 'string',
      title: 'Stack of the other region',
      pattern: '^[a-z0-9-]*$',
      default: '',
      group: 'Regions',
      message: 'Give the name of a stack.',
    },
  },
};
