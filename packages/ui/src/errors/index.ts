export {
  describeError,
  type DescribedError,
  type DescribedIssue,
} from './describeError';
