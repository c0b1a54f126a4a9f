import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Ask for what a form field collected',
    example: `steps:
  - id: request
    name: Register the environment and plan it
    action: infra:environment:request
    input:
      request: \${{ parameters.request }}
`,
  },
  {
    description: 'Ask for a production environment with four nodes at least',
    example: `steps:
  - id: request
    name: Register the environment and plan it
    action: infra:environment:request
    input:
      request:
        blueprint:
          id: microservices-platform
          version: 1.0.0
        name: \${{ parameters.name }}
        owner: group:default/storefront
        system: system:default/microservices-platform
        accountId: '123456789012'
        region: us-east-1
        size: prod
        cidr: \${{ parameters.cidr }}
        engine: cdk
        parameters:
          nodeMinSize: 4
`,
  },
];
