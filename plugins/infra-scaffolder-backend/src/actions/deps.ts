import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { JsonObject } from '@backstage/types';
import type { RouteServices } from '../routes/deps';
import { audited } from '../routes/audited';
import { actorOf } from '../services/actor';

export interface ActionDeps {
  registry: ActionsRegistryService;
  services: RouteServices;
  /** Address in the browser of a path of the portal. */
  pageUrl: (path: string) => string;
}

/**
 * Performs what an agent asks for, with the rights of whom it works for, and writes into the audit log what was tried, for
 * whom, and what came of it.
 */
export async function auditedAction<T>(
  { services }: ActionDeps,
  options: {
    eventId: string;
    credentials: BackstageCredentials;
    meta: JsonObject;
  },
  work: () => Promise<T>,
): Promise<T> {
  return audited(
    services.auditor,
    {
      eventId: options.eventId,
      meta: {
        ...options.meta,
        via: 'actions-registry',
        actor: actorOf(options.credentials),
      },
    },
    work,
  );
}
