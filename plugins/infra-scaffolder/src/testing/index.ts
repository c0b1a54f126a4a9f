export { FakeInfraApi } from './FakeInfraApi';
export {
  playConfirm,
  playFailure,
  playPlan,
  playResource,
  playStale,
  playSuccess,
} from './play';
export {
  sampleBlueprint,
  sampleChanges,
  sampleEnvironment,
  samplePlan,
  sampleRun,
  sampleUpdatePlan,
} from './samples';
