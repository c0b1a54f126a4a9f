import Box from '@mui/material/Box';
import { formatCount, formatMoney } from '@slipway/ui';
import { shortened, type CostGroup } from './costModel';

const MOST = 8;

/** What each part of the system comes to, with a bar from zero. */
export function CostGroups(props: { groups: CostGroup[] }) {
  const groups = shortened(props.groups, MOST);
  const most = Math.max(...groups.map(({ afterCents }) => afterCents), 1);
  return (
    <Box
      component="ul"
      sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1 }}
    >
      {groups.map(group => (
        <li key={group.name} title={formatCount(group.count, 'resource')}>
          <Box
            sx={{
              display: 'flex',
              justifyContent: 'space-between',
              gap: 2,
              fontSize: 14,
            }}
          >
            <Box
              component="span"
              sx={{ minWidth: 0, overflowWrap: 'anywhere' }}
            >
              {group.name}
            </Box>
            <Box
              component="span"
              sx={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}
            >
              {formatMoney(group.afterCents / 100)}
            </Box>
          </Box>
          <Box
            aria-hidden
            sx={{ height: 4, borderRadius: 1, bgcolor: 'action.hover' }}
          >
            <Box
              sx={{
                height: 4,
                borderRadius: 1,
                bgcolor: 'primary.main',
                width: `${(group.afterCents / most) * 100}%`,
              }}
            />
          </Box>
        </li>
      ))}
    </Box>
  );
}
