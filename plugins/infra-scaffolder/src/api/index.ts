export { infraApiRef } from './infraApiRef';
export { InfraClient } from './InfraClient';
export { fleetApiRef } from './fleetApiRef';
export { FleetClient } from './FleetClient';
export { lifetimeApiRef } from './lifetimeApiRef';
export { LifetimeClient } from './LifetimeClient';
export { driftApiRef } from './driftApiRef';
export { DriftClient } from './DriftClient';
