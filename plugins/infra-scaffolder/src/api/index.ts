export { infraApiRef } from './infraApiRef';
export { InfraClient } from './InfraClient';
