import type { CloudFormationGateway } from '../aws/types';
import type { Patience } from './Patience';

/**
 * A gateway that bears throttling and silence. Reads are repeated until AWS answers. What changes something is repeated
 * only where AWS said that it limits requests, because then nothing has happened; a lost answer is the journal's to
 * resolve.
 */
export function patientGateway(
  gateway: CloudFormationGateway,
  patience: Patience,
): CloudFormationGateway {
  const read = <T>(ask: () => Promise<T>) => patience.attempt(ask);
  const change = <T>(act: () => Promise<T>) => patience.unlimited(act);
  return {
    drift: gateway.drift,
    availabilityZones: signal => read(() => gateway.availabilityZones(signal)),
    describeStack: (nameOrId, signal) =>
      read(() => gateway.describeStack(nameOrId, signal)),
    getTemplate: (nameOrId, signal) =>
      read(() => gateway.getTemplate(nameOrId, signal)),
    listEvents: (stackId, options, signal) =>
      read(() => gateway.listEvents(stackId, options, signal)),
    listResources: (nameOrId, signal) =>
      read(() => gateway.listResources(nameOrId, signal)),
    createStack: operation => change(() => gateway.createStack(operation)),
    deleteStack: (stackId, token) =>
      change(() => gateway.deleteStack(stackId, token)),
    cancelUpdate: (stackId, token) =>
      change(() => gateway.cancelUpdate(stackId, token)),
    createChangeSet: (name, operation) =>
      change(() => gateway.createChangeSet(name, operation)),
    describeChangeSet: (stackName, name, signal) =>
      read(() => gateway.describeChangeSet(stackName, name, signal)),
    executeChangeSet: (id, token) =>
      change(() => gateway.executeChangeSet(id, token)),
    listChangeSets: (stackName, signal) =>
      read(() => gateway.listChangeSets(stackName, signal)),
    deleteChangeSet: id => change(() => gateway.deleteChangeSet(id)),
    isStaged: (key, signal) => read(() => gateway.isStaged(key, signal)),
    prepareStagingBucket: () => change(() => gateway.prepareStagingBucket()),
    stage: (key, body) => change(() => gateway.stage(key, body)),
    stagedUrl: key => gateway.stagedUrl(key),
    isDeletionProtected: (database, signal) =>
      read(() => gateway.isDeletionProtected(database, signal)),
    allowDeletion: database => change(() => gateway.allowDeletion(database)),
    bucketContent: (bucket, signal) =>
      read(() => gateway.bucketContent(bucket, signal)),
    deleteObjects: (bucket, most) =>
      change(() => gateway.deleteObjects(bucket, most)),
  };
}
