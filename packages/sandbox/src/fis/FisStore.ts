import { z } from 'zod';
import { readStateFile, writeStateFile } from '../stateFile';
import { Trouble } from '../Trouble';
import { hasEnded } from './engine';
import type { Experiment, Template } from './model';

/** AWS keeps experiments for 120 days; here the latest of them. */
const EXPERIMENTS_KEPT = 200;

/** Templates and experiments, in memory and in one file; a full disk ends neither. */
export class FisStore {
  readonly #file: string;
  readonly #trouble: Trouble;
  #isKept = true;
  readonly templates = new Map<string, Template>();
  readonly experiments = new Map<string, Experiment>();

  /** @param onTrouble - told why what is known could not be written down, once until it could */
  constructor(file: string, onTrouble: (reason: string) => void) {
    this.#file = file;
    this.#trouble = new Trouble(onTrouble);
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
    const isNew = !this.experiments.has(experiment.id);
    this.experiments.set(experiment.id, experiment);
    if (isNew) {
      this.#forgetOldest();
    }
    this.#keep();
  }

  clear(): void {
    this.templates.clear();
    this.experiments.clear();
    this.#keep();
  }

  /** Writes down what could not be written when it changed. */
  keepAgain(): void {
    if (!this.#isKept) {
      this.#keep();
    }
  }

  /** One that has not ended is never forgotten. */
  #forgetOldest(): void {
    for (const experiment of this.experiments.values()) {
      if (this.experiments.size <= EXPERIMENTS_KEPT) {
        return;
      }
      if (hasEnded(experiment)) {
        this.experiments.delete(experiment.id);
      }
    }
  }

  #keep(): void {
    this.#isKept = false;
    this.#trouble.attempt(() => {
      writeStateFile(this.#file, {
        templates: [...this.templates.values()],
        experiments: [...this.experiments.values()],
      });
      this.#isKept = true;
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
