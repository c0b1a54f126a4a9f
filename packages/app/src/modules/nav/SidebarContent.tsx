import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import {
  NavContentBlueprint,
  type NavContentComponentProps,
  type NavContentNavItem,
} from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { SidebarSearchModal } from '@backstage/plugin-search';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import MenuIcon from '@mui/icons-material/Menu';
import SearchIcon from '@mui/icons-material/Search';
import { ApprovalsItem } from './ApprovalsItem';
import { LeaveItem } from './LeaveItem';
import { SidebarLogo } from './SidebarLogo';

/** Reached from elsewhere: the search box, the bell, an entity's relations, or by address in development. */
const HIDDEN_PAGES = [
  'page:search',
  'page:notifications',
  'page:catalog-graph',
  'page:app-visualizer',
];

function NavItem(item: NavContentNavItem) {
  return (
    <SidebarItem icon={() => item.icon} to={item.href} text={item.title} />
  );
}

function PortalSidebar({ navItems }: NavContentComponentProps) {
  const nav = navItems.withComponent(NavItem);
  HIDDEN_PAGES.forEach(id => nav.take(id));
  const approvals = navItems.take('page:infra-scaffolder/approvals');
  return (
    <Sidebar>
      <SidebarLogo />
      <SidebarGroup label="Search" icon={<SearchIcon />} to="/search">
        <SidebarSearchModal />
      </SidebarGroup>
      <SidebarDivider />
      <SidebarGroup label="Menu" icon={<MenuIcon />}>
        {nav.take('page:home')}
        {nav.take('page:scaffolder')}
        {nav.take('page:infra-scaffolder')}
        {approvals && <ApprovalsItem item={approvals} />}
        {nav.take('page:infra-scaffolder/freezes')}
        {nav.take('page:infra-scaffolder/policies')}
        {nav.take('page:infra-scaffolder/drift')}
        {nav.take('page:infra-scaffolder/upgrades')}
        {nav.take('page:infra-scaffolder/accounts')}
        {nav.take('page:catalog')}
        {nav.take('page:api-docs')}
        {nav.take('page:techdocs')}
        <SidebarScrollWrapper>
          {nav.rest({ sortBy: 'title' })}
        </SidebarScrollWrapper>
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <NotificationsSidebarItem />
      <SidebarGroup
        label="Settings"
        icon={<UserSettingsSignInAvatar />}
        to="/settings"
      >
        {nav.take('page:user-settings')}
        <LeaveItem />
      </SidebarGroup>
    </Sidebar>
  );
}

export const sidebarContent = NavContentBlueprint.make({
  params: { component: PortalSidebar },
});
