import '@fontsource-variable/inter/wght.css';
import { UnifiedThemeProvider } from '@backstage/theme';
import GlobalStyles from '@mui/material/GlobalStyles';
import type { ReactNode } from 'react';
import { createGlobalStyles } from './globalStyles';
import { darkTheme, lightTheme } from './themes';
import { darkColors, lightColors } from './tokens';

const globalStyles = {
  light: <GlobalStyles styles={createGlobalStyles(lightColors)} />,
  dark: <GlobalStyles styles={createGlobalStyles(darkColors)} />,
};

/** Themes of Material UI 4 and 5, and the variables of Backstage UI, for all within. @public */
export function SlipwayThemeProvider(props: {
  mode: 'light' | 'dark';
  children: ReactNode;
}) {
  return (
    <UnifiedThemeProvider
      theme={props.mode === 'dark' ? darkTheme : lightTheme}
      themeName="slipway"
    >
      {globalStyles[props.mode]}
      {props.children}
    </UnifiedThemeProvider>
  );
}
