import { CfnResource, TagManager } from 'aws-cdk-lib';
import {
  EVERYTHING,
  inputFor,
  only,
  synthesize,
} from './__testUtils__/synthesize';
import { microservicesPlatform } from './definition';

const SIZES = Object.keys(microservicesPlatform.sizes);

describe.each([
  ...SIZES.map(size => ({ title: size, size, parameters: {} })),
  { title: 'prod with everything', size: 'prod', parameters: EVERYTHING },
])('the template of $title', ({ size, parameters }) => {
  const input = inputFor(size, parameters);
  const { stack, template, body } = synthesize(input);

  it('has exactly the outputs of the definition', () => {
    expect(Object.keys(template.Outputs)).toEqual(
      microservicesPlatform.outputs.map(output => output.key),
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
      const { Properties } = template.Resources[id];
      const tags = Array.isArray(Properties.Tags)
        ? Object.fromEntries(
            Properties.Tags.map((tag: { Key: string; Value: string }) => [
              tag.Key,
              tag.Value,
            ]),
          )
        : Properties.Tags;
      expect([id, tags]).toEqual([id, expect.objectContaining(input.tags)]);
    }
    const launchTemplate = only(template, 'AWS::EC2::LaunchTemplate');
    for (const { Tags } of [
      ...launchTemplate.Properties.TagSpecifications,
      ...launchTemplate.Properties.LaunchTemplateData.TagSpecifications,
    ]) {
      expect(Tags).toEqual(
        expect.arrayContaining(
          Object.entries(input.tags).map(([Key, Value]) => ({ Key, Value })),
        ),
      );
    }
  });

  it('is the same each time, below what CloudFormation takes, and names its constructs', () => {
    expect(synthesize(input).body).toBe(body);
    expect(Buffer.byteLength(body)).toBeLessThan(1_000_000);
    const ids = Object.keys(template.Resources);
    expect(ids.length).toBeLessThan(500);
    expect(ids.filter(id => /[0-9A-F]{8}$/.test(id))).toEqual([]);
    for (const resource of Object.values(template.Resources)) {
      expect(resource.Metadata['aws:cdk:path']).toMatch(/^environment\//);
    }
  });
});
