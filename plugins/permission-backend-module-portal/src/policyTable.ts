import type { Role } from './roles';

/**
 * `all`: every resource. `own`: what the person, or a group of theirs, owns; only for permissions of a resource type
 * in `ownership.ts`.
 */
export type Grant = 'all' | 'own';

/** `everyone` is each person who is signed in, with any role or none. */
export type PolicyRow = Partial<Record<Role | 'everyone', Grant>>;

const everyone: PolicyRow = { everyone: 'all' };
const adminOnly: PolicyRow = { admin: 'all' };
const makers: PolicyRow = { developer: 'all', sre: 'all', admin: 'all' };
const ownersAndOperators: PolicyRow = {
  developer: 'own',
  sre: 'all',
  admin: 'all',
};
const operators: PolicyRow = { sre: 'all', admin: 'all' };

/**
 * Who may do what: the whole policy of the portal, by the name of the permission. Of several grants the widest holds.
 * A permission that is not here is the administrators' alone, reads too: a new plugin shows nothing to anybody until
 * someone has decided here who may see it.
 */
export const POLICY_TABLE: Record<string, PolicyRow> = {
  'infra.environment.read': {
    developer: 'own',
    sre: 'all',
    finops: 'all',
    approver: 'all',
    admin: 'all',
  },
  // That a developer creates for a group of theirs only is checked where the owner is known: in the infra-scaffolder.
  'infra.environment.create': makers,
  'infra.environment.update': ownersAndOperators,
  'infra.environment.destroy': ownersAndOperators,
  // Whoever destroys what others need answers for them too.
  'infra.dependents.override': adminOnly,
  'infra.environment.schedule': ownersAndOperators,
  'infra.environment.freeze': operators,
  // Never of a plan of one's own: that is checked where the authors are known, in the infra-scaffolder.
  'infra.plan.approve': { approver: 'all', sre: 'all', admin: 'all' },
  'infra.policy.exempt': { approver: 'all', admin: 'all' },
  'infra.account.check': operators,
  'infra.freeze.manage': operators,
  'infra.freeze.override': operators,

  // Of the entities of environments, those that infra.environment.read lets a person see: environmentEntities.ts.
  'catalog.entity.read': everyone,
  'catalog.entity.validate': everyone,
  'catalog.location.read': everyone,
  'catalog.location.analyze': everyone,
  'catalog.entity.create': adminOnly,
  'catalog.entity.refresh': adminOnly,
  'catalog.entity.delete': adminOnly,
  'catalog.location.create': adminOnly,
  'catalog.location.delete': adminOnly,
  'catalog.ingestion.read': operators,
  'catalog.ingestion.manage': adminOnly,

  'scaffolder.template.parameter.read': everyone,
  'scaffolder.template.step.read': everyone,
  'scaffolder.action.execute': makers,
  'scaffolder.task.create': makers,
  'scaffolder.task.read': { everyone: 'own', admin: 'all' },
  'scaffolder.task.cancel': { everyone: 'own', admin: 'all' },
  'scaffolder.template.dry-run': adminOnly,
  'scaffolder.template.management': adminOnly,

  'kubernetes.clusters.read': everyone,
  'kubernetes.resources.read': everyone,
  'kubernetes.proxy': operators,
};
