import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { FaultBook } from '../faults/FaultBook';
import { awsError, type OwnAnswer } from '../gateway/awsErrors';
import type { DescribedCall } from '../gateway/describeCall';
import { ACTIONS } from './catalogue';
import { asStopping, hasEnded } from './engine';
import type { ExperimentRunner } from './ExperimentRunner';
import { FisStore } from './FisStore';
import {
  type Experiment,
  startInput,
  type Template,
  templateInput,
} from './model';
import {
  actionSummary,
  actionToApi,
  experimentSummary,
  experimentToApi,
  resolvedToApi,
  templateSummary,
  templateToApi,
} from './toApi';
import { templateProblem } from './validate';

const LARGEST_PAGE = 100;

class FisError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** One call, as far as the service reads it. */
interface FisCall {
  operation: string;
  account: string;
  region: string;
  /** What the path names. */
  id: string;
  query: URLSearchParams;
  body: Buffer;
}

/**
 * AWS Fault Injection Service, as far as the sandbox's world goes: the actions of the catalogue, by FIS's own API.
 * Templates and experiments outlive a restart; an experiment goes on where it was.
 */
export class FisService {
  readonly #store: FisStore;
  readonly #faults: FaultBook;
  readonly #endpoint: string;
  #runner: ExperimentRunner | undefined;

  /**
   * @param file - where templates and experiments are kept
   * @param onTrouble - told why they could not be kept
   * @param endpoint - of the emulator itself, which an experiment's role reaches past every fault
   */
  constructor(
    faults: FaultBook,
    file: string,
    endpoint: string,
    onTrouble: (reason: string) => void = () => {},
  ) {
    this.#store = new FisStore(file, onTrouble);
    this.#faults = faults;
    this.#endpoint = endpoint;
    const experiments = [...this.#store.experiments.values()];
    if (!experiments.every(hasEnded)) {
      this.#work();
    }
  }

  async stop(): Promise<void> {
    await this.#runner?.stop();
  }

  /** Forgets every template and experiment, and ends what these began. */
  async reset(): Promise<void> {
    // A call may start another one while this one comes to rest.
    while (this.#runner) {
      const runner = this.#runner;
      this.#runner = undefined;
      await runner.stop();
    }
    this.#faults.end(({ startedBy }) => this.#store.experiments.has(startedBy));
    this.#store.clear();
  }

  /** The runner's clients of AWS take 60 MB: they are loaded when there is something to run. */
  #work(): void {
    if (!this.#runner) {
      const { ExperimentRunner: Runner } =
        require('./ExperimentRunner') as typeof import('./ExperimentRunner');
      this.#runner = new Runner(this.#store, this.#faults, this.#endpoint);
    }
    this.#runner.look();
  }

