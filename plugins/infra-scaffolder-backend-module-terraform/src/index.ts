/**
 * Engine of the infra-scaffolder that makes environments with Terraform or OpenTofu.
 *
 * @packageDocumentation
 */
export { infraScaffolderModuleTerraform as default } from './module';
export { childEnvironment } from './binary/childEnvironment';
export { cliConfiguration } from './binary/providers';
export { type Toolchain, ToolchainFinder } from './binary/toolchain';
export { normalisePlan } from './describe/planChanges';
export { copyModules } from './workspace/moduleFiles';
