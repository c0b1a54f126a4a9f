import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { Account } from '@slipway/plugin-infra-scaffolder-common';
import { ErrorState, Facts, Section } from '@slipway/ui';
import { useState } from 'react';
import { quotaSentences } from './accountWords';
import { RegionSection } from './RegionSection';

/** One account: what it takes, and what is missing in it. */
export function AccountSection(props: {
  account: Account;
  /** Absent: the person may not. */
  onCheck?: () => Promise<void>;
}) {
  const { account, onCheck } = props;
  const { accountId, name, sizes, quotas, whyNot, regions } = account;
  const [isChecking, setChecking] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const check = async () => {
    setChecking(true);
    setFailure(undefined);
    try {
      await onCheck!();
    } catch (error) {
      setFailure(error as Error);
    }
    setChecking(false);
  };
  return (
    <Section
      title={name}
      aside={
        onCheck && (
          <Button
            size="small"
            disabled={isChecking}
            onClick={check}
            aria-label={`Check ${name}`}
          >
            {isChecking ? 'Checking…' : 'Check now'}
          </Button>
        )
      }
    >
      <Box sx={{ display: 'grid', gap: 2 }}>
        {whyNot && (
          <Alert severity="warning" variant="outlined">
            {whyNot}
          </Alert>
        )}
        {failure && (
          <ErrorState title={`${name} could not be checked`} error={failure} />
        )}
        <Facts
          items={[
            { name: 'Account', value: <code>{accountId}</code> },
            {
              name: 'Stages',
              value: sizes.length > 0 ? sizes.join(', ') : 'All',
            },
            {
              name: 'Quotas',
              value: quotaSentences(quotas).join(' ') || 'Not limited',
            },
          ]}
        />
        {regions.map(region => (
          <RegionSection key={region.region} region={region} />
        ))}
      </Box>
    </Section>
  );
}
