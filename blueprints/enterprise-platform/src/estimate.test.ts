import { describeEstimate } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeEstimate(subject);
