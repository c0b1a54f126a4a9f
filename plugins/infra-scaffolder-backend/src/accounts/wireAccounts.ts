import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { AwsAccess } from '@slipway/plugin-aws-node';
import type { Knex } from 'knex';
import type { EnvironmentStore } from '../database/types';
import type { BlueprintRegistry } from '../registry/BlueprintRegistry';
import type { EngineRegistry } from '../registry/EngineRegistry';
import type { EnvironmentAuthorizer } from '../services/EnvironmentAuthorizer';
import { AccountChecker } from './AccountChecker';
import { AwsAccountChecks } from './AwsAccountChecks';
import { DatabaseAccountCheckStore } from './DatabaseAccountCheckStore';
import { DefaultAccountService } from './DefaultAccountService';
import type { AccountService } from './types';

/** Puts together what knows of accounts; starts nothing. */
export function wireAccounts(options: {
  knex: Knex;
  config: RootConfigService;
  logger: LoggerService;
  aws: AwsAccess;
  engines: EngineRegistry;
  blueprints: BlueprintRegistry;
  environments: EnvironmentStore;
  authorizer: EnvironmentAuthorizer;
}): { accounts: AccountService; accountChecker: AccountChecker } {
  const store = DatabaseAccountCheckStore.create(options.knex);
  const checker = AccountChecker.create({
    ...options,
    store,
    checks: AwsAccountChecks.create(options),
  });
  return {
    accounts: DefaultAccountService.create({ ...options, store, checker }),
    accountChecker: checker,
  };
}
