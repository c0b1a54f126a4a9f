locals {
  has_domain = var.domain != null
  origin     = "load-balancer"
  # AWS's own policies CachingOptimized, CachingDisabled and AllViewer.
  cached        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  not_cached    = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
  all_of_viewer = "216adef6-5c7f-47e4-b989-5492eafa07d3"
  # Files whose names change with their content.
  static_paths = ["/assets/*", "/static/*"]
}

resource "aws_cloudfront_distribution" "this" {
  enabled         = true
  comment         = "Edge of ${var.name}"
  http_version    = "http2and3"
  is_ipv6_enabled = true
  price_class     = "PriceClass_All"
  aliases         = local.has_domain ? [var.domain.name] : null
  tags            = var.tags

  origin {
    origin_id   = local.origin
    domain_name = var.origin_name

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = var.origin_tls ? "https-only" : "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }

    dynamic "origin_shield" {
      for_each = var.origin_shield_region == null ? [] : [var.origin_shield_region]

      content {
        enabled              = true
        origin_shield_region = origin_shield.value
      }
    }
  }

  default_cache_behavior {
    target_origin_id         = local.origin
    viewer_protocol_policy   = "redirect-to-https"
    compress                 = true
    allowed_methods          = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]
    cached_methods           = ["GET", "HEAD"]
    cache_policy_id          = local.not_cached
    origin_request_policy_id = local.all_of_viewer
  }

  dynamic "ordered_cache_behavior" {
    for_each = local.static_paths

    content {
      path_pattern           = ordered_cache_behavior.value
      target_origin_id       = local.origin
      viewer_protocol_policy = "redirect-to-https"
      compress               = true
      allowed_methods        = ["GET", "HEAD"]
      cached_methods         = ["GET", "HEAD"]
      cache_policy_id        = local.cached
    }
  }

  logging_config {
    bucket          = var.logs_bucket_domain_name
    prefix          = "cloudfront/"
    include_cookies = false
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = local.has_domain ? null : true
    acm_certificate_arn            = local.has_domain ? aws_acm_certificate_validation.this[0].certificate_arn : null
    ssl_support_method             = local.has_domain ? "sni-only" : null
    minimum_protocol_version       = local.has_domain ? "TLSv1.2_2021" : null
  }
}
