import { readFileSync, renameSync, writeFileSync } from 'node:fs';
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
    const kept = readKept(file);
    kept.templates.forEach(template =>
      this.templates.set(template.id, template),
    );
    kept.experiments.forEach(experiment =>
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
    const partial = `${this.#file}.partial`;
    writeFileSync(
      partial,
      JSON.stringify({
        templates: [...this.templates.values()],
        experiments: [...this.experiments.values()].slice(-EXPERIMENTS_KEPT),
      }),
    );
    renameSync(partial, this.#file);
  }
}

function readKept(file: string): {
  templates: Template[];
  experiments: Experiment[];
} {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8'));
    return {
      templates: kept.templates ?? [],
      experiments: kept.experiments ?? [],
    };
  } catch {
    return { templates: [], experiments: [] };
  }
}
