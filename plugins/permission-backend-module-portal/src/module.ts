import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { PortalPermissionPolicy } from './PortalPermissionPolicy';
import { readRoles } from './roles';

/**
 * Sets the portal's permission policy.
 *
 * @throws InputError at start, where `portal.roles` names an unknown role or a malformed group.
 * @public
 */
export const permissionModulePortal = createBackendModule({
  pluginId: 'permission',
  moduleId: 'portal-policy',
  register(reg) {
    reg.registerInit({
      deps: {
        policy: policyExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ policy, config }) {
        policy.setPolicy(
          PortalPermissionPolicy.create({ roles: readRoles(config) }),
        );
      },
    });
  },
});
