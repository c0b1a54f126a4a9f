import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import InputAdornment from '@mui/material/InputAdornment';
import { formatCount } from '@slipway/ui';
import { useEffect, useState } from 'react';
import { quotaSentences } from '../accounts/accountWords';
import { FreezeNotice } from '../freezes/FreezeNotice';
import { EndInput } from '../lifetime/EndInput';
import { useEnd } from '../lifetime/useEnd';
import { ChoiceInput } from './fields/ChoiceInput';
import { EngineInput } from './fields/EngineInput';
import { EntityInput } from './fields/EntityInput';
import { ParameterGroups } from './fields/ParameterGroups';
import { SizeCards } from './fields/SizeCards';
import { TextInput } from './fields/TextInput';
import { missingOf, withParameter, type DraftRequest } from './model/request';
import { useChecks } from './useChecks';
import type { Choices } from './useChoices';
import { useCidrProposal } from './useCidrProposal';
import type { ChangeDraft } from './useDraft';

const gridSx = {
  display: 'grid',
  columnGap: 2,
  rowGap: 2.5,
  gridTemplateColumns: 'repeat(auto-fill, minmax(260px, 1fr))',
  alignItems: 'start',
};

/** Asks for an environment; every field is checked while it is typed. */
export function EnvironmentForm(props: {
  choices: Choices;
  draft: DraftRequest;
  onChange: ChangeDraft;
  /** Says what is still missing too. */
  complain: boolean;
}) {
  const { choices, draft, onChange: change, complain } = props;
  const { blueprint, targets } = choices;
  const [cidrEdited, setCidrEdited] = useState(draft.cidr !== '');
  const target = targets.find(({ accountId }) => accountId === draft.accountId);
  const checks = useChecks(blueprint, draft);
  const issues = complain
    ? [...checks.issues, ...missingOf(draft)]
    : checks.issues;
  const issueOf = (path: string) => issues.find(issue => issue.path === path);
  const proposal = useCidrProposal({
    accountId: draft.accountId,
    region: draft.region,
    prefixLength: blueprint.cidrPrefixLength.default,
    edited: cidrEdited,
    onPropose: cidr => change({ cidr }),
  });
  useOnlyChoices(choices, draft, change);
  const end = useEnd(choices.lifetimes, draft, change);

  return (
    <Box sx={{ display: 'grid', gap: 3, fontSize: 14 }}>
      <Box sx={{ color: 'text.secondary' }}>
        {blueprint.description} Blueprint {blueprint.version}, made after{' '}
        {blueprint.source}.
      </Box>
      <FreezeNotice subject={draft} />
      <Box sx={gridSx}>
        <TextInput
          label="Name"
          required
          monospace
          value={draft.name}
          onChange={name => change({ name })}
          issue={issueOf('name')}
          hint="3 to 28 characters: lower-case letters, digits, single hyphens. Names the stack and its resources."
        />
        <EntityInput
          label="Owner"
          value={draft.owner}
          choices={choices.owners}
          groups={{ own: 'Your teams', others: 'Other teams' }}
          onChange={owner => change({ owner })}
          issue={issueOf('owner')}
          hint="The team that answers for it and pays for it."
        />
        <EntityInput
          label="System"
          value={draft.system}
          choices={choices.systems}
          groups={{ own: 'Your systems', others: 'Other systems' }}
          onChange={system => change({ system })}
          issue={issueOf('system')}
          hint="What it is for, as the catalog names it."
        />
        <ChoiceInput
          label="AWS account"
          value={draft.accountId}
          choices={targets.map(({ accountId, name, whyNot }) => ({
            value: accountId,
            title: `${name} (${accountId})`,
            why: whyNot,
          }))}
          onChange={accountId => change({ accountId, region: '' })}
          issue={issueOf('accountId')}
          hint={quotaSentences(target?.quotas).join(' ')}
        />
        <ChoiceInput
          label="Region"
          value={draft.region}
          choices={(target?.regions ?? []).map(region => ({
            value: region,
            title: region,
          }))}
          onChange={region => change({ region })}
          issue={issueOf('region')}
          hint={target ? undefined : 'Choose the account first.'}
        />
        <TextInput
          label="CIDR"
          required
          monospace
          value={draft.cidr}
          onChange={cidr => {
            setCidrEdited(true);
            change({ cidr });
          }}
          issue={issueOf('cidr')}
          hint={cidrHint(cidrEdited, proposal.error)}
          end={
            proposal.proposing && (
              <InputAdornment position="end">
                <CircularProgress size={16} aria-label="Looking for a block" />
              </InputAdornment>
            )
          }
        />
      </Box>
      <SizeCards
        blueprint={blueprint}
        value={draft.size}
        allowed={target?.sizes ?? []}
        accountName={target?.name ?? 'this account'}
        onChange={size => change({ size })}
        issue={issueOf('size')}
      />
      <EndInput
        blueprint={blueprint}
        draft={draft}
        rule={end.rule}
        onChange={end.choose}
        issue={issueOf('expiresAt')}
      />
      <EngineInput
        supported={blueprint.engines}
        engines={choices.engines}
        value={draft.engine}
        onChange={engine => change({ engine })}
        issue={issueOf('engine')}
      />
      <ParameterGroups
        blueprint={blueprint}
        draft={draft}
        issues={issues}
        onChange={(name, value) =>
          change(latest => withParameter(latest, name, value))
        }
      />
      <Box
        role="status"
        sx={{ fontSize: 12, color: 'text.secondary', minHeight: 18 }}
      >
        {sumUp(checks.checking, issues.length)}
      </Box>
      {checks.error && (
        <Alert severity="warning" variant="outlined">
          The back end could not check this: {checks.error.message}
        </Alert>
      )}
    </Box>
  );
}

function cidrHint(edited: boolean, error: Error | undefined): string {
  if (error) {
    return `No block could be proposed: ${error.message}`;
  }
  return edited
    ? 'Written by hand.'
    : 'Proposed: the first block that no other environment has.';
}

function sumUp(checking: boolean, count: number): string {
  if (checking) {
    return 'Checking…';
  }
  return count === 0
    ? 'Nothing is wrong with what is filled in.'
    : `${formatCount(count, 'field needs', 'fields need')} another value.`;
}

/** Chooses for the person where there is one thing to choose. */
function useOnlyChoices(
  choices: Choices,
  draft: DraftRequest,
  change: ChangeDraft,
) {
  const { targets, owners } = choices;
  const own = owners.filter(owner => owner.own);
  const account =
    draft.accountId === ''
      ? targets.find(({ whyNot }) => !whyNot) ?? targets[0]
      : undefined;
  const target =
    account ?? targets.find(({ accountId }) => accountId === draft.accountId);
  const part: Partial<DraftRequest> = {
    ...(account && { accountId: account.accountId }),
    ...(!draft.region && target && { region: target.regions[0] }),
    ...(!draft.owner && own.length === 1 && { owner: own[0].ref }),
  };
  const text = JSON.stringify(part);
  useEffect(() => {
    if (text !== '{}') {
      change(JSON.parse(text));
    }
  }, [text, change]);
}
