import '@testing-library/jest-dom';

// Components are drawn in a simulated browser, which a busy machine does slowly.
jest.setTimeout(60_000);
