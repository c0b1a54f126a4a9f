/**
 * Engine of the infra-scaffolder that makes environments with the AWS CDK and CloudFormation.
 *
 * @packageDocumentation
 */
export { infraScaffolderModuleCdk as default } from './module';
export type { CdkBlueprintModule } from './worker/blueprintModule';
