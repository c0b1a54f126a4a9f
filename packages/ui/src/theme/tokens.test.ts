import { darkColors, lightColors, type ColorTokens } from './tokens';

type Rgb = [number, number, number];

/** Linear light of a hexadecimal colour, 0 to 1. */
function linear(hex: string): Rgb {
  const channel = (at: number) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** Contrast ratio by WCAG 2. */
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(linear(a)), luminance(linear(b))].sort(
    (x, y) => x - y,
  );
  return (high + 0.05) / (low + 0.05);
}

/** Machado, Oliveira and Fernandes (2009), severity 1. */
const VISION: Record<string, Rgb[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function seenAs(rgb: Rgb, matrix: Rgb[]): Rgb {
  return matrix.map(row =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, factor, i) => sum + factor * rgb[i], 0),
      ),
    ),
  ) as Rgb;
}

function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function closestPair(colors: readonly string[], vision: string) {
  const seen = colors.map(hex => oklab(seenAs(linear(hex), VISION[vision])));
  const distances = seen.flatMap((a, i) =>
    seen.slice(i + 1).map(b => Math.hypot(...a.map((x, k) => x - b[k]))),
  );
  return Math.min(...distances);
}

const modes: Array<[string, ColorTokens]> = [
  ['light', lightColors],
  ['dark', darkColors],
];

describe.each(modes)('%s colours', (_, c) => {
  const texts = [
    'text',
    'textSubtle',
    'accent',
    'healthy',
    'attention',
    'failing',
    'working',
    'unknown',
  ] as const;

  it.each(texts)('%s reads on background, surface and raised', name => {
    for (const behind of [c.background, c.surface, c.raised]) {
      expect(contrast(c[name], behind)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(['healthy', 'attention', 'failing', 'working'] as const)(
    '%s reads on its own tint',
    name => {
      expect(contrast(c[name], c[`${name}Background`])).toBeGreaterThanOrEqual(
        4.5,
      );
      expect(contrast(c.text, c[`${name}Background`])).toBeGreaterThanOrEqual(
        4.5,
      );
    },
  );

  it('labels the primary button readably, and shows focus and inputs', () => {
    expect(contrast(c.onAccent, c.accent)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(c.focus, c.surface)).toBeGreaterThanOrEqual(3);
    expect(contrast(c.borderStrong, c.surface)).toBeGreaterThanOrEqual(3);
  });

  it('has eight chart hues that stand out from the surface', () => {
    expect(new Set(c.chart).size).toBe(8);
    for (const hue of c.chart) {
      expect(contrast(hue, c.surface)).toBeGreaterThanOrEqual(3);
    }
  });

  it.each(Object.keys(VISION))(
    'keeps the chart hues apart with %s vision',
    vision => {
      expect(closestPair(c.chart, vision)).toBeGreaterThanOrEqual(0.1);
    },
  );
});
