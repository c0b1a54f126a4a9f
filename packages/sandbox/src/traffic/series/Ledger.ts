import { createHash } from 'node:crypto';
import type { Family, Labels, Meter } from './types';

/** One series with its place in the ledger. */
export interface Series {
  family: Family;
  /** That it belongs to; of a bucket it is the histogram. */
  base: Family;
  /** E.g. `http_requests_total{system="…",code="200"}`. */
  text: string;
  vantage: string;
}

type Record = (meterAt: (vantage: string) => Meter) => void;

function textOf(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([label, value]) => `${label}="${value}"`,
  );
  return `${name}{${pairs.join(',')}}`;
}

/**
 * The values of all series: totals of what is counted, and what gauges show. It is filled by recording the same series
 * in the same order each time, so that only numbers move.
 */
export class Ledger {
  readonly series: readonly Series[];
  /** Totals and gauges, by place. */
  readonly values: Float64Array;
  /** 1 where the series was measured the last time. */
  readonly isMeasured: Uint8Array;
  readonly #meter: Meter;
  #place = 0;
  #seconds = 0;

  /** A ledger of the series that are recorded, with totals of zero. */
  static of(record: Record): Ledger {
    const series: Series[] = [];
    record(vantage => layoutMeter(series, vantage));
    return new Ledger(series);
  }

  private constructor(series: Series[]) {
    this.series = series;
    this.values = new Float64Array(series.length);
    this.isMeasured = new Uint8Array(series.length);
    this.#meter = {
      counter: (_, __, perSecond) => this.#count(perSecond),
      gauge: (_, __, value) => this.#show(value),
      histogram: (_, __, bounds, of) => {
        for (let bound = 0; bound < bounds.length; bound++) {
          this.#count(of && of.perSecond * of.within[bound]);
        }
        this.#count(of?.perSecond);
        this.#count(of && of.perSecond * of.average);
        this.#count(of?.perSecond);
      },
    };
  }

  /** Names the series and their order; totals fit only a ledger of the same layout. */
  get layout(): string {
    const hash = createHash('sha256');
    this.series.forEach(({ text }) => hash.update(text));
    return hash.digest('hex').slice(0, 16);
  }

  /** Takes what has happened in so many seconds. */
  record(seconds: number, record: Record): void {
    this.#place = 0;
    this.#seconds = seconds;
    record(() => this.#meter);
  }

  /** The value as it is exposed: whole events, rounded gauges; undefined where the series is not measured. */
  shown(place: number): number | undefined {
    if (this.isMeasured[place] === 0) {
      return undefined;
    }
    const { family } = this.series[place];
    const scale = 10 ** (family.digits ?? 0);
    // Down, so that no bucket is above the next.
    const round = family.type === 'gauge' ? Math.round : Math.floor;
    return round(this.values[place] * scale) / scale;
  }

  #count(perSecond: number | undefined): void {
    const place = this.#place++;
    this.isMeasured[place] = perSecond === undefined ? 0 : 1;
    if (perSecond !== undefined) {
      this.values[place] += perSecond * this.#seconds;
    }
  }

  #show(value: number | undefined): void {
    const place = this.#place++;
    this.isMeasured[place] = value === undefined ? 0 : 1;
    this.values[place] = value ?? 0;
  }
}

/** Notes which series there are. */
function layoutMeter(series: Series[], vantage: string): Meter {
  const add = (family: Family, labels: Labels, base = family) => {
    series.push({ family, base, text: textOf(family.name, labels), vantage });
  };
  return {
    counter: (family, labels) => add(family, labels),
    gauge: (family, labels) => add(family, labels),
    histogram: (family, labels, bounds) => {
      const part = (suffix: string) => ({
        ...family,
        name: `${family.name}_${suffix}`,
      });
      for (const bound of [...bounds, '+Inf']) {
        add(part('bucket'), { ...labels, le: `${bound}` }, family);
      }
      add({ ...part('sum'), digits: 3 }, labels, family);
      add(part('count'), labels, family);
    },
  };
}
