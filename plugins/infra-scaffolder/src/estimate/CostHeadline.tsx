import PaymentsIcon from '@mui/icons-material/PaymentsOutlined';
import Box from '@mui/material/Box';
import type { CostEstimate } from '@slipway/plugin-infra-scaffolder-common';
import { useSearchParams } from 'react-router-dom';
import { TextLink } from '@slipway/ui';
import { costSentence } from './costModel';

/** What a plan comes to in one line, with the way to where it comes from. */
export function CostHeadline(props: { estimate: CostEstimate }) {
  const [params] = useSearchParams();
  const address = new URLSearchParams(params);
  address.set('tab', 'cost');
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'baseline',
        flexWrap: 'wrap',
        columnGap: 1.5,
        px: 2,
        pb: 1.5,
        fontSize: 14,
      }}
    >
      <PaymentsIcon
        aria-hidden
        sx={{ fontSize: 18, alignSelf: 'center', color: 'text.secondary' }}
      />
      <Box
        component="span"
        sx={{ fontWeight: 600, fontVariantNumeric: 'tabular-nums' }}
      >
        {costSentence(props.estimate)}
      </Box>
      <TextLink to={`?${address}`}>What it is made of</TextLink>
    </Box>
  );
}
