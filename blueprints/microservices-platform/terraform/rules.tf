# What holds between parameters, as the form and the CDK check it.
resource "terraform_data" "rules" {
  lifecycle {
    precondition {
      condition     = var.node_min_size <= var.node_desired_size
      error_message = "The fewest nodes are above the nodes at the start; lower the one or raise the other."
    }

    precondition {
      condition     = var.node_desired_size <= var.node_max_size
      error_message = "The nodes at the start are above the most nodes; lower the one or raise the other."
    }

    precondition {
      condition     = (var.domain_name == "") == (var.hosted_zone_id == "")
      error_message = "Domain name and hosted zone go together: give both or neither."
    }
  }
}
