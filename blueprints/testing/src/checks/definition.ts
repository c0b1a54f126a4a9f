import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import {
  checkBlueprint,
  checkParameters,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  type BlueprintRegistration,
  infraBlueprintsExtensionPoint,
} from '@slipway/plugin-infra-scaffolder-node';
import type { JsonValue } from '@backstage/types';
import type { Subject } from '../subject';

/** What holds for what the form shows of a blueprint. @public */
export function describeDefinition(
  { blueprint, production }: Pick<Subject, 'blueprint' | 'production'>,
  /** Parameter, value, and whether it is taken. */
  values: Array<[string, JsonValue, boolean]>,
): void {
  describe('the blueprint', () => {
    it('is well-formed: defaults, sizes and rules fit one another', () => {
      expect(checkBlueprint(blueprint)).toEqual([]);
      expect(Object.keys(blueprint.sizes)).toContain(production);
    });

    it.each(values)('%s = %j is accepted: %s', (name, value, accepted) => {
      const issues = checkParameters(blueprint, production, { [name]: value });
      expect([name, issues.map(({ path }) => path)]).toEqual([
        name,
        accepted ? [] : [`parameters.${name}`],
      ]);
    });

    it('says for each parameter where it stands and how to mend it', () => {
      for (const schema of Object.values(blueprint.parameters)) {
        expect(schema.group).not.toBe('');
        expect(schema.message).toMatch(/\.$/);
      }
    });

    it('gives a reason wherever the document says something else', () => {
      for (const { document, enum: offered, default: usual } of Object.values(
        blueprint.parameters,
      )) {
        if (document) {
          expect(document.value).not.toEqual(usual);
          expect(offered ?? []).not.toContain(document.value);
          expect(document.reason).toMatch(/\.$/);
        }
      }
    });

    it('names each output once', () => {
      const keys = blueprint.outputs.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
    });
  });
}

/** The module registers the blueprint, and leaves CDK to the engine's worker. @public */
export function describeModule(
  { blueprint }: Pick<Subject, 'blueprint'>,
  /** Loads the package, and its CDK half. */
  load: { index(): unknown; cdk(): unknown },
): void {
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
      const { default: module } = load.index() as { default: typeof plugin };
      const backend = await startTestBackend({ features: [plugin, module] });
      try {
        expect(registrations.map(each => each.blueprint)).toEqual([blueprint]);
        expect(registrations[0].cdkModule).toMatch(/cdk\.(ts|cjs\.js)$/);
        expect(load.cdk()).toHaveProperty('build', expect.any(Function));
      } finally {
        await backend.stop();
      }
    });

    it('loads no CDK into the back end', () => {
      jest.isolateModules(() => {
        jest.doMock('aws-cdk-lib', () => {
          throw new Error('aws-cdk-lib was loaded');
        });
        expect(load.index()).toHaveProperty('default');
        expect(() => load.cdk()).toThrow('aws-cdk-lib was loaded');
        jest.dontMock('aws-cdk-lib');
      });
    });
  });
}
