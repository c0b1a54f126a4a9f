terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 6"
    }
  }

  backend "s3" {}
}

provider "aws" {
  region      = var.region
  max_retries = 5

  default_tags {
    tags = var.tags
  }
}
