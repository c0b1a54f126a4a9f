export { useNow } from './useNow';
export { useUrlState } from './useUrlState';
export { useLoad, type Loaded } from './useLoad';
