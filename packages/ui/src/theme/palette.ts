import { palettes } from '@backstage/theme';
import { navigationColors, type ColorTokens } from './tokens';

/** Palette of Material UI with Backstage's additions, from our tokens alone. */
export function createPalette(mode: 'light' | 'dark', c: ColorTokens) {
  return {
    ...palettes[mode],
    type: mode,
    mode,
    primary: { main: c.accent, dark: c.accentHover, contrastText: c.onAccent },
    secondary: { main: c.textSubtle, contrastText: c.surface },
    success: { main: c.healthy, contrastText: c.surface },
    warning: { main: c.attention, contrastText: c.surface },
    error: { main: c.failing, contrastText: c.surface },
    info: { main: c.working, contrastText: c.surface },
    background: { default: c.background, paper: c.surface },
    text: {
      primary: c.text,
      secondary: c.textSubtle,
      disabled: c.textDisabled,
    },
    divider: c.border,
    status: {
      ok: c.healthy,
      warning: c.attention,
      error: c.failing,
      running: c.working,
      pending: c.attention,
      aborted: c.unknown,
    },
    banner: {
      info: c.workingBackground,
      error: c.failingBackground,
      warning: c.attentionBackground,
      text: c.text,
      link: c.accent,
      closeButtonColor: c.text,
    },
    border: c.border,
    textContrast: c.text,
    textVerySubtle: c.borderStrong,
    textSubtle: c.textSubtle,
    highlight: c.attentionBackground,
    errorBackground: c.failingBackground,
    warningBackground: c.attentionBackground,
    infoBackground: c.workingBackground,
    errorText: c.failing,
    infoText: c.working,
    warningText: c.attention,
    link: c.accent,
    linkHover: c.accentHover,
    gold: c.attention,
    navigation: {
      background: navigationColors.background,
      indicator: navigationColors.signal,
      color: navigationColors.text,
      selectedColor: navigationColors.selected,
      navItem: { hoverBackground: navigationColors.hover },
      submenu: { background: navigationColors.hover },
    },
    pinSidebarButton: {
      icon: navigationColors.background,
      background: navigationColors.text,
    },
    tabbar: { indicator: c.accent },
    bursts: {
      fontColor: c.text,
      slackChannelText: c.textSubtle,
      backgroundColor: { default: c.surface },
      gradient: { linear: 'none' },
    },
  };
}
