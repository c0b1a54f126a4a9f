import { microservicesPlatformManifests } from '@slipway/blueprint-manifests';
import { describeManifests } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeManifests(subject, microservicesPlatformManifests);
