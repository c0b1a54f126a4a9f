import { NotFoundError } from '@backstage/errors';
import {
  infraEnvironmentUpdatePermission,
  type DestroyReceipt,
} from '@slipway/plugin-infra-scaffolder-common';
import type { ActivityStore, EnvironmentStore } from '../database/types';
import { actorOf } from '../services/actor';
import type { EnvironmentAuthorizer } from '../services/EnvironmentAuthorizer';
import type { As } from '../services/types';
import type { LeftoverScanner, ReceiptService, ReceiptStore } from './types';

interface Options {
  environments: EnvironmentStore;
  activity: ActivityStore;
  receipts: ReceiptStore;
  scanner: LeftoverScanner;
  authorizer: EnvironmentAuthorizer;
}

/** A look that somebody waits for. */
const SCAN_TIMEOUT_MS = 90_000;

/** Reading takes the right to read; looking anew asks AWS, and takes the right to update. */
export class DefaultReceiptService implements ReceiptService {
  readonly #options: Options;

  static create(options: Options): DefaultReceiptService {
    return new DefaultReceiptService(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  async getReceipt(nameOrId: string, as: As): Promise<DestroyReceipt | null> {
    const { id } = await this.#readable(nameOrId, as);
    return (await this.#options.receipts.find(id)) ?? null;
  }

  async scanLeftovers(nameOrId: string, as: As): Promise<DestroyReceipt> {
    const { authorizer, scanner, receipts, activity } = this.#options;
    const environment = await this.#readable(nameOrId, as);
    await authorizer.assertAllowed(
      infraEnvironmentUpdatePermission,
      environment,
      'have leftovers looked for of',
      as.credentials,
    );
    const { id, name } = environment;
    if (!(await receipts.find(id))) {
      throw new NotFoundError(
        `${name} has no receipt: it was not destroyed by a run.`,
      );
    }
    const at = new Date();
    const scan = await scanner.scan(environment, {
      at,
      signal: AbortSignal.timeout(SCAN_TIMEOUT_MS),
    });
    await activity.add(id, {
      at,
      actor: actorOf(as.credentials),
      action: 'leftovers.looked-for',
      message: `Looked for what is left of ${name}: ${scan.orphans.length} found.`,
    });
    return (await receipts.addScan(id, scan))!;
  }

  async #readable(nameOrId: string, { credentials }: As) {
    const { environments, authorizer } = this.#options;
    return authorizer.assertReadable(
      await environments.find(nameOrId),
      `environment ${nameOrId}`,
      credentials,
    );
  }
}
