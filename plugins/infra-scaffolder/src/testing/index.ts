export { FakeAccountApi, sampleAccount } from './FakeAccountApi';
export { FakeFleetApi } from './FakeFleetApi';
export { FakeInfraApi } from './FakeInfraApi';
export { FakeLifetimeApi } from './FakeLifetimeApi';
export { sampleReceipt } from './sampleReceipt';
export { sampleManifests } from './sampleManifests';
export { sampleChangeEstimate, sampleEstimate } from './sampleEstimate';
export {
  playConfirm,
  playFailure,
  playPlan,
  playResource,
  playStale,
  playSuccess,
} from './play';
export { sampleExemption, sampleFinding, sampleRules } from './samplePolicies';
export {
  sampleBlueprint,
  sampleChanges,
  sampleEnvironment,
  samplePlan,
  sampleRun,
  sampleUpdatePlan,
} from './samples';
export { FakeDriftApi } from './FakeDriftApi';
export { sampleAcceptance, sampleDrift, sampleFleetDrift } from './sampleDrift';
export { FakeUpgradeApi, sampleOutdated } from './FakeUpgradeApi';
export { FakeScheduleApi, sampleSleepPlan } from './FakeScheduleApi';
