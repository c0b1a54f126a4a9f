import type { JsonObject } from '@backstage/types';

/** What a blueprint is built from; plain data, because it crosses to the worker process. @public */
export interface BlueprintInput {
  stackName: string;
  accountId: string;
  region: string;
  /** Three zones of the region, in order. */
  availabilityZones: [string, string, string];
  environment: {
    id: string;
    name: string;
    owner: string;
    system: string;
    size: string;
  };
  cidr: string;
  /** Complete: schema defaults, then the size, then the person's values. */
  parameters: JsonObject;
  /** On every resource that takes tags. */
  tags: Record<string, string>;
}
