import { z } from 'zod';
import { readStateFile, writeStateFile } from '../stateFile';
import type { Experiment, Template } from './model';

/** AWS keeps experiments for 120 days; here the latest of them. */
const EXPERIMENTS_KEPT = 200;

/** Templates and experiments, in memory and in one file. */
export class FisStore {
  readonly #file: string;
  readonly templates = new Map<string, Template>();
  readonly experiments = new Map<string, Experiment>();

  constructor(file: string) {
    this.#file = file;
    const { templates, experiments } = readKept(file);
    templates.forEach(template => this.templates.set(template.id, template));
    experiments.forEach(experiment =>
      this.experiments.set(experiment.id, experiment),
    );
  }

  putTemplate(template: Template): void {
    this.templates.set(template.id, template);
    this.#keep();
  }

  deleteTemplate(id: string): void {
    this.templates.delete(id);
    this.#keep();
  }

  putExperiment(experiment: Experiment): void {
    this.experiments.set(experiment.id, experiment);
    this.#keep();
  }

  #keep(): void {
    writeStateFile(this.#file, {
      templates: [...this.templates.values()],
      experiments: [...this.experiments.values()].slice(-EXPERIMENTS_KEPT),
    });
  }
}

const kept = z.object({
  templates: z.array(z.looseObject({ id: z.string() })),
  experiments: z.array(
    z.looseObject({ id: z.string(), template: z.looseObject({}) }),
  ),
});

function readKept(file: string) {
  const { templates = [], experiments = [] } = readStateFile(file, kept) ?? {};
  return { templates, experiments } as unknown as {
    templates: Template[];
    experiments: Experiment[];
  };
}
