"""CloudFormation's behaviour over ministack's parser, store and resource handlers."""
