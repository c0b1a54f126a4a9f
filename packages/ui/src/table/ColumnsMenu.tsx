import ColumnsIcon from '@mui/icons-material/ViewColumn';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';

/** Chooses the columns of a table: `toggled` are those turned round against their default. @public */
export function ColumnsMenu(props: {
  columns: Array<{ id: string; title: string; hidden?: boolean }>;
  toggled: string[];
  onChange: (toggled: string[]) => void;
}) {
  const { columns, toggled, onChange } = props;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        size="small"
        color="inherit"
        startIcon={<ColumnsIcon />}
        aria-haspopup="menu"
        onClick={event => setAnchor(event.currentTarget)}
      >
        Columns
      </Button>
      <Menu
        anchorEl={anchor}
        open={Boolean(anchor)}
        onClose={() => setAnchor(null)}
      >
        {columns.map(column => {
          const isToggled = toggled.includes(column.id);
          return (
            <MenuItem
              key={column.id}
              dense
              onClick={() =>
                onChange(
                  isToggled
                    ? toggled.filter(id => id !== column.id)
                    : [...toggled, column.id],
                )
              }
            >
              <Checkbox
                size="small"
                sx={{ p: 0.5, mr: 1 }}
                checked={Boolean(column.hidden) === isToggled}
                tabIndex={-1}
              />
              <ListItemText>{column.title}</ListItemText>
            </MenuItem>
          );
        })}
      </Menu>
    </>
  );
}
