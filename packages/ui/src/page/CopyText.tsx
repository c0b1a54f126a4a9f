import CheckIcon from '@mui/icons-material/Check';
import CopyIcon from '@mui/icons-material/ContentCopy';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import { useEffect, useState } from 'react';

const hidden = {
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clip: 'rect(0 0 0 0)',
};

/** Text in monospace with a button that copies it. @public */
export function CopyText(props: {
  text: string;
  /** What is copied, for those who cannot see it: `Copy <name>`. */
  name: string;
  /** Shown in place of the text where that is long. */
  shown?: string;
}) {
  const { text, name, shown } = props;
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
        display: 'inline-flex',
        alignItems: 'center',
        verticalAlign: 'middle',
        maxWidth: '100%',
      }}
    >
      <Box
        component="code"
        title={text}
        sx={{
          fontFamily: 'monospace',
          fontSize: 13,
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
        }}
      >
        {shown ?? text}
      </Box>
      <IconButton
        size="small"
        aria-label={`Copy ${name}`}
        title={copied === 'no' ? 'The browser refused to copy' : `Copy ${name}`}
        onClick={copy}
        sx={{ ml: 0.5, p: 0.5 }}
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
