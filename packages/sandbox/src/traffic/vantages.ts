/** In front of the systems. */
export const EDGE = 'edge';

/** All places that traffic is measured at: each is a target of Prometheus. */
export const VANTAGES = [EDGE, 'us-east-1', 'us-west-2'];
