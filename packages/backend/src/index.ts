import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-proxy-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-oidc-provider'));
backend.add(import('@slipway/plugin-auth-backend-module-demo'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@slipway/plugin-permission-backend-module-portal'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@slipway/plugin-catalog-backend-module-infra'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-notifications'),
);
backend.add(import('@slipway/plugin-scaffolder-backend-module-infra'));

backend.add(import('@backstage/plugin-techdocs-backend'));

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-techdocs'));

backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.add(import('@slipway/plugin-infra-scaffolder-backend'));
backend.add(import('@slipway/plugin-infra-scaffolder-backend-module-cdk'));
backend.add(
  import('@slipway/plugin-infra-scaffolder-backend-module-terraform'),
);
backend.add(import('@slipway/plugin-infra-scaffolder-backend-module-estimate'));
backend.add(import('@slipway/plugin-infra-scaffolder-backend-module-policy'));
backend.add(import('@slipway/blueprint-cloud-native'));
backend.add(import('@slipway/blueprint-enterprise-platform'));
backend.add(import('@slipway/blueprint-high-workload'));
backend.add(import('@slipway/blueprint-microservices-platform'));
backend.add(import('@slipway/blueprint-records-service'));

backend.start();
