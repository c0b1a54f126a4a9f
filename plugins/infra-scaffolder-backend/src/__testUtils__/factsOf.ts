import type { ManifestFile } from '@slipway/plugin-infra-scaffolder-common';
import type { ManifestInput } from '@slipway/plugin-infra-scaffolder-node';

/** One file that says what manifests are made from. */
export function factsOf(input: ManifestInput): ManifestFile[] {
  const { environment, parameters, outputs } = input;
  const path = '00-cluster/facts.yaml';
  return [
    {
      path,
      about: 'What the environment is.',
      kind: 'manifest',
      content: [
        `name: ${environment.name}`,
        `parameters: ${Object.keys(parameters).length}`,
        `url: ${outputs.Endpoint}`,
        '',
      ].join('\n'),
      command: `kubectl apply -f ${path}`,
    },
  ];
}
