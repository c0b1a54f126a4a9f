/** Topic on which the back end tells that an environment changed, after the change is committed. @public */
export const INFRA_ENVIRONMENT_TOPIC = 'infra.environment';

/** Payload on {@link INFRA_ENVIRONMENT_TOPIC}. @public */
export type InfraEnvironmentEvent = {
  environmentId: string;
  name: string;
  /** e.g. `requested`, `ready`, `destroyed`, `frozen`. */
  change: string;
};

/**
 * Channel of the broadcast signals that tell pages to read again. Messages carry ids only, because broadcasts are not
 * authorised: `{ environmentId, runId? }`.
 * @public
 */
export const INFRA_SIGNAL_CHANNEL = 'infra-scaffolder:environments';

/** Event ids in the audit log, one for each thing that a person or plugin can change. @public */
export const INFRA_AUDIT_EVENTS = {
  /** An agent read something through the actions registry. */
  actionRead: 'action-read',
  environmentCreate: 'environment-create',
  environmentUpdate: 'environment-update',
  environmentDestroy: 'environment-destroy',
  environmentExtend: 'environment-extend',
  environmentExpire: 'environment-expire',
  scheduleSet: 'schedule-set',
  scheduleRemove: 'schedule-remove',
  environmentSleep: 'environment-sleep',
  environmentWake: 'environment-wake',
  leftoversScan: 'leftovers-scan',
  environmentFreeze: 'environment-freeze',
  environmentUnfreeze: 'environment-unfreeze',
  leaseAcquire: 'environment-lease-acquire',
  leaseRenew: 'environment-lease-renew',
  leaseRelease: 'environment-lease-release',
  driftCheck: 'drift-check',
  driftAccept: 'drift-accept',
  driftRevert: 'drift-revert',
  upgradesStart: 'upgrades-start',
  planConfirm: 'plan-confirm',
  planApprove: 'plan-approve',
  planReject: 'plan-reject',
  planApprovalRevoke: 'plan-approval-revoke',
  freezeCreate: 'freeze-create',
  freezeUpdate: 'freeze-update',
  freezeRemove: 'freeze-remove',
  freezeOverride: 'freeze-override',
  exemptionAsk: 'exemption-ask',
  exemptionGrant: 'exemption-grant',
  exemptionEnd: 'exemption-end',
  accountCheck: 'account-check',
  runCommand: 'run-command',
} as const;
