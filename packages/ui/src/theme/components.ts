import type { UnifiedThemeOptions } from '@backstage/theme';
import { fontSizes, navigationColors, type ColorTokens } from './tokens';

/** Dense tables, flat cards, plain headers: one look for our pages and the upstream ones. */
export function componentOverrides(
  c: ColorTokens,
): UnifiedThemeOptions['components'] {
  const hairline = `1px solid ${c.border}`;
  return {
    MuiPaper: {
      defaultProps: { elevation: 0 },
      styleOverrides: {
        root: { backgroundImage: 'unset' },
        rounded: { borderRadius: 6 },
        elevation1: { boxShadow: 'none', border: hairline },
        elevation2: { boxShadow: 'none', border: hairline },
      },
    },
    MuiTableRow: {
      styleOverrides: {
        root: { '&:nth-of-type(odd)': { backgroundColor: 'transparent' } },
        hover: { '&:hover': { backgroundColor: c.raised } },
        head: { '&:nth-of-type(odd)': { backgroundColor: c.raised } },
      },
    },
    MuiTableCell: {
      styleOverrides: {
        root: {
          padding: '8px',
          lineHeight: 1.43,
          fontSize: fontSizes.body,
          borderBottom: hairline,
          wordBreak: 'normal',
          overflowWrap: 'break-word',
          verticalAlign: 'middle',
        },
        sizeSmall: { padding: '6px 8px' },
        alignRight: { fontVariantNumeric: 'tabular-nums' },
        head: {
          color: c.textSubtle,
          fontSize: fontSizes.meta,
          fontWeight: 600,
          lineHeight: 1.43,
          backgroundColor: c.raised,
        },
      },
    },
    MuiButton: {
      styleOverrides: { root: { borderRadius: 4, boxShadow: 'none' } },
    },
    MuiTab: {
      styleOverrides: {
        root: {
          color: c.textSubtle,
          minHeight: 40,
          minWidth: 0,
          letterSpacing: 0,
          fontSize: fontSizes.body,
          fontWeight: 600,
          textTransform: 'none',
          '&:hover': { color: c.text, background: 'transparent' },
          '&.Mui-selected': { color: c.text },
        },
      },
    },
    MuiTooltip: {
      styleOverrides: {
        tooltip: {
          fontSize: fontSizes.meta,
          backgroundColor: navigationColors.background,
          border: `1px solid ${navigationColors.hover}`,
        },
      },
    },
    MuiChip: {
      styleOverrides: {
        root: {
          borderRadius: 4,
          fontSize: fontSizes.meta,
          margin: '0 4px 4px 0',
          color: c.text,
          backgroundColor: c.raised,
          border: hairline,
        },
        outlined: { backgroundColor: 'transparent' },
        label: { fontWeight: 500, fontSize: fontSizes.meta, lineHeight: 1.43 },
      },
    },
    MuiDivider: { styleOverrides: { root: { backgroundColor: c.border } } },
    BackstageHeader: {
      styleOverrides: {
        header: {
          backgroundImage: 'none',
          backgroundColor: c.surface,
          borderBottom: hairline,
          boxShadow: 'none',
          padding: '16px 24px',
        },
        title: { color: c.text, fontSize: fontSizes.title, fontWeight: 600 },
        subtitle: { color: c.textSubtle },
        type: { color: c.textSubtle, fontSize: fontSizes.meta },
        breadcrumb: { color: c.textSubtle },
        breadcrumbType: { color: c.textSubtle },
        breadcrumbTitle: { color: c.textSubtle },
      },
    },
    BackstageHeaderLabel: {
      styleOverrides: {
        label: { color: c.textSubtle, fontSize: fontSizes.meta },
        value: { color: c.text, fontSize: fontSizes.body },
      },
    },
    BackstageHeaderTabs: {
      styleOverrides: {
        tabsWrapper: {
          backgroundColor: c.surface,
          borderBottom: hairline,
          paddingLeft: 12,
        },
        defaultTab: {
          padding: '10px 12px',
          fontSize: fontSizes.body,
          fontWeight: 600,
          letterSpacing: 0,
          textTransform: 'none',
          color: c.textSubtle,
        },
        selected: { color: c.text },
      },
    },
    BackstageContentHeader: {
      styleOverrides: {
        title: { fontSize: fontSizes.emphasis, fontWeight: 600 },
      },
    },
    BackstageItemCardHeader: {
      styleOverrides: {
        root: {
          color: c.text,
          backgroundImage: 'none',
          backgroundColor: c.surface,
          padding: '16px 16px 8px',
        },
      },
    },
    BackstageTableHeader: {
      styleOverrides: {
        header: {
          padding: 8,
          borderTop: hairline,
          borderBottom: hairline,
          color: c.textSubtle,
          fontSize: fontSizes.meta,
          textTransform: 'none',
        },
      },
    },
    BackstageTableToolbar: {
      styleOverrides: {
        root: { padding: '12px 0 12px 16px' },
        title: { '& > h6': { fontWeight: 600 } },
      },
    },
    BackstageIconLinkVertical: {
      styleOverrides: {
        label: { textTransform: 'none', letterSpacing: 0 },
      },
    },
    CatalogReactUserListPicker: {
      styleOverrides: {
        root: { backgroundColor: 'transparent', border: 'none' },
        title: {
          margin: 0,
          textTransform: 'none',
          color: c.text,
          fontSize: fontSizes.body,
        },
        groupWrapper: { margin: '8px 0 16px' },
        menuItem: { minHeight: 40, paddingRight: 12 },
      },
    },
    BackstageSidebarItem: {
      styleOverrides: {
        root: { fontSize: fontSizes.body, height: 40 },
        label: { fontWeight: 500 },
      },
    },
  };
}
