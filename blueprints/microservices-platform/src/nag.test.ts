import { describeNag } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describeNag(subject, []);
