import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The first picture of the whole app takes seconds on a busy machine.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(60_000);
