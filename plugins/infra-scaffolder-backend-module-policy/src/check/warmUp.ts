import type { JsonObject } from '@backstage/types';
import type {
  PlanToReview,
  PolicyChecker,
} from '@slipway/plugin-infra-scaffolder-node';

const RESOURCES_OF_EACH_TYPE = 6;
/** After the first, in which the engine is compiled, the rest of the code still gets faster. */
const ROUNDS = 8;

/** No two alike, because of those that are Cedar is asked once; with what takes longest to read. */
function propertiesOf(index: number): JsonObject {
  const document = {
    Statement: [
      {
        Effect: 'Allow',
        Action: [`warm:Up${index}`],
        Principal: {
          AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' },
        },
        Resource: { 'Fn::GetAtt': ['Other', 'Arn'] },
      },
    ],
  };
  return {
    AssumeRolePolicyDocument: document,
    PolicyDocument: document,
    SecurityGroupIngress: [
      { CidrIp: `10.0.0.${index}/32`, FromPort: String(index), ToPort: 443 },
    ],
    KmsKeyId: { 'Fn::Join': ['', ['arn:', { Ref: 'Key' }]] },
    Tags: [{ Key: 'slipway:environment', Value: `warm-up-${index}` }],
  };
}

/**
 * Has a plan judged that nobody asked for, so that the engine is compiled before the first person waits for it.
 */
export async function warmUp(checker: PolicyChecker): Promise<void> {
  const types = new Set(
    checker.rules().flatMap(({ policies }) => policies.flatMap(p => p.types)),
  );
  const at = new Date(0);
  const plan: PlanToReview = {
    environment: {
      id: 'warm-up',
      name: 'warm-up',
      owner: 'group:default/warm-up',
      system: 'system:default/warm-up',
      accountId: '000000000000',
      region: 'us-east-1',
      size: 'dev',
      cidr: '10.0.0.0/16',
      engine: 'cdk',
      blueprint: { id: 'warm-up', version: '0' },
      parameters: {},
      status: 'planning',
      createdBy: 'plugin:infra-scaffolder',
      createdAt: at.toISOString(),
      updatedAt: at.toISOString(),
      outputs: [],
      engineState: {},
    },
    operation: 'create',
    parameters: {},
    changes: [],
    resources: {
      before: [],
      after: [...types].flatMap(type =>
        Array.from({ length: RESOURCES_OF_EACH_TYPE }, (_, index) => ({
          logicalId: `${type}${index}`,
          type,
          path: `warm-up/${index}`,
          properties: propertiesOf(index),
        })),
      ),
    },
    at,
  };
  for (let round = 0; round < ROUNDS; round++) {
    await checker.check(plan);
  }
}