  /** Answers one signed call. */
  readonly answer = (
    call: DescribedCall,
    request: IncomingMessage,
    body: Buffer,
  ): OwnAnswer => {
    const [path, query] = (request.url ?? '').split('?', 2);
    const { operation, account, region } = call;
    try {
      const id = idOf(path);
      return json(
        this.#perform({
          operation,
          account,
          region,
          id,
          query: new URLSearchParams(query),
          body,
        }),
      );
    } catch (error) {
      if (error instanceof FisError) {
        const { status, code, message } = error;
        return awsError('rest-json', 'fis', status, code, message);
      }
      throw error;
    }
  };

  #perform(call: FisCall): unknown {
    switch (call.operation) {
      case 'CreateExperimentTemplate':
        return { experimentTemplate: templateToApi(this.#create(call)) };
      case 'GetExperimentTemplate':
        return { experimentTemplate: templateToApi(this.#template(call)) };
      case 'ListExperimentTemplates':
        return page(
          call,
          'experimentTemplates',
          [...this.#store.templates.values()].filter(of(call)),
          templateSummary,
        );
      case 'DeleteExperimentTemplate': {
        const template = this.#template(call);
        this.#store.deleteTemplate(template.id);
        return { experimentTemplate: templateToApi(template) };
      }
      case 'StartExperiment':
        return { experiment: experimentToApi(this.#start(call)) };
      case 'GetExperiment':
        return { experiment: experimentToApi(this.#experiment(call)) };
      case 'ListExperiments':
        return this.#list(call);
      case 'ListExperimentResolvedTargets':
        return page(
          call,
          'resolvedTargets',
          resolvedToApi(this.#experiment(call)),
        );
      case 'StopExperiment': {
        const stopping = asStopping(this.#experiment(call));
        this.#store.putExperiment(stopping);
        this.#work();
        return { experiment: experimentToApi(stopping) };
      }
      case 'ListActions':
        return page(call, 'actions', Object.keys(ACTIONS), id =>
          actionSummary(id, call.region),
        );
      case 'GetAction':
        if (!(call.id in ACTIONS)) {
          throw notFound('action', call);
        }
        return { action: actionToApi(call.id, call.region) };
      default:
        throw new FisError(
          501,
          'NotImplementedException',
          `${call.operation} of FIS is not emulated.`,
        );
    }
  }

  /** The same token again is the same request: it makes nothing new. */
  #create(call: FisCall): Template {
    const { account, region } = call;
    const input = parsed(templateInput, call.body);
    const problem = templateProblem(input);
    if (problem) {
      throw invalid(problem);
    }
    const before = [...this.#store.templates.values()]
      .filter(of(call))
      .find(({ clientToken }) => clientToken === input.clientToken);
    if (before) {
      const { id, createdMs } = before;
      if (
        !isDeepStrictEqual(before, { ...input, id, createdMs, account, region })
      ) {
        throw reused(input.clientToken);
      }
      return before;
    }
    const template: Template = {
      ...input,
      id: newId('EXT'),
      account,
      region,
      createdMs: Date.now(),
    };
    this.#store.putTemplate(template);
    return template;
  }

  #start(call: FisCall): Experiment {
    const input = parsed(startInput, call.body);
    const before = this.#experiments(call).find(
      ({ clientToken }) => clientToken === input.clientToken,
    );
    if (before) {
      if (before.template.id !== input.experimentTemplateId) {
        throw reused(input.clientToken);
      }
      return before;
    }
    const template = this.#template({
      ...call,
      id: input.experimentTemplateId,
    });
    const experiment: Experiment = {
      id: newId('EXP'),
      clientToken: input.clientToken,
      template,
      status: 'initiating',
      startedMs: Date.now(),
      actionsMode: input.experimentOptions?.actionsMode ?? 'run-all',
      actions: Object.fromEntries(
        Object.keys(template.actions).map(name => [
          name,
          { status: 'pending' as const },
        ]),
      ),
      tags: input.tags,
    };
    this.#store.putExperiment(experiment);
    this.#work();
    return experiment;
  }

  #list(call: FisCall) {
    const from = call.query.get('experimentTemplateId');
    const found = this.#experiments(call)
      .filter(({ template }) => !from || template.id === from)
      .reverse();
    return page(call, 'experiments', found, experimentSummary);
  }

  #experiments(call: FisCall): Experiment[] {
    const isOf = of(call);
    return [...this.#store.experiments.values()].filter(({ template }) =>
      isOf(template),
    );
  }

  #template(call: FisCall): Template {
    const template = this.#store.templates.get(call.id);
    if (!template || !of(call)(template)) {
      throw notFound('experiment template', call);
    }
    return template;
  }

  #experiment(call: FisCall): Experiment {
    const experiment = this.#store.experiments.get(call.id);
    if (!experiment || !of(call)(experiment.template)) {
      throw notFound('experiment', call);
    }
    return experiment;
  }
}

/** The part of the path that names something. */
function idOf(path: string): string {
  try {
    return decodeURIComponent(path.split('/')[2] ?? '');
  } catch {
    throw invalid('The path is not URL encoded.');
  }
}

function of(call: FisCall) {
  return ({ account, region }: Pick<Template, 'account' | 'region'>) =>
    account === call.account && region === call.region;
}

function page<T, R = T>(
  { query }: FisCall,
  name: string,
  found: T[],
  toApi: (item: T) => R = item => item as unknown as R,
) {
  const size = Number(query.get('maxResults') ?? LARGEST_PAGE);
  const start = Number(query.get('nextToken') ?? 0);
  if (!(size >= 1 && size <= LARGEST_PAGE) || !(start >= 0)) {
    throw invalid('maxResults or nextToken is not valid.');
  }
  const end = start + size;
  return {
    [name]: found.slice(start, end).map(item => toApi(item)),
    ...(end < found.length ? { nextToken: `${end}` } : {}),
  };
}

/** FIS's ids are upper case, of letters and digits. */
function newId(prefix: string): string {
  return `${prefix}${randomBytes(8).toString('hex').toUpperCase()}`;
}

function invalid(message: string): FisError {
  return new FisError(400, 'ValidationException', message);
}

function reused(token: string): FisError {
  return new FisError(
    409,
    'ConflictException',
    `The client token ${token} was used for another request.`,
  );
}

function notFound(kind: string, { id, region }: FisCall): FisError {
  return new FisError(
    404,
    'ResourceNotFoundException',
    `There is no ${kind} ${id} in ${region}.`,
  );
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
