export type Labels = Readonly<Record<string, string>>;

/** A name with what it means. */
export interface Family {
  name: string;
  type: 'counter' | 'gauge' | 'histogram';
  help: string;
  /** Digits after the point; whole numbers unless told. */
  digits?: number;
}

/** Takes the values of all series, always in the same order. */
export interface Meter {
  /** A total that grows by so much a second; what is undefined is not measured. */
  counter(family: Family, labels: Labels, perSecond: number | undefined): void;
  gauge(family: Family, labels: Labels, value: number | undefined): void;
  /** Observations a second, the share of them within each bound, and their average. */
  histogram(
    family: Family,
    labels: Labels,
    bounds: readonly number[],
    of:
      | { perSecond: number; within: readonly number[]; average: number }
      | undefined,
  ): void;
}
