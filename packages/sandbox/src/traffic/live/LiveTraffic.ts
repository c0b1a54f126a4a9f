import { Trouble } from '../../Trouble';
import type { WorldState, WorldView } from '../../world/types';
import { Traffic, type TrafficState } from '../Traffic';
import { writeState } from '../history/files';
import type { Ledger } from '../series/Ledger';

/** No step is longer, also after the machine has slept. */
const LONGEST_STEP_MS = 60_000;
/** Scrapes of several vantages at nearly the same time see the same moment. */
const SHORTEST_STEP_MS = 200;

/** What live traffic needs to know. */
interface LiveOptions {
  /** Where it is kept what the traffic was, to go on from there. */
  stateFile: string;
  /** The state of the world, once there is one; all is well until then. */
  world: () => WorldView | undefined;
  now?: () => number;
  /** Told why the traffic could not be written down, once until it could; it goes on all the same. */
  onTrouble?: (reason: string) => void;
}

/** The traffic of now: it moves on with the clock, and follows the world. */
export class LiveTraffic {
  readonly vantages: readonly string[];
  readonly #traffic: Traffic;
  readonly #options: LiveOptions;
  readonly #trouble: Trouble;
  readonly #order: ReadonlyMap<string, readonly number[]>;
  #world?: WorldState;
  #unsubscribe?: () => void;

  constructor(state: TrafficState, options: LiveOptions) {
    this.#traffic = Traffic.from(state);
    this.#options = options;
    this.#trouble = new Trouble(reason => options.onTrouble?.(reason));
    this.#order = orderOf(this.#traffic.ledger);
    this.vantages = [...this.#order.keys()];
    this.#watch();
  }

  isDark(vantage: string): boolean {
    this.#watch();
    return this.#world?.regions[vantage]?.isDark ?? false;
  }

  /** The series that are measured from a place, in Prometheus's text format. */
  expose(vantage: string): string {
    this.#watch();
    this.#advance(SHORTEST_STEP_MS);
    // What was shown once may not be taken back: a total that falls reads as a restart.
    this.#keep();
    const { ledger } = this.#traffic;
    const lines: string[] = [];
    let told = '';
    for (const place of this.#order.get(vantage) ?? []) {
      const { base, text } = ledger.series[place];
      const value = ledger.shown(place);
      if (value === undefined) {
        continue;
      }
      if (told !== base.name) {
        told = base.name;
        lines.push(
          `# HELP ${base.name} ${base.help}`,
          `# TYPE ${base.name} ${base.type}`,
        );
      }
      lines.push(`${text} ${value}`);
    }
    return `${lines.join('\n')}\n`;
  }

  end(): void {
    this.#unsubscribe?.();
    this.#advance(1);
    this.#keep();
  }

  #keep(): void {
    this.#trouble.attempt(() =>
      writeState(this.#options.stateFile, this.#traffic.state),
    );
  }

  #watch(): void {
    const view = this.#unsubscribe ? undefined : this.#options.world();
    if (view) {
      this.#world = view.current();
      this.#unsubscribe = view.subscribe(next => {
        // Until now it was as we knew it.
        this.#advance(1);
        this.#world = next;
      });
    }
  }

  #advance(leastMs: number): void {
    const now = (this.#options.now ?? Date.now)();
    if (now - this.#traffic.at < leastMs) {
      return;
    }
    while (this.#traffic.at < now) {
      this.#traffic.step(Math.min(now, this.#traffic.at + LONGEST_STEP_MS), {
        world: this.#world,
        withIncidents: false,
      });
    }
  }
}

/** Places of the ledger by vantage, those of one name after each other, as the text format has it. */
function orderOf(ledger: Ledger): Map<string, number[]> {
  const byName = new Map<string, Map<string, number[]>>();
  ledger.series.forEach(({ vantage, base }, place) => {
    const names = byName.get(vantage) ?? new Map<string, number[]>();
    names.set(base.name, [...(names.get(base.name) ?? []), place]);
    byName.set(vantage, names);
  });
  return new Map(
    [...byName].map(([vantage, names]) => [
      vantage,
      [...names.values()].flat(),
    ]),
  );
}
