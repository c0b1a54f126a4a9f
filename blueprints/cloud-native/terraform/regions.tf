# What this environment is among the regions, and what it knows of the other one.
locals {
  is_standby     = var.role == "standby"
  standby_region = var.role == "primary" && var.partner_region != "" ? var.partner_region : null
  copies_to      = var.role == "primary" && var.partner_stack != "" ? var.partner_stack : null
  # How DNS chooses between the regions; null for a single one.
  routing = var.role == "single" ? null : {
    failover  = var.routing == "failover" ? var.role : null
    weight    = var.routing == "weighted" ? var.routing_weight : null
    continent = var.routing == "geolocation" ? var.routing_continent : null
  }
  domain = var.domain_name == "" || var.hosted_zone_id == "" ? null : { name = var.domain_name, hosted_zone_id = var.hosted_zone_id }
  # Secrets that both regions know: a standby reads the copies of its primary's.
  primary_stack = local.is_standby ? var.partner_stack : var.name
  copied_secret = "arn:aws:secretsmanager:${var.region}:${var.account_id}:secret:${local.primary_stack}"
  keeper_tags   = { "slipway:data-classification" = var.data_classification }
}

resource "terraform_data" "rules" {
  lifecycle {
    precondition {
      condition     = var.global_cache == "" || var.role == "standby"
      error_message = "Only a standby follows another cache: choose role standby, or leave global_cache empty."
    }

    precondition {
      condition     = var.partner_region != var.region
      error_message = "The other region is this one, ${var.region}: choose another for one of the two."
    }

    precondition {
      condition     = var.role != "single" || (var.partner_stack == "" && var.partner_region == "")
      error_message = "A single region has no other: choose role primary or standby, or leave partner_stack and partner_region empty."
    }

    precondition {
      condition     = var.role != "standby" || var.partner_stack != ""
      error_message = "A standby follows a primary: give partner_stack, the name of the primary’s stack."
    }

    precondition {
      condition     = var.role != "primary" || var.partner_stack == "" || var.partner_region != ""
      error_message = "The stack of a standby needs its region too: give partner_region, or leave partner_stack empty."
    }

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
