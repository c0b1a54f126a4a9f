locals {
  log_prefix = "load-balancer"
  has_domain = var.domain != null
}

data "aws_iam_policy_document" "logs" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["${var.logs_bucket_arn}/${local.log_prefix}/AWSLogs/${var.account_id}/*"]

    principals {
      type        = "Service"
      identifiers = ["logdelivery.elasticloadbalancing.amazonaws.com"]
    }
  }
}

resource "aws_lb" "this" {
  load_balancer_type               = "application"
  internal                         = false
  ip_address_type                  = "ipv4"
  subnets                          = var.subnet_ids
  security_groups                  = [var.security_group_id]
  drop_invalid_header_fields       = true
  desync_mitigation_mode           = "defensive"
  enable_cross_zone_load_balancing = true
  tags                             = merge(var.tags, { Name = var.name })

  access_logs {
    enabled = true
    bucket  = var.logs_bucket_name
    prefix  = local.log_prefix
  }

  depends_on = [var.logs_bucket_policy_id]
}

resource "aws_lb_target_group" "this" {
  vpc_id               = var.vpc_id
  target_type          = "ip"
  protocol             = "HTTP"
  port                 = var.target_port
  deregistration_delay = 30
  tags                 = var.tags

  health_check {
    path                = var.health_check_path
    interval            = 15
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 2
    matcher             = "200-399"
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  protocol          = "HTTP"
  port              = 80
  tags              = var.tags

  default_action {
    type             = local.has_domain ? "redirect" : "forward"
    target_group_arn = local.has_domain ? null : aws_lb_target_group.this.arn

    dynamic "redirect" {
      for_each = local.has_domain ? [1] : []

      content {
        protocol    = "HTTPS"
        port        = "443"
        status_code = "HTTP_301"
      }
    }
  }
}
