import { fontFamilies, fontSizes, type ColorTokens } from './tokens';

/** What no theme of components reaches: the variables of Backstage UI, the page itself, focus, numbers. */
export function createGlobalStyles(c: ColorTokens) {
  return {
    body: {
      ...buiVariables(c),
      backgroundColor: c.background,
      color: c.text,
      fontFamily: fontFamilies.text,
      fontSize: fontSizes.body,
      lineHeight: 1.43,
      margin: 0,
    },
    a: { color: 'inherit', textDecoration: 'none' },
    // Not everywhere: Inter's tabular hyphen is as wide as a digit, which tears names apart.
    '.tabular': { fontVariantNumeric: 'tabular-nums' },
    'code, pre, kbd, samp': { fontFamily: fontFamilies.mono },
    ':focus-visible': {
      outline: `2px solid ${c.focus}`,
      outlineOffset: 2,
    },
    '@media (prefers-reduced-motion: reduce)': {
      '*, *::before, *::after': {
        animationDuration: '0.01ms !important',
        transitionDuration: '0.01ms !important',
      },
    },
  };
}

function buiVariables(c: ColorTokens): Record<string, string> {
  return {
    '--bui-font-regular': fontFamilies.text,
    '--bui-font-monospace': fontFamilies.mono,
    '--bui-ring': c.focus,
    '--bui-bg-app': c.background,
    '--bui-bg-neutral-1': c.surface,
    '--bui-bg-neutral-2': c.raised,
    '--bui-bg-neutral-3': c.surface,
    '--bui-bg-neutral-4': c.raised,
    '--bui-fg-primary': c.text,
    '--bui-fg-secondary': c.textSubtle,
    '--bui-fg-disabled': c.textDisabled,
    '--bui-fg-positive': c.healthy,
    '--bui-fg-negative': c.failing,
    '--bui-fg-warning': c.attention,
    '--bui-fg-announcement': c.working,
    '--bui-border-1': c.border,
    '--bui-border-2': c.borderStrong,
    '--bui-accent-bg': c.accent,
    '--bui-accent-bg-hover': c.accentHover,
    '--bui-accent-bg-disabled': c.border,
    '--bui-accent-fg': c.onAccent,
    '--bui-accent-fg-disabled': c.textDisabled,
    '--bui-announcement-bg': c.working,
    '--bui-announcement-bg-subdued': c.workingBackground,
    '--bui-announcement-border': c.working,
    '--bui-announcement-fg-subdued': c.working,
    '--bui-warning-bg-subdued': c.attentionBackground,
    '--bui-warning-border': c.attention,
    '--bui-warning-fg-subdued': c.attention,
    '--bui-negative-bg': c.failing,
    '--bui-negative-bg-subdued': c.failingBackground,
    '--bui-negative-border': c.failing,
    '--bui-negative-fg': c.surface,
    '--bui-negative-fg-subdued': c.failing,
    '--bui-positive-bg-subdued': c.healthyBackground,
    '--bui-positive-border': c.healthy,
    '--bui-positive-fg-subdued': c.healthy,
  };
}
