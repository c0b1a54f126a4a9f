import { parseArgs } from 'node:util';
import { applyRatio } from './measures/applyRatio';
import { fleet } from './measures/fleet';
import { engineTime } from './measures/engineTime';
import { gatewayOverhead } from './measures/gatewayOverhead';
import { manyApplies } from './measures/manyApplies';
import { memory } from './measures/memory';
import { policy } from './measures/policy';
import { sandbox } from './measures/sandbox';
import { terraformRatio } from './measures/terraformRatio';
import { record, tableOf } from './report';
import type { Figure, Measure } from './types';
import { BenchWorld } from './world/BenchWorld';

const MEASURES: Measure[] = [
  memory,
  applyRatio,
  terraformRatio,
  manyApplies,
  engineTime,
  gatewayOverhead,
  policy,
  fleet,
  sandbox,
];

const HELP = `script/bench [name…]   measures the portal against what it promises; all of it unless named
${MEASURES.map(({ name, title }) => `  ${name.padEnd(10)} ${title}`).join('\n')}
  --rounds N         how often each side is measured (5)
  --environments N   how many are applied at once (20)
  --record           write the figures into docs/measures.md`;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function chosen(names: string[]): Measure[] {
  for (const name of names) {
    if (!MEASURES.some(measure => measure.name === name)) {
      throw new Error(`There is no measure "${name}".\n${HELP}`);
    }
  }
  return MEASURES.filter(
    ({ name }) => names.length === 0 || names.includes(name),
  );
}

function positive(text: string, option: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`--${option} takes a whole number from 1 on, not ${text}`);
  }
  return value;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      environments: { type: 'string', default: '20' },
      record: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    say(HELP);
    return 0;
  }
  const measures = chosen(positionals);
  const options = {
    rounds: positive(values.rounds, 'rounds'),
    environments: positive(values.environments, 'environments'),
    say: (line: string) => say(`  ${line}`),
  };
  const world = await BenchWorld.start(options.say);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      world.stop().finally(() => process.exit(1));
    });
  }
  const figures: Figure[] = [];
  try {
    for (const measure of measures) {
      say(`${measure.name}: ${measure.title}`);
      figures.push(...(await measure.run(world, options)));
    }
  } finally {
    await world.stop();
  }
  say('');
  say(tableOf(figures));
  if (values.record) {
    const file = record(figures, process.argv.slice(2));
    say(`\nWritten to ${file}`);
  }
  return figures.every(({ met }) => met) ? 0 : 1;
}

main().then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(2);
  },
);
