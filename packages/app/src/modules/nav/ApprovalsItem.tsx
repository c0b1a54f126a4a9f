import { SidebarItem } from '@backstage/core-components';
import type { NavContentNavItem } from '@backstage/plugin-app-react';
import Badge from '@mui/material/Badge';
import { useAwaitingApprovals } from '@slipway/plugin-infra-scaffolder';
import { formatCount, navigationColors } from '@slipway/ui';

/** The way to the approvals, with how many plans await the person at hand. */
export function ApprovalsItem(props: { item: NavContentNavItem }) {
  const { href, icon, title } = props.item;
  const count = useAwaitingApprovals()?.length ?? 0;
  return (
    <SidebarItem
      icon={() => (
        <Badge
          badgeContent={count}
          max={99}
          overlap="circular"
          sx={{
            '& .v5-MuiBadge-badge, & .MuiBadge-badge': {
              bgcolor: navigationColors.signal,
              color: navigationColors.background,
              fontSize: 11,
              fontWeight: 700,
              height: 16,
              minWidth: 16,
              px: 0.5,
            },
          }}
        >
          {icon}
        </Badge>
      )}
      to={href}
      text={title}
      aria-label={
        count > 0
          ? `${title}: ${formatCount(count, 'plan')} ${
              count === 1 ? 'awaits' : 'await'
            } you`
          : title
      }
    />
  );
}
