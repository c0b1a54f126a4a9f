import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  completeParameters,
  type Blueprint,
  type EnvironmentRequest,
  type ParameterSchema,
} from '@slipway/plugin-infra-scaffolder-common';
import { Facts, useLoad } from '@slipway/ui';
import type { JsonValue } from '@backstage/types';
import { infraApiRef } from '../api';

type Asked = Pick<EnvironmentRequest, 'blueprint' | 'size' | 'parameters'>;

/** The parameters of a request by group, with units; those set by hand are marked. */
export function ParameterFacts(props: { request: Asked }) {
  const { request } = props;
  const api = useApi(infraApiRef);
  const { value: blueprints, loading } = useLoad(
    () => api.listBlueprints(),
    [api],
  );
  const blueprint = blueprints?.find(
    candidate =>
      candidate.id === request.blueprint.id &&
      candidate.version === request.blueprint.version,
  );
  if (!blueprint) {
    return loading ? null : <Facts items={plainItems(request.parameters)} />;
  }
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 3,
        gridTemplateColumns: 'repeat(auto-fill, minmax(320px, 1fr))',
      }}
    >
      {groupsOf(blueprint, request).map(group => (
        <Box key={group.name}>
          <Typography
            component="h3"
            sx={{ fontSize: 14, fontWeight: 600, m: 0, mb: 1 }}
          >
            {group.name}
          </Typography>
          <Facts items={group.items} />
        </Box>
      ))}
    </Box>
  );
}

function groupsOf(blueprint: Blueprint, request: Asked) {
  const values = completeParameters(
    blueprint,
    request.size,
    request.parameters,
  );
  const groups = new Map<string, Array<{ name: string; value: string }>>();
  for (const [name, schema] of Object.entries(blueprint.parameters)) {
    const items = groups.get(schema.group) ?? [];
    const byHand = Object.hasOwn(request.parameters, name);
    items.push({
      name: schema.title,
      value: `${formatParameter(values[name], schema)}${
        byHand ? ' (set by hand)' : ''
      }`,
    });
    groups.set(schema.group, items);
  }
  return [...groups].map(([name, items]) => ({ name, items }));
}

function plainItems(parameters: EnvironmentRequest['parameters']) {
  return Object.entries(parameters).map(([name, value]) => ({
    name,
    value: formatParameter(value),
  }));
}

/** A parameter's value as a person reads it: `100 GB`, `yes`, `a, b`. */
export function formatParameter(
  value: JsonValue | undefined,
  schema?: Pick<ParameterSchema, 'unit'>,
): string {
  if (value === undefined || value === null || value === '') {
    return 'none';
  }
  if (typeof value === 'boolean') {
    return value ? 'yes' : 'no';
  }
  if (Array.isArray(value)) {
    return value.length > 0 ? value.join(', ') : 'none';
  }
  const text = typeof value === 'object' ? JSON.stringify(value) : `${value}`;
  const unit = value === 1 ? schema?.unit?.replace(/s$/, '') : schema?.unit;
  return unit ? `${text} ${unit}` : text;
}
