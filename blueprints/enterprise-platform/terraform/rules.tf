# What holds between parameters, as the CDK checks it.
locals {
  domain = var.domain_name == "" || var.hosted_zone_id == "" ? null : { name = var.domain_name, hosted_zone_id = var.hosted_zone_id }
}

resource "terraform_data" "rules" {
  lifecycle {
    precondition {
      condition     = var.domain_name == "" || var.hosted_zone_id != ""
      error_message = "The domain ${var.domain_name} needs the hosted zone that proves its certificate: give hosted_zone_id too, or leave domain_name empty."
    }

    precondition {
      condition     = var.hosted_zone_id == "" || var.domain_name != ""
      error_message = "The hosted zone ${var.hosted_zone_id} is of use with a domain only: give domain_name too, or leave hosted_zone_id empty."
    }

    precondition {
      condition     = var.backup_copy_vault_arn == "" || var.backup_vault != ""
      error_message = "Copies are made of daily backups: give backup_vault too, or leave backup_copy_vault_arn empty."
    }
  }
}
