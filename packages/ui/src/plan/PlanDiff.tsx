import ChevronIcon from '@mui/icons-material/ChevronRight';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import TextField from '@mui/material/TextField';
import { useMemo, useState } from 'react';
import { formatCount } from '../format';
import { useUrlState } from '../hooks';
import { EmptyState } from '../page';
import { ActionWord, PlanRow } from './PlanRow';
import {
  groupChanges,
  planSentence,
  type PlanAction,
  type PlanChange,
  type PlanGroup,
} from './planModel';

const MANY = 25;
const SHOWN: PlanAction[] = ['delete', 'replace', 'update', 'create'];

/**
 * What a plan does, resource by resource, grouped as the blueprint has them. Many are folded, but for groups
 * in which something is replaced or deleted among other changes. The search is in the address.
 *
 * @public
 */
export function PlanDiff(props: { changes: PlanChange[] }) {
  const [search, setSearch] = useUrlState('planFind');
  const changes = useMemo(
    () => props.changes.filter(change => change.action !== 'unchanged'),
    [props.changes],
  );
  const groups = useMemo(
    () => groupChanges(changes, search),
    [changes, search],
  );
  const [folds, setFolds] = useState<Record<string, boolean>>({});
  const isOpen = (group: PlanGroup) =>
    folds[group.name] ??
    (Boolean(search) || changes.length <= MANY || isMixedDanger(group));
  const setAll = (open: boolean) =>
    setFolds(Object.fromEntries(groups.map(group => [group.name, open])));
  if (changes.length === 0) {
    return (
      <EmptyState
        title="Nothing to change"
        why="What exists is what was asked for."
      />
    );
  }
  return (
    <Box>
      <Box
        sx={{
          display: 'flex',
          gap: 1,
          alignItems: 'center',
          flexWrap: 'wrap',
          px: 2,
          pb: 1,
        }}
      >
        <TextField
          size="small"
          placeholder="Find resources"
          inputProps={{ 'aria-label': 'Find resources in the plan' }}
          value={search}
          onChange={event => setSearch(event.target.value)}
          sx={{ width: 220 }}
        />
        <Box sx={{ flex: '1 1 260px', fontSize: 14 }}>
          {planSentence(changes)}
        </Box>
        <Button size="small" color="inherit" onClick={() => setAll(true)}>
          Open all
        </Button>
        <Button size="small" color="inherit" onClick={() => setAll(false)}>
          Fold all
        </Button>
      </Box>
      {groups.length === 0 && (
        <EmptyState
          title="No resource matches"
          why={`None of ${formatCount(
            changes.length,
            'resource',
          )} in the plan has “${search}” in its name or type.`}
        />
      )}
      {groups.map(group => (
        <Group
          key={group.name}
          group={group}
          open={isOpen(group)}
          onToggle={() =>
            setFolds(old => ({ ...old, [group.name]: !isOpen(group) }))
          }
        />
      ))}
    </Box>
  );
}

/** Something is lost here among other things, which a fold would hide. */
function isMixedDanger({ counts, changes }: PlanGroup): boolean {
  const lost = counts.delete + counts.replace;
  return counts.replace > 0 || (lost > 0 && lost < changes.length);
}

function Group(props: {
  group: PlanGroup;
  open: boolean;
  onToggle: () => void;
}) {
  const { group, open, onToggle } = props;
  return (
    <Box sx={{ borderTop: 1, borderColor: 'divider' }}>
      <ButtonBase
        onClick={onToggle}
        aria-expanded={open}
        sx={{
          width: '100%',
          justifyContent: 'flex-start',
          flexWrap: 'wrap',
          gap: 1.5,
          px: 1.5,
          py: 1,
          fontSize: 14,
          textAlign: 'left',
          '&:hover': { bgcolor: 'action.hover' },
        }}
      >
        <ChevronIcon
          sx={{ fontSize: 18, transform: open ? 'rotate(90deg)' : 'none' }}
        />
        <Box
          component="span"
          sx={{ fontWeight: 600, minWidth: { xs: 170, sm: 220 } }}
        >
          {group.name}
        </Box>
        {SHOWN.filter(action => group.counts[action] > 0).map(action => (
          <ActionWord
            key={action}
            action={action}
            count={group.counts[action]}
          />
        ))}
      </ButtonBase>
      {open && (
        <Box component="ul" sx={{ m: 0, p: 0, pb: 1 }}>
          {group.changes.map(change => (
            <PlanRow
              key={change.logicalId}
              change={change}
              groupName={group.name}
            />
          ))}
        </Box>
      )}
    </Box>
  );
}
