import ChevronIcon from '@mui/icons-material/ChevronRight';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import type { ManifestFile } from '@slipway/plugin-infra-scaffolder-common';
import { CopyText } from '@slipway/ui';
import { useState } from 'react';
import { saveFile } from './saveFile';

/** One file: what it is for, how it is applied, and what is in it. */
export function ManifestRow(props: { file: ManifestFile }) {
  const { path, about, kind, content, command } = props.file;
  const [open, setOpen] = useState(false);
  const name = path.split('/').slice(-1)[0];
  return (
    <Box component="li" sx={{ borderTop: 1, borderColor: 'divider' }}>
      <ButtonBase
        onClick={() => setOpen(!open)}
        aria-expanded={open}
        sx={{
          width: '100%',
          display: 'grid',
          gridTemplateColumns: '18px minmax(0, 1fr)',
          columnGap: 1.5,
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
        <Box>
          <Box component="span" sx={{ fontWeight: 600 }}>
            {name}
          </Box>
          {kind === 'values' && ' (Helm values)'}
          <Box sx={{ color: 'text.secondary' }}>{about}</Box>
        </Box>
      </ButtonBase>
      {open && (
        <Box
          sx={{ px: { xs: 1.5, sm: 5.5 }, pb: 1.5, display: 'grid', gap: 1 }}
        >
          <Box sx={{ fontSize: 14 }}>
            <CopyText text={command} name="command" wrap />
          </Box>
          <Box
            component="pre"
            tabIndex={0}
            aria-label={path}
            sx={{
              m: 0,
              p: 1.5,
              maxHeight: 420,
              overflow: 'auto',
              fontSize: 12,
              border: 1,
              borderColor: 'divider',
              borderRadius: 1,
            }}
          >
            {content}
          </Box>
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
            <CopyText text={content} shown="Copy" name={name} />
            <Button
              size="small"
              onClick={() => saveFile(name, new Blob([content]))}
            >
              Download {name}
            </Button>
          </Box>
        </Box>
      )}
    </Box>
  );
}
