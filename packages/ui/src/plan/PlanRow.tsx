import type { SvgIconComponent } from '@mui/icons-material';
import AddIcon from '@mui/icons-material/Add';
import DeleteIcon from '@mui/icons-material/DeleteOutline';
import EditIcon from '@mui/icons-material/EditOutlined';
import EqualIcon from '@mui/icons-material/DragHandle';
import ReplaceIcon from '@mui/icons-material/Autorenew';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import type { JsonValue } from '@backstage/types';
import { useState } from 'react';
import { formatCount } from '../format';
import type { PlanAction, PlanAttribute, PlanChange } from './planModel';

const ACTIONS: Record<
  PlanAction,
  { word: string; color: string; Icon: SvgIconComponent }
> = {
  create: { word: 'add', color: 'success.main', Icon: AddIcon },
  update: { word: 'change', color: 'info.main', Icon: EditIcon },
  replace: { word: 'replace', color: 'warning.main', Icon: ReplaceIcon },
  delete: { word: 'delete', color: 'error.main', Icon: DeleteIcon },
  unchanged: { word: 'keep', color: 'text.secondary', Icon: EqualIcon },
};

/** An action in word and icon, with how many it concerns. */
export function ActionWord(props: { action: PlanAction; count?: number }) {
  const { word, color, Icon } = ACTIONS[props.action];
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
        whiteSpace: 'nowrap',
      }}
    >
      <Icon aria-hidden sx={{ fontSize: 16, color }} />
      {props.count === undefined ? word : `${props.count} to ${word}`}
    </Box>
  );
}

/** One resource of a plan; opens to what changes in it. */
export function PlanRow(props: { change: PlanChange; groupName: string }) {
  const { change, groupName } = props;
  const [open, setOpen] = useState(false);
  const within = change.path.startsWith(`${groupName}/`)
    ? change.path.slice(groupName.length + 1)
    : change.path;
  const count = change.attributes.length;
  return (
    <Box component="li" sx={{ listStyle: 'none' }}>
      <ButtonBase
        onClick={() => setOpen(!open)}
        aria-expanded={open}
        disabled={count === 0}
        sx={{
          width: '100%',
          justifyContent: 'flex-start',
          gap: 1.5,
          pl: 5.5,
          pr: 2,
          py: 0.5,
          fontSize: 14,
          textAlign: 'left',
          flexWrap: { xs: 'wrap', md: 'nowrap' },
          '&:hover': { bgcolor: 'action.hover' },
        }}
      >
        <Box component="span" sx={{ width: 84, flexShrink: 0 }}>
          <ActionWord action={change.action} />
        </Box>
        <Box
          component="span"
          sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}
        >
          {within}
        </Box>
        <Box
          component="span"
          sx={{
            color: 'text.secondary',
            fontSize: 12,
            overflowWrap: 'anywhere',
          }}
        >
          {change.type}
          {count > 0 && ` · ${formatCount(count, 'property', 'properties')}`}
        </Box>
      </ButtonBase>
      {open && (
        <Box sx={{ pl: { xs: 2, md: 15.5 }, pr: 2, pb: 1, overflowX: 'auto' }}>
          {change.physicalId && (
            <Box sx={{ fontSize: 12, color: 'text.secondary', mb: 0.5 }}>
              {change.physicalId}
            </Box>
          )}
          <table style={{ borderSpacing: '0 2px', fontSize: 12 }}>
            <tbody>
              {change.attributes.map(attribute => (
                <Attribute
                  key={attribute.path}
                  attribute={attribute}
                  action={change.action}
                />
              ))}
            </tbody>
          </table>
        </Box>
      )}
    </Box>
  );
}

function Attribute(props: { attribute: PlanAttribute; action: PlanAction }) {
  const { attribute, action } = props;
  const { path, before, after, replaces } = attribute;
  const value = { fontFamily: 'monospace', whiteSpace: 'pre-wrap' } as const;
  return (
    <tr style={{ verticalAlign: 'top' }}>
      <Box component="td" sx={{ color: 'text.secondary', pr: 2 }}>
        {path}
      </Box>
      <Box component="td" sx={value}>
        {action !== 'create' && before !== undefined && (
          <Box
            component={action === 'delete' ? 'span' : 'del'}
            sx={{ color: 'text.secondary' }}
          >
            {show(before)}
          </Box>
        )}
        {action !== 'create' && before !== undefined && after !== undefined
          ? ' → '
          : ''}
        {after !== undefined && <span>{show(after)}</span>}
        {(replaces === 'yes' || replaces === 'maybe') && (
          <Box component="span" sx={{ color: 'warning.main', ml: 1 }}>
            {replaces === 'yes' ? 'replaces it' : 'may replace it'}
          </Box>
        )}
      </Box>
    </tr>
  );
}

function show(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}
