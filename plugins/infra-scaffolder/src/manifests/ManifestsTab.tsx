import DownloadIcon from '@mui/icons-material/Download';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Environment,
  ManifestFile,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  CopyText,
  describeError,
  EmptyState,
  ErrorState,
  Section,
  useLoad,
} from '@slipway/ui';
import { useState } from 'react';
import { infraApiRef } from '../api';
import { PageSkeleton } from '../shared/PageSkeleton';
import { ManifestRow } from './ManifestRow';
import { saveFile } from './saveFile';

/** What is applied to the environment's cluster once it is ready, file by file and as an archive. */
export function ManifestsTab(props: { environment: Environment }) {
  const { environment } = props;
  const api = useApi(infraApiRef);
  const { value, error, reload } = useLoad(
    () => api.listManifests(environment.id),
    [api, environment.id, environment.updatedAt],
  );
  if (!value) {
    return error ? (
      <ErrorState
        title="The manifests could not be made"
        error={error}
        onRetry={reload}
      />
    ) : (
      <PageSkeleton />
    );
  }
  if (value.files.length === 0) {
    return (
      <EmptyState
        title="No manifests"
        why={value.reason ?? 'This blueprint applies nothing to a cluster.'}
      />
    );
  }
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Start environment={environment} />
      {foldersOf(value.files).map(([folder, files]) => (
        <Section key={folder} title={titleOf(folder)} flush>
          <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
            {files.map(file => (
              <ManifestRow key={file.path} file={file} />
            ))}
          </Box>
        </Section>
      ))}
    </Box>
  );
}

/** All of them at once: kubectl gets in, the archive has a script that applies it in order. */
function Start(props: { environment: Environment }) {
  const { environment } = props;
  const api = useApi(infraApiRef);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const name = `${environment.name}-manifests`;
  const connect = environment.outputs.find(
    ({ key }) => key === 'KubeconfigCommand',
  );
  const download = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      saveFile(`${name}.zip`, await api.downloadManifests(environment.id));
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section
      title="What makes the cluster ready for the application"
      aside={
        <Button
          variant="contained"
          disableElevation
          startIcon={<DownloadIcon />}
          disabled={busy}
          onClick={download}
        >
          Download all
        </Button>
      }
    >
      {failure !== undefined && (
        <Alert severity="error" variant="outlined" sx={{ mb: 1.5 }}>
          {describeError(failure).message}
        </Alert>
      )}
      <Box sx={{ fontSize: 14, mb: 1.5 }}>
        Made from this environment’s outputs; nothing here is applied by the
        portal. Whoever operates the cluster looks at it, puts in what is
        marked, and applies it with kubectl and Helm.
      </Box>
      <Box component="ol" sx={{ m: 0, pl: 2.5, fontSize: 14 }}>
        {connect && (
          <li>
            <CopyText text={connect.value} name="command to connect" wrap />
          </li>
        )}
        <li>
          <CopyText
            text={`unzip ${name}.zip && sh ${name}/apply.sh`}
            name="command to apply all"
            wrap
          />
        </li>
      </Box>
    </Section>
  );
}

function foldersOf(files: ManifestFile[]): Array<[string, ManifestFile[]]> {
  const folders = new Map<string, ManifestFile[]>();
  for (const file of files) {
    const folder = file.path.split('/')[0];
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders];
}

/** `10-controllers` → `Controllers` */
function titleOf(folder: string): string {
  const words = folder.replace(/^\d+-/, '').replace(/-/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
