import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { FaultBook } from '../faults/FaultBook';
import { awsError, type OwnAnswer } from '../gateway/awsErrors';
import type { DescribedCall } from '../gateway/describeCall';
import { faultsOf } from './actions';

const template = z.object({
  description: z.string().min(1).max(512),
  roleArn: z.string().min(1),
  stopConditions: z.array(
    z.object({ source: z.string(), value: z.string().optional() }),
  ),
  targets: z.record(z.string(), z.unknown()).optional(),
  actions: z
    .record(
      z.string(),
      z.object({
        actionId: z.string(),
        description: z.string().optional(),
        parameters: z.record(z.string(), z.string()).optional(),
        targets: z.record(z.string(), z.string()).optional(),
        startAfter: z.array(z.string()).optional(),
      }),
    )
    .refine(actions => Object.keys(actions).length > 0, 'needs an action'),
  tags: z.record(z.string(), z.string()).optional(),
});
const start = z.object({ experimentTemplateId: z.string() });

type Template = z.infer<typeof template> & {
  id: string;
  region: string;
  creationTime: number;
  lastUpdateTime: number;
};

interface Experiment {
  id: string;
  region: string;
  template: Template;
  startTime: number;
  endTime: number;
  stoppedTime?: number;
}

class FisError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * AWS Fault Injection Service, as far as the sandbox's faults go: templates and experiments by its own API. An action
 * begins when its experiment starts; `startAfter` is refused. Experiments end with the sandbox, templates stay.
 */
export class FisService {
  readonly #faults: FaultBook;
  readonly #file: string;
  readonly #templates = new Map<string, Template>();
  readonly #experiments = new Map<string, Experiment>();

  /** @param file - where templates are kept across restarts */
  constructor(faults: FaultBook, file: string) {
    this.#faults = faults;
    this.#file = file;
    for (const kept of readKept(file)) {
      this.#templates.set(kept.id, kept);
    }
  }

  /** Answers one signed call. */
  readonly answer = (
    call: DescribedCall,
    request: IncomingMessage,
    body: Buffer,
  ): OwnAnswer => {
    try {
      const id = decodeURIComponent(
        request.url?.split('?')[0].split('/')[2] ?? '',
      );
      return json(this.#perform(call, id, body));
    } catch (error) {
      if (error instanceof FisError) {
        return awsError(
          'rest-json',
          'fis',
          error.status,
          error.code,
          error.message,
        );
      }
      throw error;
    }
  };

  #perform(call: DescribedCall, id: string, body: Buffer): unknown {
    switch (call.operation) {
      case 'CreateExperimentTemplate':
        return this.#createTemplate(call.region, parsed(template, body));
      case 'GetExperimentTemplate':
        return { experimentTemplate: this.#template(id, call.region) };
      case 'ListExperimentTemplates':
        return {
          experimentTemplates: [...this.#templates.values()].filter(
            ({ region }) => region === call.region,
          ),
        };
      case 'DeleteExperimentTemplate': {
        const experimentTemplate = this.#template(id, call.region);
        this.#templates.delete(id);
        this.#keep();
        return { experimentTemplate };
      }
      case 'StartExperiment':
        return this.#startExperiment(
          this.#template(parsed(start, body).experimentTemplateId, call.region),
        );
      case 'GetExperiment':
        return { experiment: toApi(this.#experiment(id, call.region)) };
      case 'ListExperiments':
        return {
          experiments: [...this.#experiments.values()]
            .filter(({ region }) => region === call.region)
            .map(toApi),
        };
      case 'StopExperiment': {
        const experiment = this.#experiment(id, call.region);
        this.#faults.end(fault => fault.startedBy === id);
        if (Date.now() < experiment.endTime) {
          experiment.stoppedTime ??= Date.now();
        }
        return { experiment: toApi(experiment) };
      }
      default:
        throw new FisError(
          501,
          'NotImplemented',
          `The sandbox has no ${call.operation} of FIS.`,
        );
    }
  }

  #createTemplate(region: string, input: z.infer<typeof template>) {
    for (const action of Object.values(input.actions)) {
      if (action.startAfter?.length) {
        throw invalid(
          'startAfter is not available here; actions begin at once.',
        );
      }
      toFaults(action, region);
    }
    const now = Date.now() / 1000;
    const made: Template = {
      ...input,
      id: newId('EXT'),
      region,
      creationTime: now,
      lastUpdateTime: now,
    };
    this.#templates.set(made.id, made);
    this.#keep();
    return { experimentTemplate: made };
  }

  #startExperiment(from: Template) {
    const id = newId('EXP');
    const faults = Object.values(from.actions).flatMap(action =>
      toFaults(action, from.region),
    );
    for (const fault of faults) {
      this.#faults.start({ ...fault, startedBy: id });
    }
    const startTime = Date.now();
    const experiment: Experiment = {
      id,
      region: from.region,
      template: from,
      startTime,
      endTime:
        startTime + Math.max(...faults.map(({ durationMs }) => durationMs)),
    };
    this.#experiments.set(id, experiment);
    return { experiment: toApi(experiment) };
  }

  #template(id: string, region: string): Template {
    return found(this.#templates.get(id), region, 'experiment template', id);
  }

  #experiment(id: string, region: string): Experiment {
    return found(this.#experiments.get(id), region, 'experiment', id);
  }

  #keep(): void {
    writeFileSync(this.#file, JSON.stringify([...this.#templates.values()]));
  }
}

function readKept(file: string): Template[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Template[];
  } catch {
    return [];
  }
}

function newId(prefix: string): string {
  return `${prefix}${randomBytes(8).toString('hex').toUpperCase()}`;
}

function invalid(message: string): FisError {
  return new FisError(400, 'ValidationException', message);
}

function toFaults(...action: Parameters<typeof faultsOf>) {
  try {
    return faultsOf(...action);
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

function parsed<T>(schema: z.ZodType<T>, body: Buffer): T {
  let input: unknown;
  try {
    input = JSON.parse(body.toString('utf8'));
  } catch {
    throw invalid('The body is not JSON.');
  }
  const result = schema.safeParse(input);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw invalid(`${issue.path.join('.')}: ${issue.message}`);
  }
  return result.data;
}

function found<T extends { region: string }>(
  thing: T | undefined,
  region: string,
  kind: string,
  id: string,
): T {
  if (!thing || thing.region !== region) {
    throw new FisError(
      404,
      'ResourceNotFoundException',
      `There is no ${kind} ${id} in ${region}.`,
    );
  }
  return thing;
}

function toApi(experiment: Experiment) {
  const { template: from, stoppedTime } = experiment;
  const isOver = Date.now() >= experiment.endTime;
  const overStatus = isOver ? 'completed' : 'running';
  const state = { status: stoppedTime ? 'stopped' : overStatus };
  const startTime = experiment.startTime / 1000;
  const endMs = stoppedTime ?? (isOver ? experiment.endTime : undefined);
  const endTime = endMs === undefined ? undefined : endMs / 1000;
  return {
    id: experiment.id,
    experimentTemplateId: from.id,
    roleArn: from.roleArn,
    state,
    targets: from.targets,
    actions: Object.fromEntries(
      Object.entries(from.actions).map(([name, action]) => [
        name,
        { ...action, state, startTime, endTime },
      ]),
    ),
    stopConditions: from.stopConditions,
    creationTime: startTime,
    startTime,
    endTime,
    tags: from.tags,
  };
}

function json(value: unknown): OwnAnswer {
  const body = Buffer.from(JSON.stringify(value));
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'content-length': `${body.length}`,
    },
    body,
  };
}
