/* eslint-env browser */
import { element, faults, fill, names, region, table } from './draw.js';

const LOOK_EVERY_MS = 2_000;
const MESSAGE_MS = 6_000;
const REGIONS = ['us-east-1', 'us-west-2'];
const ZONES = ['a', 'b', 'c'];
const CALLS_SHOWN = 20;
const LAG_NAMES = {
  rds: 'RDS replicas',
  aurora: 'Aurora global',
  elasticache: 'ElastiCache global',
  s3: 'S3 replication',
};

let hideMessage;

function say(text) {
  const place = document.getElementById('message');
  place.textContent = text;
  clearTimeout(hideMessage);
  hideMessage = setTimeout(() => {
    place.textContent = '';
  }, MESSAGE_MS);
}

async function ask(method, path, body) {
  const answer = await fetch(`/_slipway/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const result = await answer.json();
  if (!answer.ok) {
    throw new Error(result.message ?? `${path} answered ${answer.status}`);
  }
  return result;
}

/** Does something, says how it went, and shows what has become of it. */
async function act(work, done) {
  try {
    await work();
    say(done);
  } catch (error) {
    say(`That did not work: ${error.message}`);
  }
  await look();
}

function toggle(place, isDark) {
  const [name] = Object.values(place);
  return isDark
    ? act(
        () => ask('DELETE', 'faults', { kind: 'dark', match: place }),
        `${name} has light.`,
      )
    : act(
        () => ask('POST', 'faults', { effect: { kind: 'dark' }, match: place }),
        `${name} is dark.`,
      );
}

function end(id) {
  return act(() => ask('DELETE', 'faults', { id }), 'The fault has ended.');
}

function setLag(kind, seconds) {
  // What is typed into is not drawn anew.
  document.activeElement?.blur();
  return act(
    () => ask('POST', 'emulator/lag', { kind, seconds }),
    seconds === null
      ? `${LAG_NAMES[kind]}: as usual.`
      : `${LAG_NAMES[kind]}: ${seconds} s behind.`,
  );
}

function drawLag(lag) {
  const place = document.getElementById('lag');
  if (place.contains(document.activeElement)) {
    return;
  }
  place.replaceChildren(
    ...Object.entries(lag).map(([kind, seconds]) => {
      const input = element('input', {
        type: 'number',
        min: '0',
        step: 'any',
        value: `${Math.round(seconds * 10) / 10}`,
      });
      return element(
        'form',
        {
          onsubmit: event => {
            event.preventDefault();
            setLag(kind, Number(input.value));
          },
        },
        element('label', {}, `${LAG_NAMES[kind] ?? kind}, seconds`, input),
        element('button', { type: 'submit' }, 'Set'),
        element(
          'button',
          { type: 'button', onclick: () => setLag(kind, null) },
          'Usual',
        ),
      );
    }),
  );
}

function drawEmulated({ resourceTypes, services }) {
  const place = document.getElementById('emulated');
  if (place.dataset.count === `${resourceTypes.length}`) {
    return;
  }
  place.dataset.count = `${resourceTypes.length}`;
  place.replaceChildren(
    element(
      'p',
      { className: 'hint' },
      'Everything that is not emulated answers an error in AWS’s own shape: other resource types, other services, and calls that an emulated service has no answer to.',
    ),
    names('CloudFormation types that are made', resourceTypes),
    names('Services that are emulated', services.emulated),
    names('Services that answer an error', services.refused),
  );
}

function drawTables({ healthChecks, parts, calls }) {
  fill(
    'checks',
    table(
      [
        'Health check',
        'State',
        'Last look',
        { text: 'At (UTC)', className: 'secondary' },
      ],
      healthChecks.map(({ name, healthy, last }) => [
        name,
        healthy
          ? { text: 'healthy', className: 'good' }
          : { text: 'unhealthy', className: 'bad' },
        { text: last?.status ?? '', className: 'wide' },
        last?.checkedAt.slice(11, 19) ?? '',
      ]),
      'There are none.',
    ),
  );
  fill(
    'parts',
    table(
      [
        'Part',
        'State',
        'Port',
        { text: 'Process', className: 'secondary' },
        { text: 'Log', className: 'secondary' },
      ],
      parts.map(({ name, state, port, pid, logFile = '' }) => [
        name,
        { text: state, className: state === 'running' ? 'good' : 'bad' },
        port,
        pid,
        logFile,
      ]),
    ),
  );
  fill(
    'calls',
    table(
      [
        'Time (UTC)',
        { text: 'Account', className: 'secondary' },
        'Region',
        'Service',
        'Operation',
        'Got',
        { text: 'ms', className: 'secondary' },
      ],
      calls.recent.slice(0, CALLS_SHOWN).map(call => [
        call.at.slice(11, 19),
        call.account,
        call.region,
        call.service,
        call.operation,
        {
          text: [call.status || 'no answer', ...call.faults].join(', '),
          className: call.status >= 200 && call.status < 400 ? '' : 'bad',
        },
        call.durationMs,
      ]),
      'Nobody has called yet.',
    ),
  );
}

function draw(status) {
  const { darkness, parts } = status;
  const ended = parts.filter(({ state }) => state === 'ended');
  const health =
    ended.length === 0
      ? `${parts.length} parts run`
      : `${ended.map(({ name }) => name).join(', ')} ended`;
  const count = status.faults.length;
  const trouble =
    { 0: 'no fault is on', 1: '1 fault is on' }[count] ??
    `${count} faults are on`;
  document.getElementById('summary').textContent = `Up since ${status.startedAt
    .slice(0, 16)
    .replace('T', ' ')} UTC: ${health}, ${trouble}, ${
    status.calls.total
  } calls to AWS.`;
  const places = [...new Set([...REGIONS, ...darkness.regions])];
  const cards = places.map(name =>
    region(
      name,
      ZONES.map(letter => `${name}${letter}`),
      darkness,
      toggle,
    ),
  );
  const placed = JSON.stringify([places, darkness]);
  const place = document.getElementById('places');
  if (place.dataset.drawn !== placed) {
    place.dataset.drawn = placed;
    fill('places', ...cards);
  }
  const listed = JSON.stringify(status.faults);
  const list = document.getElementById('faults');
  if (list.dataset.drawn !== listed) {
    list.dataset.drawn = listed;
    fill('faults', ...faults(status.faults, end));
  }
  document.getElementById('clear').disabled = count === 0;
  drawLag(status.lag);
  drawTables(status);
  drawEmulated(status);
}

async function look() {
  try {
    draw(await ask('GET', 'status'));
  } catch (error) {
    document.getElementById(
      'summary',
    ).textContent = `The sandbox does not answer (${error.message}).`;
  }
}

function listen() {
  document.getElementById('clear').onclick = () =>
    act(() => ask('DELETE', 'faults', {}), 'All faults have ended.');
  document.getElementById('fault-form').onsubmit = event => {
    event.preventDefault();
    const form = new FormData(event.target);
    const kind = form.get('kind');
    const effect = kind === 'latency' ? { kind, delayMs: 1_000 } : { kind };
    const match = Object.fromEntries(
      ['region', 'service', 'operation']
        .map(name => [name, form.get(name).trim()])
        .filter(([, value]) => value !== ''),
    );
    act(
      () =>
        ask('POST', 'faults', {
          effect,
          match,
          probability: Number(form.get('probability')),
        }),
      'The fault is on.',
    );
  };
  const reset = document.getElementById('reset-form');
  const confirmation = reset.elements.confirmation;
  const isConfirmed = () => confirmation.value.trim() === 'reset';
  confirmation.oninput = () => {
    reset.querySelector('button').disabled = !isConfirmed();
  };
  reset.onsubmit = event => {
    event.preventDefault();
    if (isConfirmed()) {
      reset.reset();
      confirmation.oninput();
      act(() => ask('POST', 'emulator/reset', {}), 'AWS is empty.');
    }
  };
}

async function watch() {
  await look();
  setTimeout(watch, LOOK_EVERY_MS);
}

listen();
watch();
