/**
 * Who may do what in the portal: roles from group membership, one table of permissions.
 *
 * @packageDocumentation
 */
export { permissionModulePortal as default } from './module';
