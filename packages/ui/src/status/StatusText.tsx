import type { SvgIconComponent } from '@mui/icons-material';
import CheckCircleIcon from '@mui/icons-material/CheckCircle';
import ErrorIcon from '@mui/icons-material/Error';
import HelpIcon from '@mui/icons-material/HelpOutline';
import HollowIcon from '@mui/icons-material/RadioButtonUnchecked';
import SyncIcon from '@mui/icons-material/Sync';
import WarningIcon from '@mui/icons-material/Warning';
import Box from '@mui/material/Box';
import { keyframes, type Theme } from '@mui/material/styles';
import { HEALTH_WORDS, type Health } from './health';

const ICONS: Record<Health, SvgIconComponent> = {
  healthy: CheckCircleIcon,
  attention: WarningIcon,
  failing: ErrorIcon,
  working: SyncIcon,
  unknown: HelpIcon,
};

const turn = keyframes`to { transform: rotate(-360deg); }`;

/** The colour of a health in the theme at hand. @public */
export function healthColor(theme: Theme, health: Health): string {
  const { palette } = theme;
  switch (health) {
    case 'healthy':
      return palette.success.main;
    case 'attention':
      return palette.warning.main;
    case 'failing':
      return palette.error.main;
    case 'working':
      return palette.info.main;
    default:
      return palette.text.secondary;
  }
}

/** The icon of a health; what is at work turns, unless the reader wants less motion. @public */
export function StatusIcon(props: {
  health: Health;
  /** In pixels; 16 unless told. */
  size?: number;
  /** Nothing is to be known yet, or any more. */
  idle?: boolean;
}) {
  const { health, size = 16, idle } = props;
  const Icon = idle ? HollowIcon : ICONS[health];
  return (
    <Icon
      aria-hidden
      sx={{
        fontSize: size,
        flexShrink: 0,
        color: theme => healthColor(theme, health),
        ...(health === 'working' && {
          animation: `${turn} 2s linear infinite`,
          '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
        }),
      }}
    />
  );
}

/** Icon and word of a health; `children` says it in the field's own words. @public */
export function StatusText(props: {
  health: Health;
  children?: React.ReactNode;
  title?: string;
  /** Nothing is to be known yet, or any more. */
  idle?: boolean;
}) {
  const { health, children, title, idle } = props;
  return (
    <Box
      component="span"
      title={title}
      data-health={health}
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.75,
        verticalAlign: 'middle',
        whiteSpace: 'nowrap',
      }}
    >
      <StatusIcon health={health} idle={idle} />
      <span>{children ?? HEALTH_WORDS[health]}</span>
    </Box>
  );
}

/** As {@link StatusText}, in a tinted pill. @public */
export function StatusBadge(props: {
  health: Health;
  children?: React.ReactNode;
  title?: string;
}) {
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        px: 1,
        py: 0.25,
        borderRadius: 3,
        border: 1,
        fontSize: 12,
        fontWeight: 600,
        borderColor: theme => healthColor(theme, props.health),
      }}
    >
      <StatusText {...props} />
    </Box>
  );
}
