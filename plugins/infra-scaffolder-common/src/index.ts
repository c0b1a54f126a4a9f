/**
 * Types, permissions and checks that the infra-scaffolder's front end and back end share.
 *
 * @packageDocumentation
 */
export * from './types';
export * from './blueprint';
export * from './permissions';
export * from './api';
export * from './cidr';
export * from './names';
export * from './parameters';
export * from './checkBlueprint';
export * from './events';
export { PLAIN_TEXT } from './plainText';
export * from './schemas';
export * from './approval';
export * from './decimals';
export * from './approvalPolicy';
export * from './freezePeriods';
export * from './policies';
export * from './drift';
export * from './upgrades';
export * from './lifetime';
export * from './lifetimeApi';
export * from './schedule';
export * from './scheduleApi';
export * from './sleepSavings';
export * from './receipt';
export * from './consent';
export * from './fleet';
export * from './connect';
export * from './manifests';
export * from './accounts';
