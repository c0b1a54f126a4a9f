import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';

const ENTRY = 'Entry';

/** What the form asks about the firewall before the load balancer. @public */
export const firewallParameters = {
  webFirewall: {
    type: 'boolean',
    title: 'Web firewall',
    description:
      'AWS’s rules against the OWASP Top 10, known bad input and bad addresses, and a limit by address.',
    default: true,
    group: ENTRY,
    message: 'Switch it on or off.',
  },
  requestLimit: {
    type: 'integer',
    title: 'Requests of one address',
    description: 'In five minutes; what is above is refused.',
    minimum: 100,
    maximum: 2_000_000,
    default: 2000,
    group: ENTRY,
    unit: 'requests',
    message: 'Choose 100 to 2000000 requests.',
    advanced: true,
  },
} satisfies Record<string, ParameterSchema>;

/** What the form asks about CloudFront. @public */
export const cdnParameters = {
  cdn: {
    type: 'boolean',
    title: 'CloudFront',
    description:
      'Caches at the edge. With a domain it takes certificates of us-east-1 only, so the environment must be there.',
    default: true,
    group: ENTRY,
    message: 'Switch it on or off.',
  },
} satisfies Record<string, ParameterSchema>;
