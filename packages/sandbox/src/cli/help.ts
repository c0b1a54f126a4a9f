export const HELP = `script/sandbox COMMAND       looks at and troubles the running sandbox
  status                     what runs, on which ports, what is wrong on purpose, the latest calls to AWS
  world [SYSTEM]             what state the systems are in: who writes, what is ready, where DNS leads
  env                        the environment for programs that use the sandbox: eval "$(script/sandbox env)"
  shell                      a shell with that environment, for the AWS CLI, CDK and Terraform
  dark REGION | ZONE         the region, or what stands in the zone, is gone   [--mode drop|hang|unavailable]
  light [REGION | ZONE]      ends that; everything dark when nothing is named
  throttle | error           calls are refused as AWS does
  latency MS                 calls take longer    [--jitter MS]
  lose                       calls take effect, their answers never arrive
  stale                      reads answer what they answered before
  clear [ID]                 ends a fault, or all
  lag [KIND SECONDS|usual]   how far replicas are behind: rds, aurora, elasticache, s3
  fail TYPE [MESSAGE]        the next resource of a CloudFormation type fails   [--times N]
  reset --yes                empties AWS
Faults take --service, --operation (with *), --region, --account, --times N, --chance 0..1, --for SECONDS;
--dir DIR names the sandbox's folder when it is not .local.`;
