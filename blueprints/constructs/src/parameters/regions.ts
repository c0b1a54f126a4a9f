import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';

const REGIONS = 'Second region';
const REGION_PATTERN = '^$|^[a-z]{2}(-[a-z]+)+-[0-9]$';
const STACK_PATTERN = '^$|^slipway-[a-z][a-z0-9-]{0,61}$';

/** What joins two environments of two regions; see docs/adr/0018. @public */
export const regionParameters = {
  role: {
    type: 'string',
    title: 'Role of this region',
    description:
      'A primary makes what a standby in another region joins; single has no second region.',
    enum: ['single', 'primary', 'standby'],
    default: 'single',
    group: REGIONS,
    message: 'Choose single, primary or standby.',
  },
  partnerStack: {
    type: 'string',
    title: 'Stack of the other region',
    description:
      'For a standby the primary’s, e.g. slipway-shop-prod. For a primary the standby’s, once it is there: objects are copied to it from then on.',
    pattern: STACK_PATTERN,
    default: '',
    group: REGIONS,
    message:
      'Give the name of the stack, like slipway-shop-prod, or leave it empty.',
  },
  partnerRegion: {
    type: 'string',
    title: 'The other region',
    description:
      'For a primary the standby’s, which gets a copy of the secrets from the start.',
    pattern: REGION_PATTERN,
    default: '',
    group: REGIONS,
    message: 'Give a region like us-west-2, or leave it empty.',
  },
} satisfies Record<string, ParameterSchema>;

/** How DNS chooses between the regions. @public */
export const routingParameters = {
  routing: {
    type: 'string',
    title: 'Routing between regions',
    description:
      'Failover keeps the standby idle. The other two make both serve: let reads only be written there.',
    enum: ['failover', 'weighted', 'geolocation'],
    default: 'failover',
    group: REGIONS,
    message: 'Choose failover, weighted or geolocation.',
  },
  routingWeight: {
    type: 'integer',
    title: 'Weight of this region',
    description: 'Share of this region by its part of the sum of weights.',
    minimum: 0,
    maximum: 255,
    default: 100,
    group: REGIONS,
    message: 'Choose 0 to 255.',
    advanced: true,
  },
  routingContinent: {
    type: 'string',
    title: 'Continent of this region',
    description: 'Whom it serves with geolocation; one region takes the rest.',
    enum: ['rest', 'AF', 'AN', 'AS', 'EU', 'NA', 'OC', 'SA'],
    default: 'rest',
    group: REGIONS,
    message: 'Choose rest, AF, AN, AS, EU, NA, OC or SA.',
    advanced: true,
  },
} satisfies Record<string, ParameterSchema>;

/** Daily backups into a vault of the account. @public */
export const backupParameters = {
  backupVault: {
    type: 'string',
    title: 'Vault of daily backups',
    description:
      'A vault of AWS Backup that is in the account already. Empty: the database’s own backups only.',
    pattern: '^$|^[A-Za-z0-9_-]{2,50}$',
    default: '',
    group: 'Backups',
    message: 'Give the name of a vault, like Default, or leave it empty.',
  },
  backupCopyVaultArn: {
    type: 'string',
    title: 'Vault of copies',
    description: 'Of another region or account; gets a copy of each backup.',
    pattern:
      '^$|^arn:aws:backup:[a-z0-9-]+:[0-9]{12}:backup-vault:[A-Za-z0-9_-]{2,50}$',
    default: '',
    group: 'Backups',
    message:
      'Give the ARN of a vault, like arn:aws:backup:us-west-2:123456789012:backup-vault:Default, or leave it empty.',
  },
  backupKeepDays: {
    type: 'integer',
    title: 'Daily backups kept',
    minimum: 1,
    maximum: 365,
    default: 35,
    group: 'Backups',
    unit: 'days',
    message: 'Choose 1 to 365 days.',
    advanced: true,
  },
} satisfies Record<string, ParameterSchema>;
