import Box from '@mui/material/Box';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useUrlState } from '../hooks/useUrlState';
import { StatusIcon, type Health } from '../status';

/** One tab of a {@link PageShell}. @public */
export interface PageTab {
  id: string;
  title: string;
  /** Shown behind the title, e.g. how many there are. */
  count?: number;
  content: ReactNode;
}

/** @public */
export interface PageShellProps {
  title: ReactNode;
  /** Above the title: where one is, with a way up. */
  above?: ReactNode;
  /** One sentence that a person could read aloud. */
  status?: { health: Health; sentence: ReactNode };
  /** Primary action last. */
  actions?: ReactNode;
  /** Between the heading and the tabs, e.g. a notice. */
  notice?: ReactNode;
  /** The tab at hand is in the address as `?tab=`. */
  tabs?: PageTab[];
  /** Open while the address names none; the first unless told. */
  defaultTab?: string;
  children?: ReactNode;
}

/** A page: title, one sentence, actions at the right, tabs below. @public */
export function PageShell(props: PageShellProps) {
  const { title, above, status, actions, notice, tabs, children } = props;
  return (
    <Box
      component="main"
      sx={{
        p: { xs: 2, md: 3 },
        minWidth: 0,
        width: '100%',
        maxWidth: 1600,
        boxSizing: 'border-box',
      }}
    >
      {above && <Box sx={{ fontSize: 12, mb: 0.5 }}>{above}</Box>}
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'flex-start',
          gap: 2,
          mb: 2,
        }}
      >
        <Box sx={{ flex: '1 1 320px', minWidth: 0 }}>
          <Typography
            component="h1"
            sx={{
              fontSize: 24,
              lineHeight: 1.25,
              fontWeight: 600,
              m: 0,
              overflowWrap: 'anywhere',
            }}
          >
            {title}
          </Typography>
          {status && (
            <Box
              role="status"
              aria-live="polite"
              sx={{
                display: 'flex',
                gap: 1,
                alignItems: 'flex-start',
                mt: 0.75,
                minHeight: 24,
                fontSize: 16,
                lineHeight: 1.5,
              }}
            >
              <Box sx={{ display: 'flex', height: 24, alignItems: 'center' }}>
                <StatusIcon health={status.health} size={18} />
              </Box>
              <span>{status.sentence}</span>
            </Box>
          )}
        </Box>
        {actions && (
          <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
            {actions}
          </Box>
        )}
      </Box>
      {notice && (
        <Box
          sx={{
            mb: 2,
            '&:empty': { display: 'none' },
            '& > * + *': { mt: 1.5 },
          }}
        >
          {notice}
        </Box>
      )}
      {tabs && <PageTabs tabs={tabs} defaultTab={props.defaultTab} />}
      {children}
    </Box>
  );
}

function PageTabs(props: { tabs: PageTab[]; defaultTab?: string }) {
  const { tabs, defaultTab } = props;
  const [wanted, setTab] = useUrlState('tab');
  const open = tabs.find(tab => tab.id === (wanted || defaultTab)) ?? tabs[0];
  return (
    <>
      <Tabs
        value={open.id}
        onChange={(_, id: string) => setTab(id)}
        variant="scrollable"
        scrollButtons={false}
        aria-label="Parts of this page"
        sx={{ borderBottom: 1, borderColor: 'divider', mb: 2, minHeight: 40 }}
      >
        {tabs.map(tab => (
          <Tab
            key={tab.id}
            value={tab.id}
            id={`tab-${tab.id}`}
            aria-controls={`panel-${tab.id}`}
            label={
              tab.count === undefined ? tab.title : `${tab.title} ${tab.count}`
            }
            sx={{
              textTransform: 'none',
              fontSize: 14,
              letterSpacing: 0,
              minHeight: 40,
              minWidth: 0,
              px: 2,
              py: 1,
            }}
          />
        ))}
      </Tabs>
      <Box
        role="tabpanel"
        id={`panel-${open.id}`}
        aria-labelledby={`tab-${open.id}`}
      >
        {open.content}
      </Box>
    </>
  );
}
