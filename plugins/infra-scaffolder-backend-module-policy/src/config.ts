import { resolve } from 'node:path';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const STAGES = ['development', 'staging', 'production'] as const;

/** How far along an environment's size says it is. */
export type Stage = (typeof STAGES)[number];

const SIZES_OF: Record<Stage, string[]> = {
  development: ['dev', 'small'],
  staging: ['staging'],
  production: ['prod', 'standby'],
};

const EFFECTS = ['deny', 'warn', 'off'] as const;

type Override = (typeof EFFECTS)[number];

/** Settings from `infraScaffolder.policy`. */
export interface PolicySettings {
  starterRules: boolean;
  directories: string[];
  /** By the rule's id. */
  effects: Record<string, Override>;
  stageOf: (size: string) => Stage;
  /** US dollars as decimal text. */
  monthlyCeilings: { default?: string; teams: Record<string, string> };
}

function readStages(config?: Config): PolicySettings['stageOf'] {
  const stages = new Map<string, Stage>();
  for (const stage of STAGES) {
    const sizes = config?.getOptionalStringArray(`stages.${stage}`);
    for (const size of sizes ?? SIZES_OF[stage]) {
      const other = stages.get(size);
      if (other) {
        throw new InputError(
          `infraScaffolder.policy.stages names the size ${size} as ${other} and as ${stage}. Name it once.`,
        );
      }
      stages.set(size, stage);
    }
  }
  return size => stages.get(size) ?? 'production';
}

function readEffects(config?: Config): PolicySettings['effects'] {
  const read: PolicySettings['effects'] = {};
  const given = config?.getOptional<Record<string, unknown>>('effects') ?? {};
  for (const [rule, value] of Object.entries(given)) {
    const effect = EFFECTS.find(each => each === value);
    if (!effect) {
      throw new InputError(
        `infraScaffolder.policy.effects.${rule} is "${value}"; write deny, warn or off.`,
      );
    }
    read[rule] = effect;
  }
  return read;
}

function usd(amount: number, key: string): string {
  if (!(amount >= 0)) {
    throw new InputError(`${key} is ${amount}; give an amount of US dollars.`);
  }
  return amount.toFixed(2);
}

function readCeilings(config?: Config): PolicySettings['monthlyCeilings'] {
  const key = 'infraScaffolder.policy.monthlyCeilings';
  const ceilings = config?.getOptionalConfig('monthlyCeilings');
  const everyone = ceilings?.getOptionalNumber('defaultUsd');
  const teams: Record<string, string> = {};
  for (const entry of ceilings?.getOptionalConfigArray('teams') ?? []) {
    const team = entry.getString('team').toLocaleLowerCase('en-US');
    teams[team] = usd(entry.getNumber('usd'), `${key}.teams[].usd of ${team}`);
  }
  return {
    ...(everyone !== undefined && {
      default: usd(everyone, `${key}.defaultUsd`),
    }),
    teams,
  };
}

/** @throws InputError that names the key. */
export function readSettings(root: Config): PolicySettings {
  const config = root.getOptionalConfig('infraScaffolder.policy');
  const directories = config?.getOptionalStringArray('directories') ?? [];
  return {
    starterRules: config?.getOptionalBoolean('starterRules') ?? true,
    directories: directories.map(directory => resolve(directory)),
    effects: readEffects(config),
    stageOf: readStages(config),
    monthlyCeilings: readCeilings(config),
  };
}
