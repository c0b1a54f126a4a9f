import {
  createBaseThemeOptions,
  createUnifiedTheme,
  genPageTheme,
  type UnifiedTheme,
} from '@backstage/theme';
import { componentOverrides } from './components';
import { createPalette } from './palette';
import {
  darkColors,
  fontFamilies,
  fontSizes,
  lightColors,
  type ColorTokens,
} from './tokens';

const heading = (size: number) => ({
  fontSize: size,
  fontWeight: 600,
  lineHeight: 1.3,
  letterSpacing: 0,
  marginBottom: 0,
});

const typography = {
  htmlFontSize: 16,
  fontFamily: fontFamilies.text,
  h1: heading(fontSizes.title),
  h2: heading(fontSizes.title),
  h3: heading(fontSizes.title),
  h4: heading(fontSizes.emphasis),
  h5: heading(fontSizes.emphasis),
  h6: heading(fontSizes.emphasis),
  subtitle1: { fontSize: fontSizes.emphasis },
  subtitle2: { fontSize: fontSizes.body, fontWeight: 600 },
  body1: { fontSize: fontSizes.body },
  body2: { fontSize: fontSizes.body },
  button: {
    fontSize: fontSizes.body,
    fontWeight: 600,
    textTransform: 'none',
    letterSpacing: 0,
  },
  caption: { fontSize: fontSizes.meta },
  overline: {
    fontSize: fontSizes.meta,
    textTransform: 'none',
    letterSpacing: 0,
  },
} as const;

function createTheme(mode: 'light' | 'dark', colors: ColorTokens) {
  const plainHeader = genPageTheme({
    colors: [colors.surface, colors.surface],
    shape: 'none',
    options: { fontColor: colors.text },
  });
  return createUnifiedTheme({
    ...createBaseThemeOptions({ palette: createPalette(mode, colors) }),
    fontFamily: fontFamilies.text,
    typography,
    defaultPageTheme: 'home',
    pageTheme: Object.fromEntries(
      [
        'home',
        'documentation',
        'tool',
        'service',
        'website',
        'library',
        'other',
        'app',
        'apis',
        'card',
      ].map(id => [id, plainHeader]),
    ),
    components: componentOverrides(colors),
  });
}

/** @public */
export const lightTheme: UnifiedTheme = createTheme('light', lightColors);

/** @public */
export const darkTheme: UnifiedTheme = createTheme('dark', darkColors);
