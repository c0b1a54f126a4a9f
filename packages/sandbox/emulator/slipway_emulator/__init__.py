"""The AWS of the sandbox: ministack, and what CloudFormation and its services lack there."""
