/** Classes of the document first, then room to grow. */
export const DATABASE_CLASSES = [
  'db.t3.micro',
  'db.t3.small',
  'db.t3.medium',
  'db.t3.large',
  'db.m6i.large',
  'db.r6i.large',
];

/** The document's three. */
export const NODE_INSTANCE_TYPES = ['t3.medium', 't3.large', 't3.xlarge'];
