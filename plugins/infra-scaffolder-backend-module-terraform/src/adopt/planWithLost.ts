import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ENVIRONMENT_ID_TAG } from '@slipway/plugin-infra-scaffolder-node';
import type { StepContext } from '@slipway/plugin-runs-node';
import type { Diagnostic } from '../binary/output';
import { pathOf } from '../describe/naming';
import type { PlanDocument } from '../describe/planDocument';
import { isObject } from '../describe/properties';
import { diagnosticFailure } from '../plan/failures';
import { makePlan, tryPlan } from '../plan/runPlan';
import type { Workspace } from '../workspace/Workspace';
import type { EngineWorld } from '../world';
import {
  type Candidate,
  candidatesOf,
  sameTags,
  type TaggedResource,
} from './candidates';

const IMPORTS = 'slipway_lost.tf.json';

export interface PlanWithLost {
  document: PlanDocument;
  diagnostics: Diagnostic[];
  /** Paths of resources that are in AWS and were not in the state. */
  found: string[];
  /** What carries the environment's tag and belongs to no resource of the plan: a person has to look at it. */
  unexplained: string[];
}

/**
 * Plans after a process that did not come to its end: what it made and could not write into the state is looked for by tags
 * and names, and taken into the state instead of being made twice. Of a destroy, so that it is deleted with the rest.
 */
export async function planWithLost(
  ctx: StepContext,
  world: EngineWorld,
  workspace: Workspace,
  { destroy }: { destroy: boolean },
): Promise<PlanWithLost> {
  const lost = await searchLost(ctx, world, workspace);
  const found = [...lost.imports.values()].map(({ address }) =>
    pathOf(address),
  );
  if (found.length > 0) {
    await ctx.emit({
      code: 'step.log',
      level: 'warning',
      message: `In AWS, but not in Terraform's state, is what an earlier try had begun: ${found.join(
        ', ',
      )}. It is taken into the state.`,
    });
  }
  const unexplained = unexplainedOf(
    lost.tagged,
    lost.document,
    lost.imports,
  ).map(({ arn }) => arn);
  if (unexplained.length > 0) {
    await ctx.emit({
      code: 'step.log',
      level: 'warning',
      message: unexplainedSentence(unexplained),
    });
  }
  if (!destroy) {
    return { ...lost, found, unexplained };
  }
  await rm(path.join(workspace.root, IMPORTS), { force: true });
  for (const candidate of lost.imports.values()) {
    await importNow(ctx, workspace, candidate);
  }
  const plan = await makePlan(workspace, ctx.signal, { destroy });
  return { ...plan, found, unexplained };
}

/** Plans again and again, each time with what may be there already, until nothing more is found. */
async function searchLost(
  ctx: StepContext,
  world: EngineWorld,
  workspace: Workspace,
) {
  const tagged = await world.searchTags(ctx.signal);
  const imports = new Map<string, Candidate>();
  const tried = new Set<string>();
  const drop = (addresses: string[]) =>
    addresses.forEach(address => imports.delete(address));
  for (;;) {
    await writeImports(workspace, imports);
    const attempt = await tryPlan(workspace, ctx.signal, { destroy: false });
    if ('failure' in attempt) {
      const refused = refusedImports(attempt.diagnostics, imports);
      if (refused.length === 0) {
        throw attempt.failure;
      }
      drop(refused);
      continue;
    }
    const { document, diagnostics } = attempt;
    const foreign = foreignImports(document, imports, world.environment.id);
    if (foreign.length > 0) {
      drop(foreign);
      continue;
    }
    const fresh = candidatesOf(document, tagged, {
      place: world.place,
      tried,
    });
    if (fresh.length === 0) {
      return { document, diagnostics, imports, tagged };
    }
    for (const candidate of fresh) {
      tried.add(candidate.address);
      imports.set(candidate.address, candidate);
    }
  }
}

/** Twins are told apart later, and taken away. */
export function unexplainedOf(
  tagged: TaggedResource[],
  { resource_changes: changes = [] }: PlanDocument,
  imports: ReadonlyMap<string, Candidate>,
): TaggedResource[] {
  const known = new Set([
    ...changes.flatMap(({ change }) => [
      change.before?.id,
      change.before?.arn,
      change.before?.url,
    ]),
    ...[...imports.values()].map(({ id }) => id),
  ]);
  return tagged.filter(
    ({ id, arn, type, tags }) =>
      !known.has(id) &&
      !known.has(arn) &&
      !changes.some(
        ({ type: planned, change }) =>
          planned === type && sameTags(tags, change.after?.tags_all),
      ),
  );
}

export function unexplainedSentence(arns: string[]): string {
  return `AWS has what carries this environment's tag and is no part of the plan: ${arns.join(
    ', ',
  )}. Terraform leaves it alone: delete it, or take its tag off.`;
}

/** Those that are not there after all; where Terraform does not say which, all that only their names spoke for. */
function refusedImports(
  diagnostics: Diagnostic[],
  imports: ReadonlyMap<string, Candidate>,
): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const named = [...imports.keys()].filter(address =>
    errors.some(
      error =>
        error.address === address ||
        error.detail.includes(JSON.stringify(address)) ||
        error.detail.includes(`"${address}"`),
    ),
  );
  return named.length > 0
    ? named
    : [...imports.values()].flatMap(({ address, isTagged }) =>
        isTagged ? [] : [address],
      );
}

/**
 * Those of the right name that carry no tag of the environment: somebody else's. A record of a zone takes no tags; it is ours
 * only if it says what we would say, which points at what is ours.
 */
function foreignImports(
  { resource_changes: changes = [] }: PlanDocument,
  imports: ReadonlyMap<string, Candidate>,
  environmentId: string,
): string[] {
  return changes.flatMap(({ address, type, change }) => {
    const { before } = change;
    if (!before || imports.get(address)?.isTagged !== false) {
      return [];
    }
    const tags = before.tags_all;
    const isForeign =
      type === 'aws_route53_record'
        ? change.actions.join() !== 'no-op'
        : 'tags_all' in before &&
          !(isObject(tags) && tags[ENVIRONMENT_ID_TAG] === environmentId);
    return isForeign ? [address] : [];
  });
}

async function writeImports(
  workspace: Workspace,
  imports: ReadonlyMap<string, Candidate>,
): Promise<void> {
  const blocks = [...imports.values()].map(({ address, id }) => ({
    to: address,
    id,
  }));
  await writeFile(
    path.join(workspace.root, IMPORTS),
    JSON.stringify(blocks.length > 0 ? { import: blocks } : {}),
  );
}

async function importNow(
  ctx: StepContext,
  workspace: Workspace,
  { address, id }: Candidate,
): Promise<void> {
  await ctx.call({
    name: `Import:${address}`,
    facts: { address, id },
    guard: { type: 'token' },
    execute: async () => {
      const { code, stderr } = await workspace.run(
        [
          'import',
          '-input=false',
          '-no-color',
          ...workspace.variableArguments,
          address,
          id,
        ],
        ctx.signal,
      );
      if (code !== 0 && !/already managed by Terraform/.test(stderr)) {
        throw diagnosticFailure(`import ${pathOf(address)}`, [], stderr);
      }
      return {};
    },
  });
}
