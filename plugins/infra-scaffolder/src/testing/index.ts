export { FakeInfraApi } from './FakeInfraApi';
export {
  playConfirm,
  playFailure,
  playPlan,
  playResource,
  playSuccess,
} from './play';
export {
  sampleBlueprint,
  sampleChanges,
  sampleEnvironment,
  samplePlan,
  sampleRun,
} from './samples';
