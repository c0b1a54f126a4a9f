import { SidebarItem } from '@backstage/core-components';
import {
  configApiRef,
  identityApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import SwitchIcon from '@mui/icons-material/SwitchAccountOutlined';
import LeaveIcon from '@mui/icons-material/Logout';

/** Signs out; among demonstration people that leads to the choice of another. */
export function LeaveItem() {
  const identityApi = useApi(identityApiRef);
  const demo = useApi(configApiRef).has('auth.providers.demo');
  return (
    <SidebarItem
      icon={demo ? SwitchIcon : LeaveIcon}
      text={demo ? 'Switch person' : 'Sign out'}
      onClick={() => identityApi.signOut()}
    />
  );
}
