export interface Config {
  infraScaffolder?: {
    /** The Terraform engine. */
    terraform?: {
      /**
       * `terraform` or `tofu`, as a path or a name on the PATH. Default: the first of `terraform`, `tofu` on the PATH.
       * @visibility backend
       */
      binary?: string;
      /**
       * Folder with providers as `registry.terraform.io/hashicorp/aws/…`, for places without the registry. Default: what
       * Terraform's own configuration says, else the first of the usual folders that has the AWS provider.
       * @visibility backend
       */
      providerMirror?: string;
      /**
       * Providers that were downloaded are kept here and shared by all runs. It must belong to the portal's user, and nobody
       * else may write to it. Default: a folder beside the working folders.
       * @visibility backend
       */
      pluginCache?: string;
      /**
       * Parent of the folders that Terraform works in; each is removed afterwards. It must belong to the portal's
       * user, and nobody else may write to it. Default: `slipway-terraform` in the system's folder for temporary files.
       * @visibility backend
       */
      workingDirectory?: string;
      /**
       * How many Terraform processes apply at once, and how many others plan, preview and look for drift meanwhile; each
       * takes 0.3 to 1 GB. Default 2.
       * @visibility backend
       */
      atOnce?: number;
      /**
       * Bucket for state and saved plans; `{accountId}` and `{region}` in it are filled in. It is made where it is
       * missing. Default `slipway-terraform-{accountId}-{region}`.
       * @visibility backend
       */
      stateBucket?: string;
      /**
       * Key of AWS KMS that encrypts state and saved plans. Default: S3's own keys.
       * @visibility backend
       */
      kmsKeyId?: string;
      /**
       * DynamoDB table that locks states, with the key `LockID`. Default: a lock file in the bucket.
       * @visibility backend
       */
      lockTable?: string;
      /**
       * How long a process that was asked to end has for it before the step fails. Default 600.
       * @visibility backend
       */
      endSeconds?: number;
    };
  };
}
