/**
 * Environments in the browser: pages, the form that asks for one, and what the catalog shows of them.
 *
 * @packageDocumentation
 */
export { infraScaffolderPlugin as default } from './plugin';
export { fleetApiRef, infraApiRef } from './api';
export { useAwaitingApprovals } from './approvals/useAwaitingApprovals';
export {
  environmentRouteRef,
  rootRouteRef,
  runByIdRouteRef,
  runRouteRef,
} from './routes';
export { EnvironmentsSection } from './environments/EnvironmentsSection';
export { expiryWords } from './environments/fleetWords';
export { wordOfStatus } from './shared/words';
