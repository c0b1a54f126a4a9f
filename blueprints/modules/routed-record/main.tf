# With three failures in a row at this pace a region is given up after 30 s, well within a minute.
resource "aws_route53_health_check" "this" {
  type              = "HTTPS"
  fqdn              = var.load_balancer.dns_name
  port              = 443
  resource_path     = var.health_check_path
  request_interval  = 10
  failure_threshold = 3
  enable_sni        = true
  tags              = merge(var.tags, { Name = "${var.name} ${var.set_identifier}" })
}

resource "aws_route53_record" "this" {
  zone_id         = var.hosted_zone_id
  name            = var.name
  type            = "A"
  set_identifier  = var.set_identifier
  health_check_id = aws_route53_health_check.this.id

  alias {
    name                   = var.load_balancer.dns_name
    zone_id                = var.load_balancer.zone_id
    evaluate_target_health = true
  }

  dynamic "failover_routing_policy" {
    for_each = var.routing.failover == null ? [] : [var.routing.failover]

    content {
      type = failover_routing_policy.value == "primary" ? "PRIMARY" : "SECONDARY"
    }
  }

  dynamic "weighted_routing_policy" {
    for_each = var.routing.weight == null ? [] : [var.routing.weight]

    content {
      weight = weighted_routing_policy.value
    }
  }

  dynamic "geolocation_routing_policy" {
    for_each = var.routing.continent == null ? [] : [var.routing.continent]

    content {
      country   = geolocation_routing_policy.value == "rest" ? "*" : null
      continent = geolocation_routing_policy.value == "rest" ? null : geolocation_routing_policy.value
    }
  }
}
