terraform {
  required_version = ">= 1.10"
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

variable "name" {
  type = string
}

variable "region" {
  type = string
}

variable "account_id" {
  type = string
}

variable "cidr" {
  type = string
}

variable "availability_zones" {
  type = list(string)
}

variable "tags" {
  type = map(string)
}

variable "queue_count" {
  type    = number
  default = 2
}

variable "retention_days" {
  type    = number
  default = 4
}

module "network" {
  source = "../modules/network"
  cidr   = var.cidr
  name   = var.name
}

resource "aws_sqs_queue" "work" {
  count                     = var.queue_count
  name                      = "${var.name}-${count.index}"
  message_retention_seconds = var.retention_days * 86400
}

resource "aws_s3_bucket" "files" {
  bucket = "${var.name}-${var.account_id}"
  tags   = { "slipway:empty-on-destroy" = "true" }
}

resource "aws_internet_gateway" "door" {
  tags = { Name = "${var.name}-door" }
}

resource "aws_iam_role" "worker" {
  name = "${var.name}-worker"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

output "VpcId" {
  value = module.network.vpc_id
}

output "QueueUrl" {
  value = try(aws_sqs_queue.work[0].url, "")
}
