import { startTestBackend } from '@backstage/backend-test-utils';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import type {
  Blueprint,
  ParameterSchema,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  type BlueprintRegistration,
  infraBlueprintsExtensionPoint,
} from '@slipway/plugin-infra-scaffolder-node';
import Ajv from 'ajv';
import module, { microservicesPlatform } from '.';
import { inputFor } from './__testUtils__/synthesize';

const ajv = new Ajv({ strict: false });

function schemaOf(blueprint: Blueprint) {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(blueprint.parameters),
    properties: Object.fromEntries(
      Object.entries(blueprint.parameters).map(
        ([name, { document: _, ...schema }]) => [name, schema],
      ),
    ),
  };
}

describe('the blueprint', () => {
  const validate = ajv.compile(schemaOf(microservicesPlatform));
  const sizes = Object.keys(microservicesPlatform.sizes);

  it.each(sizes)('takes its own values in size %s', size => {
    const { parameters } = inputFor(size);
    expect(validate(parameters) || validate.errors).toBe(true);
    for (const rule of microservicesPlatform.rules) {
      expect(Number(parameters[rule.left])).toBeLessThanOrEqual(
        Number(parameters[rule.right]),
      );
    }
  });

  it.each<[string, unknown, boolean]>([
    ['nodeMaxSize', 20, true],
    ['nodeMaxSize', 21, false],
    ['nodeMinSize', 0, false],
    ['nodeInstanceTypes', ['t3.xlarge'], true],
    ['nodeInstanceTypes', [], false],
    ['nodeInstanceTypes', ['m5.large'], false],
    ['kubernetesVersion', '1.28', false],
    ['dbEngineVersion', '15.4', false],
    ['dbStorageGb', 19, false],
    ['dbBackupRetentionDays', 35, true],
    ['dbBackupRetentionDays', 36, false],
    ['dbReadReplicas', 5, true],
    ['dbReadReplicas', 6, false],
    ['apiPublicAccessCidrs', ['203.0.113.0/24'], true],
    ['apiPublicAccessCidrs', ['203.0.113.0/33'], false],
    ['apiPublicAccessCidrs', ['300.0.113.0/24'], false],
    ['apiPublicAccessCidrs', ['0.0.0.0/0"; DROP'], false],
    ['domainName', '', true],
    ['domainName', 'shop.example.com', true],
    ['domainName', 'Shop.example.com', false],
    ['hostedZoneId', '../../x', false],
    ['alarmEmail', 'sre@example.com', true],
    ['alarmEmail', 'sre', false],
    ['alarmEmail', '{{resolve:ssm:/key}}@example.com', false],
    ['alarmEmail', '${AWS::AccountId}@example.com', false],
    ['logRetentionDays', 8, false],
  ])('%s = %j is accepted: %s', (name, value, accepted) => {
    expect(validate({ ...inputFor('prod').parameters, [name]: value })).toBe(
      accepted,
    );
  });

  it('says for each parameter where it stands and how to mend it', () => {
    for (const schema of Object.values<ParameterSchema>(
      microservicesPlatform.parameters,
    )) {
      expect(schema.group).not.toBe('');
      expect(schema.message).toMatch(/\.$/);
    }
  });

  it('shows what the document says where AWS no longer creates it', () => {
    const { kubernetesVersion, dbEngineVersion } =
      microservicesPlatform.parameters;
    expect(kubernetesVersion.document?.value).toBe('1.28');
    expect(dbEngineVersion.document?.value).toBe('15.4');
    for (const { document, enum: offered } of [
      kubernetesVersion,
      dbEngineVersion,
    ]) {
      expect(offered).not.toContain(document?.value);
      expect(document?.reason).toMatch(/20\d\d-\d\d-\d\d/);
    }
  });

  it('names in its sizes only parameters that it has', () => {
    for (const size of Object.values(microservicesPlatform.sizes)) {
      expect(Object.keys(microservicesPlatform.parameters)).toEqual(
        expect.arrayContaining(Object.keys(size.parameters)),
      );
    }
    expect(sizes).toContain(microservicesPlatform.defaultSize);
  });
});

describe('the module', () => {
  it('registers the blueprint with a CDK module that can be loaded', async () => {
    const registrations: BlueprintRegistration[] = [];
    const plugin = createBackendPlugin({
      pluginId: 'infra-scaffolder',
      register(env) {
        env.registerExtensionPoint(infraBlueprintsExtensionPoint, {
          addBlueprint: registration => {
            registrations.push(registration);
          },
        });
        env.registerInit({ deps: {}, async init() {} });
      },
    });
    const backend = await startTestBackend({ features: [plugin, module] });
    try {
      expect(registrations.map(({ blueprint }) => blueprint)).toEqual([
        microservicesPlatform,
      ]);
      expect(registrations[0].cdkModule).toMatch(/cdk\.(ts|cjs\.js)$/);
      expect(require(registrations[0].cdkModule!).build).toBeInstanceOf(
        Function,
      );
    } finally {
      await backend.stop();
    }
  });

  it('loads no CDK into the back end', () => {
    jest.isolateModules(() => {
      jest.doMock('aws-cdk-lib', () => {
        throw new Error('aws-cdk-lib was loaded');
      });
      expect(require('.')).toHaveProperty('default');
      expect(() => require('./cdk')).toThrow('aws-cdk-lib was loaded');
    });
  });
});
