import { describePolicies } from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describePolicies(subject);
