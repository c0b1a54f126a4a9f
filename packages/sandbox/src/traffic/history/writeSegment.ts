import { closeSync, openSync, writeSync } from 'node:fs';
import { Traffic } from '../Traffic';
import { TRAFFIC } from '../systems';
import type { Segment } from './files';
import { stepsOfSegment } from './plan';

/** Characters that are gathered before they are written. */
const CHUNK = 1 << 20;

/** Writes a segment of the past in OpenMetrics, value by value, without ever holding more than a moment of it. */
export function writeSegment(segment: Segment, file: string): void {
  const traffic = Traffic.from(segment.start);
  const { ledger } = traffic;
  const names = TRAFFIC.map(({ name }) => name);
  const systems = ledger.series.map(
    ({ text }) => names.find(name => text.includes(`system="${name}"`))!,
  );
  const prefixes = ledger.series.map(({ text }) => `${text} `);
  const out = openSync(file, 'w');
  let chunk = '';
  for (const step of stepsOfSegment(traffic, segment)) {
    traffic.step(step.at, { withIncidents: true });
    const time = ` ${step.at / 1000}\n`;
    for (let place = 0; place < prefixes.length; place++) {
      if (step.systems === 'all' || step.systems.has(systems[place])) {
        const value = ledger.shown(place);
        if (value !== undefined) {
          chunk += prefixes[place] + value + time;
        }
      }
    }
    if (chunk.length > CHUNK) {
      writeSync(out, chunk);
      chunk = '';
    }
  }
  writeSync(out, `${chunk}# EOF\n`);
  closeSync(out);
}
