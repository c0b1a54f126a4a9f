/**
 * Engine of the infra-scaffolder that makes environments with Terraform or OpenTofu.
 *
 * @packageDocumentation
 */
export { infraScaffolderModuleTerraform as default } from './module';
