import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { ManifestFile } from '@slipway/plugin-infra-scaffolder-common';
import type { ManifestInput } from '@slipway/plugin-infra-scaffolder-node';
import { parse, parseAllDocuments } from 'yaml';
import { inputFor, type Subject, synthesize, type Template } from '../subject';

const VALIDATOR = resolve(__dirname, '../manifests/validate.mjs');

/** Kinds that are not Kubernetes’ own, and the command that brings them. */
const BROUGHT: Record<string, RegExp> = {
  'argoproj.io/v1alpha1': /argo-cd --repo/,
  'elbv2.k8s.aws/v1beta1': /aws-load-balancer-controller --repo/,
  'external-secrets.io/v1': /external-secrets --repo/,
  'networking.istio.io/v1': /istio-base base --repo/,
  'security.istio.io/v1': /istio-base base --repo/,
  'tekton.dev/v1': /tekton-releases/,
};

interface Account {
  roleKey: string;
  /** `namespace:name`, as trust policies have it. */
  account: string;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function outputsOf(subject: Subject): Record<string, string> {
  return Object.fromEntries(
    subject.blueprint.outputs.map(({ key }) => [key, `value-of-${key}`]),
  );
}

function filesOf(
  subject: Subject,
  render: (input: ManifestInput) => ManifestFile[],
  size: string,
  outputs = outputsOf(subject),
): ManifestFile[] {
  const { environment, parameters, region, accountId, cidr } = inputFor(
    subject,
    size,
  );
  return render({
    environment: { ...environment, region, accountId, cidr },
    parameters,
    outputs,
  });
}

function objectsOf(
  files: ManifestFile[],
  version: '1.1' | '1.2' = '1.2',
): JsonObject[] {
  return files
    .filter(({ kind }) => kind === 'manifest')
    .flatMap(({ content }) =>
      parseAllDocuments(content, { version }).map(document => document.toJS()),
    );
}

/** What is wrong with objects by Kubernetes' own schemas. */
function problemsOf(objects: JsonObject[]): string[] {
  const verdicts: Array<string | null> = JSON.parse(
    execFileSync(process.execPath, [VALIDATOR], {
      input: JSON.stringify(objects),
      encoding: 'utf8',
    }),
  );
  return verdicts.flatMap((verdict, index) => {
    const { apiVersion, kind } = objects[index];
    return verdict === null ||
      (verdict === 'unknown' && Object.hasOwn(BROUGHT, String(apiVersion)))
      ? []
      : [`${apiVersion} ${kind}: ${verdict}`];
  });
}

/** Service accounts that get a role, wherever in a file they stand. */
function accountsIn(
  value: JsonValue | undefined,
  namespace: string,
): Account[] {
  if (Array.isArray(value)) {
    return value.flatMap(each => accountsIn(each, namespace));
  }
  if (!isObject(value)) {
    return [];
  }
  const inner = Object.values(value).flatMap(each =>
    accountsIn(each, namespace),
  );
  const role =
    isObject(value.annotations) &&
    value.annotations['eks.amazonaws.com/role-arn'];
  return typeof role === 'string'
    ? [
        ...inner,
        {
          roleKey: role.replace('value-of-', ''),
          account: `${value.namespace ?? namespace}:${value.name}`,
        },
      ]
    : inner;
}

function accountsOf(files: ManifestFile[]): Account[] {
  return files.flatMap(file =>
    file.kind === 'manifest'
      ? objectsOf([file]).flatMap(object => accountsIn(object.metadata, ''))
      : accountsIn(
          parse(file.content),
          /--namespace (\S+)/.exec(file.command)![1],
        ),
  );
}

/** The service account that the role behind an output trusts, as the template says. */
function trustedBy(template: Template, roleKey: string): string | undefined {
  const value = JSON.stringify(template.Outputs[roleKey]?.Value);
  const role = Object.entries(template.Resources).find(
    ([id, { Type }]) => Type === 'AWS::IAM::Role' && value?.includes(`"${id}"`),
  );
  return /system:serviceaccount:([^"\\]+)/.exec(
    JSON.stringify(role?.[1].Properties.AssumeRolePolicyDocument) ?? '',
  )?.[1];
}

/** What is applied to the cluster is what Kubernetes takes, and fits the environment that it is for. @public */
export function describeManifests(
  subject: Subject,
  render: (input: ManifestInput) => ManifestFile[],
): void {
  const sizes = Object.keys(subject.blueprint.sizes);

  describe('the manifests', () => {
    it.each(sizes)('of %s are what Kubernetes’ schemas allow', size => {
      const files = filesOf(subject, render, size);
      const objects = objectsOf(files);
      // kubectl reads YAML 1.1, in which an unquoted yes is true.
      expect(objectsOf(files, '1.1')).toEqual(objects);
      expect(objects.length).toBeGreaterThan(20);
      expect(problemsOf(objects)).toEqual([]);
      expect(problemsOf([{ ...objects[0], metadata: 'nothing' }])).not.toEqual(
        [],
      );
    });

    it('give each service account the role that trusts it', () => {
      const { template } = synthesize(
        subject,
        inputFor(subject, subject.production, subject.everything),
      );
      const accounts = accountsOf(filesOf(subject, render, subject.production));
      expect(accounts.length).toBeGreaterThan(3);
      expect(accounts).toEqual(
        accounts.map(({ roleKey }) => ({
          roleKey,
          account: trustedBy(template, roleKey),
        })),
      );
    });

    it('are applied in order, each file once, with its command', () => {
      const files = filesOf(subject, render, subject.production);
      const paths = files.map(({ path }) => path);
      expect(new Set(paths).size).toBe(paths.length);
      expect(paths).toEqual([...paths].sort());
      for (const { path, command } of files) {
        expect(command).toContain(path);
      }
      const namespaces = objectsOf(files.slice(0, 1)).map(
        ({ metadata }) => isObject(metadata) && metadata.name,
      );
      expect(namespaces).toContain('application');
      files.forEach((file, index) => {
        const before = files.slice(0, index + 1).map(({ command }) => command);
        for (const { apiVersion, metadata } of objectsOf([file])) {
          const brings = BROUGHT[String(apiVersion)];
          expect(before.some(command => !brings || brings.test(command))).toBe(
            true,
          );
          expect(['kube-system', ...namespaces, undefined]).toContain(
            isObject(metadata) && metadata.namespace,
          );
        }
        expect([
          'kube-system',
          'tekton-pipelines',
          ...namespaces,
          undefined,
        ]).toContain(/--namespace (\S+)/.exec(file.command)?.[1]);
      });
    });

    it('say which output they lack', () => {
      const { ClusterName: _, ...others } = outputsOf(subject);
      expect(() =>
        filesOf(subject, render, subject.production, others),
      ).toThrow('no output ClusterName');
    });
  });
}
