/** Weights of the hours (UTC) and weekdays (from Sunday) of those who shop and read in America, quiet before dawn. */
export const CONSUMERS = {
  hours: [
    1.28, 1.22, 1.12, 0.98, 0.84, 0.7, 0.58, 0.5, 0.46, 0.46, 0.52, 0.64, 0.8,
    0.96, 1.08, 1.16, 1.22, 1.26, 1.28, 1.3, 1.32, 1.34, 1.36, 1.34,
  ],
  weekdays: [0.92, 1.02, 1.04, 1.05, 1.04, 1.0, 0.93],
};

/** Of those who work in offices of America: a hundred times as much at noon as at night, and next to nothing on Sunday. */
export const OFFICES = {
  hours: [
    0.25, 0.15, 0.08, 0.04, 0.03, 0.02, 0.02, 0.02, 0.03, 0.05, 0.12, 0.35, 0.9,
    1.8, 2.5, 2.9, 3.0, 2.9, 2.95, 3.0, 2.8, 2.2, 1.2, 0.55,
  ],
  weekdays: [0.05, 1.3, 1.35, 1.35, 1.33, 1.2, 0.08],
};

/** Of programs on all continents: never quiet. */
export const MACHINES = {
  hours: [
    0.95, 0.92, 0.9, 0.88, 0.86, 0.85, 0.86, 0.88, 0.9, 0.93, 0.96, 0.99, 1.03,
    1.08, 1.13, 1.17, 1.19, 1.2, 1.19, 1.16, 1.12, 1.07, 1.02, 0.98,
  ],
  weekdays: [0.9, 1.02, 1.05, 1.06, 1.05, 1.02, 0.9],
};

export const MI_B = 1024 ** 2;
export const GI_B = 1024 ** 3;
