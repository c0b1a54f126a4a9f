/** Colours of one mode; every text colour reads at 4.5 : 1 on `background` and `surface`. @public */
export interface ColorTokens {
  background: string;
  surface: string;
  /** On top of a surface: inputs, hovered rows. */
  raised: string;
  text: string;
  textSubtle: string;
  textDisabled: string;
  border: string;
  borderStrong: string;
  accent: string;
  accentHover: string;
  onAccent: string;
  focus: string;
  healthy: string;
  attention: string;
  failing: string;
  working: string;
  unknown: string;
  healthyBackground: string;
  attentionBackground: string;
  failingBackground: string;
  workingBackground: string;
  /** Eight hues in a fixed order, told apart also with protanopia, deuteranopia and tritanopia. */
  chart: readonly string[];
}

/** @public */
export const lightColors: ColorTokens = {
  background: '#F3F5F7',
  surface: '#FFFFFF',
  raised: '#F7F9FA',
  text: '#15202B',
  textSubtle: '#52606D',
  textDisabled: '#93A0AB',
  border: '#DAE0E6',
  borderStrong: '#7B8A97',
  accent: '#0F5C8C',
  accentHover: '#0A4468',
  onAccent: '#FFFFFF',
  focus: '#0F5C8C',
  healthy: '#17703F',
  attention: '#8A5700',
  failing: '#B42424',
  working: '#0B5FB5',
  unknown: '#5B6875',
  healthyBackground: '#E3F4EA',
  attentionBackground: '#FCF0D9',
  failingBackground: '#FCE8E6',
  workingBackground: '#E3EFFB',
  chart: [
    '#1D55BD',
    '#B84305',
    '#789375',
    '#AC69B6',
    '#E06502',
    '#1596FD',
    '#3D3582',
    '#7F5973',
  ],
};

/** @public */
export const darkColors: ColorTokens = {
  background: '#10161C',
  surface: '#182028',
  raised: '#202A34',
  text: '#E3E9EF',
  textSubtle: '#9FADB9',
  textDisabled: '#647380',
  border: '#2C3844',
  borderStrong: '#6E7F8E',
  accent: '#6DB5E6',
  accentHover: '#94CBF0',
  onAccent: '#0B1A26',
  focus: '#94CBF0',
  healthy: '#55C58D',
  attention: '#E8AF4A',
  failing: '#F58078',
  working: '#6CB0F7',
  unknown: '#9CAAB6',
  healthyBackground: '#143024',
  attentionBackground: '#35290F',
  failingBackground: '#3C1C1B',
  workingBackground: '#142C46',
  chart: [
    '#09B4FD',
    '#FB5E0E',
    '#12A764',
    '#CD82BA',
    '#F2D262',
    '#B3F1F7',
    '#9C60F8',
    '#B9BAA2',
  ],
};

/** The sidebar's, the same in both modes. @public */
export const navigationColors = {
  background: '#0E1B27',
  hover: '#1A2C3D',
  text: '#B4C2CE',
  selected: '#FFFFFF',
  /** The lamp at the end of the slip. */
  signal: '#F2A33A',
} as const;

/** The four sizes of type, in pixels. @public */
export const fontSizes = {
  meta: 12,
  body: 14,
  emphasis: 16,
  title: 24,
} as const;

/** Inter comes with the app, so that numbers align alike everywhere; nothing is fetched from elsewhere. @public */
export const fontFamilies = {
  text: '"Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  mono: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace',
} as const;
