import { CfnResource, TagManager } from 'aws-cdk-lib';
import type { LimitedResource } from '@slipway/plugin-infra-scaffolder-common';
import { inputFor, ofType, type Subject, synthesize } from '../subject';

const LIMITED: Record<LimitedResource, string> = {
  vpcs: 'AWS::EC2::VPC',
  elasticIps: 'AWS::EC2::EIP',
  eksClusters: 'AWS::EKS::Cluster',
  dbInstances: 'AWS::RDS::DBInstance',
};

/** What holds for the template of every size, and for production with everything that can be added. @public */
export function describeTemplates(subject: Subject): void {
  const { blueprint, production, everything } = subject;
  it.each(Object.entries(blueprint.sizes))(
    'size %s makes as many of what AWS limits as it says',
    (size, { takes }) => {
      const { template } = synthesize(subject, inputFor(subject, size));
      const made = Object.entries(LIMITED).map(([name, type]) => [
        name,
        ofType(template, type).length,
      ]);
      expect(Object.fromEntries(made)).toEqual(takes);
    },
  );

  describe.each([
    ...Object.keys(blueprint.sizes).map(size => ({
      title: size,
      size,
      parameters: {},
    })),
    {
      title: `${production} with everything`,
      size: production,
      parameters: everything,
    },
  ])('the template of $title', ({ size, parameters }) => {
    const input = inputFor(subject, size, parameters);
    const { stack, template, body } = synthesize(subject, input);

    it('has exactly the outputs of the definition', () => {
      expect(Object.keys(template.Outputs)).toEqual(
        blueprint.outputs.map(output => output.key),
      );
    });

    it('has every tag on everything that takes tags', () => {
      const taggable = stack.node
        .findAll()
        .filter(CfnResource.isCfnResource)
        .filter(resource => TagManager.of(resource) !== undefined);
      expect(taggable.length).toBeGreaterThan(60);
      for (const resource of taggable) {
        const id = stack.resolve(resource.logicalId);
        const key = TagManager.of(resource)!.tagPropertyName;
        const property = key[0].toUpperCase() + key.slice(1);
        const { [property]: found } = template.Resources[id].Properties;
        const tags = Array.isArray(found)
          ? Object.fromEntries(
              found.map((tag: { Key: string; Value: string }) => [
                tag.Key,
                tag.Value,
              ]),
            )
          : found;
        expect([id, tags]).toEqual([id, expect.objectContaining(input.tags)]);
      }
    });

    it('has every tag on instances and volumes, which take none from the group', () => {
      const templates = Object.values(template.Resources).filter(
        ({ Type }) => Type === 'AWS::EC2::LaunchTemplate',
      );
      expect(templates.length).toBeGreaterThan(0);
      for (const { Properties } of templates) {
        for (const { Tags } of [
          ...Properties.TagSpecifications,
          ...Properties.LaunchTemplateData.TagSpecifications,
        ]) {
          expect(Tags).toEqual(
            expect.arrayContaining(
              Object.entries(input.tags).map(([Key, Value]) => ({
                Key,
                Value,
              })),
            ),
          );
        }
      }
    });

    it('is the same each time, below what CloudFormation takes, and names its constructs', () => {
      expect(synthesize(subject, input).body).toBe(body);
      expect(Buffer.byteLength(body)).toBeLessThan(1_000_000);
      const ids = Object.keys(template.Resources);
      expect(ids.length).toBeLessThan(500);
      expect(ids.filter(id => /[0-9A-F]{8}$/.test(id))).toEqual([]);
      for (const resource of Object.values(template.Resources)) {
        expect(resource.Metadata['aws:cdk:path']).toMatch(/^environment\//);
      }
    });

    it('needs no custom resource, asset or bootstrap', () => {
      const types = Object.values(template.Resources).map(({ Type }) => Type);
      expect(
        types.filter(type => /^Custom::|Lambda|CustomResource|CDK/.test(type)),
      ).toEqual([]);
      expect(body).not.toContain('cdk-hnb659fds');
    });
  });
}
