import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type ResourceEntity,
} from '@backstage/catalog-model';
import {
  ANNOTATION_ENVIRONMENT_ID,
  type Environment,
} from '@slipway/plugin-infra-scaffolder-common';

/** An environment as the catalog shows it. @param baseUrl - of the portal, without a slash at its end. */
export function environmentEntity(
  environment: Environment,
  baseUrl: string,
): ResourceEntity {
  const { id, name, blueprint, size, region, accountId, status } = environment;
  const location = `infra-scaffolder:environments/${name}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name,
      description: `${blueprint.id} ${blueprint.version}, size ${size}, in ${region}`,
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        [ANNOTATION_ENVIRONMENT_ID]: id,
        'slipway.dev/account': accountId,
        'slipway.dev/region': region,
        'slipway.dev/blueprint': `${blueprint.id}@${blueprint.version}`,
        'slipway.dev/size': size,
        'slipway.dev/status': status,
      },
      links: [
        {
          url: `${baseUrl}/environments/${name}`,
          title: 'Environment',
          icon: 'dashboard',
        },
      ],
    },
    spec: {
      type: 'environment',
      owner: environment.owner,
      system: environment.system,
    },
  };
}
