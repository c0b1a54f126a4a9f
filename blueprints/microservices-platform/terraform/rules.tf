# What holds between parameters, as the CDK checks it.
resource "terraform_data" "rules" {
  lifecycle {
    precondition {
      condition     = (var.domain_name == "") == (var.hosted_zone_id == "")
      error_message = "Domain name and hosted zone go together: give both or neither."
    }
  }
}
