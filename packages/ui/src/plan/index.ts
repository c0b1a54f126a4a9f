export { PlanDiff } from './PlanDiff';
export {
  countChanges,
  groupChanges,
  planSentence,
  type PlanAction,
  type PlanAttribute,
  type PlanChange,
  type PlanCounts,
  type PlanGroup,
} from './planModel';
