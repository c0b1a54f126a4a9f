/**
 * What is checked of every blueprint: its definition, its templates, what cfn-lint and cdk-nag say, its README.
 *
 * @packageDocumentation
 */
export * from './subject';
export * from './checks/templates';
export * from './checks/connect';
export * from './checks/definition';
export * from './checks/parameters';
export * from './checks/cfnLint';
export * from './checks/nag';
export * from './checks/policies';
export * from './checks/estimate';
export * from './checks/manifests';
export * from './checks/readme';
export * from './checks/terraform';
export * from './SandboxStacks';
