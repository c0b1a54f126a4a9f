import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import Box from '@mui/material/Box';
import { navigationColors } from '@slipway/ui';
import { Mark } from '../brand';

const MARK_SIZE = 30;

export function SidebarLogo() {
  const { isOpen } = useSidebarOpenState();
  return (
    <Link to="/" underline="none" aria-label="Slipway, home">
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1.5,
          height: 64,
          pl: `${(sidebarConfig.drawerWidthClosed - MARK_SIZE) / 2}px`,
          color: navigationColors.selected,
          fontSize: 20,
          fontWeight: 650,
          letterSpacing: '0.01em',
        }}
      >
        <Mark
          size={MARK_SIZE}
          hull={navigationColors.signal}
          slope={navigationColors.text}
        />
        {isOpen && <span>Slipway</span>}
      </Box>
    </Link>
  );
}
