import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { SandboxDns } from '../dns/SandboxDns';
import type { EmulatorLink } from '../faults/EmulatorLink';
import type { FaultBook } from '../faults/FaultBook';
import { faultInput, faultMatch } from '../faults/faultInput';
import type { Fault } from '../faults/types';
import type { CallLog } from '../gateway/CallLog';
import type { PartStatus } from '../supervisor/types';
import type { WorldState } from '../world/types';
import { EmulatorControl } from './EmulatorControl';
import { pageFile } from './page';
import type { SandboxStatus } from './types';

/** What the control API looks at and acts on. */
interface ControlApiOptions {
  startedAt: string;
  dir: string;
  faults: FaultBook;
  /** Waited for, so that whoever changes what is dark finds it so. */
  link: EmulatorLink;
  emulatorUrl: string;
  /** What else is AWS's, to be emptied before the emulator is. */
  onReset: () => Promise<void>;
  parts: () => PartStatus[];
  calls: () => CallLog;
  /** Undefined until it is up. */
  dns: () => SandboxDns | undefined;
  /** What state the systems are in; undefined where there are none. */
  world: () => WorldState | undefined;
}

const RECENT_CALLS = 50;

const endInput = z.strictObject({
  id: z.string().optional(),
  kind: z.string().optional(),
  match: faultMatch.default({}),
});

interface Answer {
  status: number;
  body: unknown;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
}

/** Pages of other sites must not be able to steer the sandbox: they can neither choose our host name nor send JSON. */
function isForeign(request: IncomingMessage): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  return (
    !['127.0.0.1', 'localhost'].includes(host) ||
    (request.method !== 'GET' &&
      request.headers['content-type'] !== 'application/json')
  );
}

function covers(fault: Fault, input: z.infer<typeof endInput>): boolean {
  return (
    (input.id === undefined || fault.id === input.id) &&
    (input.kind === undefined || fault.effect.kind === input.kind) &&
    Object.entries(input.match).every(
      ([key, value]) => fault.match[key as keyof Fault['match']] === value,
    )
  );
}

/**
 * The sandbox's own addresses below `/_slipway/`: the status as page and JSON, faults (GET, POST, DELETE), what is dark,
 * the state of the systems, and below `emulator/` the emulator's own.
 */
export class ControlApi {
  readonly #options: ControlApiOptions;
  readonly #emulator: EmulatorControl;

  constructor(options: ControlApiOptions) {
    this.#options = options;
    this.#emulator = new EmulatorControl(options.emulatorUrl);
  }

  readonly handle = async (
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<boolean> => {
    const path = (request.url ?? '')
      .split('?')[0]
      .replace(/^\/_slipway\/?/, '');
    if (isForeign(request)) {
      send(response, 403, {
        message:
          'Only this machine may steer the sandbox, with content-type application/json.',
      });
      return true;
    }
    const file = request.method === 'GET' ? pageFile(path) : undefined;
    if (file) {
      response.writeHead(200, file.headers).end(file.text);
      return true;
    }
    const { status, body } = await this.#answer(path, request).catch(toProblem);
    send(response, status, body);
    return true;
  };

  /** What runs, and in which state. */
  async status(): Promise<SandboxStatus> {
    const { startedAt, dir, faults, parts, calls, dns } = this.#options;
    const names = new Map(
      Object.values(this.#options.world()?.systems ?? {})
        .flatMap(({ healthChecks }) => healthChecks)
        .map(({ id, name }) => [id, name]),
    );
    return {
      ...(await this.#emulator.status()),
      startedAt,
      dir,
      parts: parts(),
      darkness: faults.darkness(),
      faults: faults.list(),
      healthChecks: (dns()?.healthChecks ?? []).map(check => ({
        ...check,
        name: names.get(check.id) ?? check.id,
      })),
      calls: { total: calls().total, recent: calls().recent(RECENT_CALLS) },
    };
  }

  async #answer(path: string, request: IncomingMessage): Promise<Answer> {
    const { faults, link } = this.#options;
    const asked = `${request.method} ${path}`;
    if (asked === 'GET status' || asked === 'GET health') {
      return { status: 200, body: await this.status() };
    }
    if (asked === 'GET darkness') {
      return { status: 200, body: faults.darkness() };
    }
    if (asked === 'GET world') {
      const world = this.#options.world();
      return world
        ? { status: 200, body: world }
        : { status: 404, body: { message: 'This sandbox has no systems.' } };
    }
    if (asked === 'GET faults') {
      return { status: 200, body: faults.list() };
    }
    if (asked === 'POST faults') {
      const input = faultInput.parse(await readJson(request));
      const fault = faults.start({ ...input, startedBy: 'command' });
      await link.tell();
      return { status: 201, body: fault };
    }
    if (asked === 'DELETE faults') {
      const input = endInput.parse(await readJson(request));
      const ended = faults.end(fault => covers(fault, input));
      await link.tell();
      return { status: 200, body: ended };
    }
    if (asked === 'POST emulator/reset') {
      await this.#options.onReset();
      await link.tell();
    }
    // A name only: two dots would lead to addresses that are not for steering.
    if (/^emulator\/[a-z]+$/.test(path)) {
      return this.#emulator.call(
        request.method ?? 'GET',
        path.slice('emulator/'.length),
        await readJson(request),
      );
    }
    return { status: 404, body: { message: `There is no ${asked}.` } };
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify(body));
}

function toProblem(error: unknown): Answer {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    const message = `${issue.path.join('.') || 'body'}: ${issue.message}`;
    return { status: 400, body: { message } };
  }
  if (error instanceof SyntaxError) {
    return { status: 400, body: { message: 'The body is not JSON.' } };
  }
  return { status: 502, body: { message: (error as Error).message } };
}
