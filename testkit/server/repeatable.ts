import { configureGlobal } from 'fast-check';

// In CI, property tests try the same inputs each time, so that no change fails by the luck of another. Elsewhere they
// look for new ones.
if (process.env['CI'] === 'true') configureGlobal({ seed: 20_26 });
