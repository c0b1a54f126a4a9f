import CheckIcon from '@mui/icons-material/Check';
import CopyIcon from '@mui/icons-material/ContentCopy';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import { useEffect, useState } from 'react';

const hidden = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  overflow: 'hidden',
  clip: 'rect(0 0 0 0)',
};

const CUT = {
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
};
const WRAPPED = { overflowWrap: 'anywhere' };

/** Text in monospace with a button that copies it. @public */
export function CopyText(props: {
  text: string;
  /** What is copied, for those who cannot see it: `Copy <name>`. */
  name: string;
  /** Shown in place of the text where that is long. */
  shown?: string;
  /** Long text goes on in the next line; else it ends in an ellipsis. */
  wrap?: boolean;
}) {
  const { text, name, shown, wrap } = props;
  const [copied, setCopied] = useState<'yes' | 'no'>();
  useEffect(() => {
    if (!copied) {
      return undefined;
    }
    const timer = setTimeout(() => setCopied(undefined), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied('yes');
    } catch {
      setCopied('no');
    }
  };
  return (
    <Box
      component="span"
      sx={{
        position: 'relative',
        display: wrap ? 'inline' : 'inline-flex',
        alignItems: 'center',
        verticalAlign: wrap ? 'baseline' : 'middle',
        maxWidth: '100%',
      }}
    >
      <Box
        component="code"
        title={text}
        sx={{
          fontFamily: 'monospace',
          fontSize: 13,
          ...(wrap ? WRAPPED : CUT),
        }}
      >
        {shown ?? text}
      </Box>
      <IconButton
        size="small"
        aria-label={`Copy ${name}`}
        title={copied === 'no' ? 'The browser refused to copy' : `Copy ${name}`}
        onClick={copy}
        sx={{ ml: 0.5, p: wrap ? 0.25 : 0.5 }}
      >
        {copied === 'yes' ? (
          <CheckIcon sx={{ fontSize: 14 }} color="success" />
        ) : (
          <CopyIcon sx={{ fontSize: 14 }} />
        )}
      </IconButton>
      <Box component="span" role="status" sx={hidden}>
        {copied === 'yes' && `${name} copied`}
        {copied === 'no' && `${name} could not be copied`}
      </Box>
    </Box>
  );
}
