export * from './tokens';
export { darkTheme, lightTheme } from './themes';
export { SlipwayThemeProvider } from './SlipwayThemeProvider';
