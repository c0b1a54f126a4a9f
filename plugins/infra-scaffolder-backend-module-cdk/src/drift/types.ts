/** What CloudFormation says of a resource that it checked. */
export interface ResourceDrift {
  logicalId: string;
  physicalId?: string;
  type: string;
  /** AWS's own word: `IN_SYNC`, `MODIFIED`, `DELETED`, `UNKNOWN`, `NOT_CHECKED`, `UNSUPPORTED`. */
  status: string;
  reason?: string;
  /** JSON of the properties that were applied, as far as they are compared. */
  expected?: string;
  /** JSON of the same properties as they are. */
  actual?: string;
  differences: PropertyDrift[];
}

/** One property that differs. */
export interface PropertyDrift {
  /** JSON pointer, e.g. `/ScalingConfig/MinSize` or `/Tags/3`. */
  pointer: string;
  /** AWS's own word: `ADD`, `REMOVE`, `NOT_EQUAL`. */
  kind: string;
}

/** A detection that AWS began. */
export interface DetectionStatus {
  /** AWS's own word: `DETECTION_IN_PROGRESS`, `DETECTION_COMPLETE`, `DETECTION_FAILED`. */
  status: string;
  reason?: string;
}
