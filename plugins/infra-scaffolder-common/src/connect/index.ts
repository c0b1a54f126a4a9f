export { connectTo } from './connectTo';
export { consoleUrl } from './consoleUrl';
export {
  CONNECT_GROUPS,
  type ConnectGroup,
  type ConnectInput,
  type ConnectItem,
  type ConnectLink,
} from './types';
